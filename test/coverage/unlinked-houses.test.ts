import type { TownPlan } from '../world/streets.ts'
import { expect, it } from 'vitest'
import { unlinkedHouses } from '#coverage/unlinked-houses.ts'
import { homeAt } from '#coverage/home-at.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { placeToLngLat, town } from '../world/streets.ts'

const modelOf = (plan: TownPlan) => buildWalkModel(town(plan).records)
const street: TownPlan['streets'] = [
  [
    [0, 0],
    [400, 0],
    [800, 0],
  ],
]
function reasons(plan: TownPlan) {
  return unlinkedHouses(modelOf(plan)).map(({ people, why, by, metres }) => [
    people,
    why,
    by,
    metres === null
      ? null
      : Math.round(metres),
  ])
}

it('a house further from every street than one steps is told with the metres', () => {
  expect(reasons({
    streets: street,
    houses: [
      {
        at: [400, 300],
        people: 7,
      },
      {
        at: [400, 12],
        people: 3,
      },
    ],
  })).toEqual([
    [7, 'no-street', null, 295],
  ])
})

it('no street at all within half a kilometre has no metres to tell', () => {
  expect(reasons({
    streets: street,
    houses: [
      {
        at: [400, 900],
        people: 7,
      },
    ],
  })).toEqual([
    [7, 'no-street', null, null],
  ])
})

it('a house walled in or behind water is said to be blocked, and by what', () => {
  const ring = (east: number): [number, number][] => [
    [east - 20, 20],
    [east + 20, 20],
    [east + 20, 70],
    [east - 20, 70],
    [east - 20, 20],
  ]
  expect(reasons({
    streets: street,
    walls: [
      ring(100),
    ],
    waters: [
      [
        [-100, 20],
        [-20, 20],
        [-20, 30],
        [-100, 30],
      ],
      ring(300).slice(0, 4),
    ],
    houses: [
      {
        at: [100, 45],
        people: 5,
      },
    ],
  })).toEqual([
    [5, 'blocked', 'wall', 40],
  ])
})

it('a house on a street that no other meets is cut off; one behind a gate that is open is not', () => {
  const plan: TownPlan = {
    streets: [
      ...street,
      [
        [400, 0],
        [400, 150],
        [400, 300],
      ],
      [
        [0, 500],
        [200, 500],
      ],
    ],
    gates: [
      {
        at: [400, 150],
      },
    ],
    houses: [
      {
        at: [408, 280],
        people: 4,
      },
      {
        at: [100, 510],
        people: 9,
      },
    ],
  }
  expect(reasons(plan)).toEqual([
    [9, 'cut-off', null, 5],
  ])
  expect(reasons({
    ...plan,
    gates: [
      {
        at: [400, 150],
        passable: false,
      },
    ],
  })).toEqual([
    [9, 'cut-off', null, 5],
    [4, 'cut-off', null, 3],
  ])
})

it('houses in which no older people live are not asked after', () => {
  expect(reasons({
    streets: street,
    houses: [
      {
        at: [400, 300],
        people: 0,
      },
    ],
  })).toEqual([])
})

it('a case is at home in the house around it, else in the nearest one within 50 m where older people live', () => {
  const model = modelOf({
    streets: street,
    houses: [
      {
        at: [100, 12],
        people: 3,
      },
      {
        at: [130, 12],
        people: 0,
      },
      {
        at: [400, 12],
        people: 2,
      },
    ],
  })
  const at = (east: number, north: number) => homeAt(model, ...placeToLngLat([east, north]) as [number, number])
  expect([
    at(100, 12),
    at(130, 12),
    at(140, 20),
    at(250, 12),
    at(400, 60),
    at(400, 80),
    at(9000, 0),
  ]).toEqual([0, 0, 0, -1, 2, -1, -1])
})
