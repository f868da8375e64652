import type { Feature } from '#contract/geometry.ts'
import { expect, it } from 'vitest'
import { differenceOf } from '../../client/plan/plan-difference.ts'

function house(name: string, people: number): Feature {
  return {
    type: 'Feature',
    id: `missed-${name}`,
    geometry: {
      type: 'Point',
      coordinates: [117, 36.6],
    },
    properties: { people, reason: 'too-far' },
  }
}

it('who was missed and is not any more is reached; who is missed only now is lost; the others are not told', () => {
  const before = [
    house('bridge', 12),
    house('far', 7),
  ]
  const after = [
    house('far', 7),
    house('closed', 3),
  ]
  expect(differenceOf(before, after).map(({ id, properties }) => [id, properties.change, properties.people])).toEqual([
    ['missed-bridge', 'reached', 12],
    ['missed-closed', 'missed', 3],
  ])
})

it('a plan without an effect differs in nothing', () => {
  expect(differenceOf([
    house('far', 7),
  ], [
    house('far', 7),
  ])).toEqual([])
})
