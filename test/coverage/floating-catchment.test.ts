import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decayOf, defaultDecay, floatingCatchment } from '#coverage/floating-catchment.ts'
import { ifMissing, sharedData } from '../world/shared-data.ts'

const file = sharedData('floating-catchment-three-tracts/three-tracts.json')
const sample = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8')) as {
    population: number[]
    supply: number[]
    cutoffExclusive: number
    scenarios: { scenario: number, travel: number[][], access: number[] }[]
  }
  : null

describe('the three tracts of pysal/access', () => {
  it.skipIf(!sample)(`four scenarios, to 1e-9${ifMissing(file)}`, () => {
    const { population, supply, cutoffExclusive, scenarios } = sample!
    expect(scenarios).toHaveLength(4)
    for (const { travel, access } of scenarios) {
      const all = population.map((_, i) => i)
      const found = floatingCatchment(supply, population, supply.map((_, j) => ({
        people: all,
        seconds: all.map(i => travel[i]![j]!),
      })), minutes => minutes < cutoffExclusive
        ? 1 / minutes
        : 0)
      access.forEach((value, i) => expect(found.access[i]).toBeCloseTo(value, 9))
    }
    expect(scenarios[0]!.access[2]).toBeCloseTo(7.28641817, 8)
  })
})

const limit = 900
const shape = fc.constantFrom('steps' as const, 'gaussian' as const, 'inverse' as const)
const world = fc.record({
  population: fc.array(fc.nat({ max: 200 }), { minLength: 1, maxLength: 20 }),
  supply: fc.array(fc.nat({ max: 80 }), { minLength: 1, maxLength: 8 }),
}).chain(({ population, supply }) => fc.record({
  population: fc.constant(population),
  supply: fc.constant(supply),
  reach: fc.array(fc.uniqueArray(fc.record({
    person: fc.nat({ max: population.length - 1 }),
    seconds: fc.nat({ max: limit }),
  }), {
    selector: ({ person }) => person,
  }), { minLength: supply.length, maxLength: supply.length }),
}))

it('mass balance: places given out are places there are, whatever the weights', () => {
  fc.assert(fc.property(world, shape, ({ population, supply, reach }, shape) => {
    const { access, demand } = floatingCatchment(supply, population, reach.map(list => ({
      people: list.map(({ person }) => person),
      seconds: list.map(({ seconds }) => seconds),
    })), decayOf({ ...defaultDecay, shape }, limit))
    const given = population.reduce((sum, people, i) => sum + people * access[i]!, 0)
    const there = supply.reduce((sum, places, j) => sum + (demand[j]! > 0
      ? places
      : 0), 0)
    expect(given).toBeCloseTo(there, 6)
  }), { numRuns: 300 })
})

it('weights never rise with the walk, are 1 at the door and 0 beyond the limit', () => {
  for (const name of ['steps', 'gaussian', 'inverse'] as const) {
    const weight = decayOf({ ...defaultDecay, shape: name }, limit)
    expect(weight(0)).toBe(1)
    expect(weight(limit)).toBeGreaterThan(0)
    expect(weight(limit + 1)).toBe(0)
    for (let seconds = 0; seconds < limit; seconds += 10)
      expect(weight(seconds + 10)).toBeLessThanOrEqual(weight(seconds))
  }
  const steps = decayOf({
    shape: 'steps',
    steps: [1, 0.5, 0.1],
  }, limit)
  expect([300, 301, 600, 601, 900].map(steps)).toEqual([1, 0.5, 0.5, 0.1, 0.1])
})
