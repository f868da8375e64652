import type { TownPlan } from '../world/streets.ts'
import { expect, it } from 'vitest'
import { createGapList } from '#coverage/gap-list.ts'
import { createOpeningFinder } from '#coverage/openings.ts'
import { createPlanState } from '#coverage/plan-state.ts'
import { defaultSettings } from '#coverage/settings.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { placeToLngLat, town } from '../world/streets.ts'

function gapsOf(plan: TownPlan, minutes = 15) {
  const world = town(plan)
  const model = buildWalkModel(world.records)
  const settings = { ...defaultSettings, minutes }
  const state = createPlanState(model, { ...world, grids: [], settings })
  return {
    world,
    state,
    list: createGapList(model, state),
    openings: createOpeningFinder(model, world.facilities, settings),
  }
}

function community(id: string) {
  return {
    id,
    subdistrict: '990101001',
    name: id,
    households: null,
    populationAsOf: null,
  }
}

/** A river with one bridge far to the west; the facility is north of it, two groups of houses south. */
const river: TownPlan = {
  streets: [
    [
      [0, 100],
      [400, 100],
      [800, 100],
    ],
    [
      [0, 0],
      [400, 0],
      [800, 0],
    ],
    {
      path: [
        [0, 0],
        [0, 100],
      ],
      bridge: true,
    },
  ],
  waters: [
    [
      [-100, 30],
      [900, 30],
      [900, 70],
      [-100, 70],
    ],
  ],
  houses: [
    {
      at: [400, -10],
      people: 30,
      aged70: 20,
      aged80: 5,
      community: 'A',
    },
    {
      at: [440, -10],
      people: 10,
      community: 'A',
    },
    {
      at: [790, -10],
      people: 7,
      community: 'B',
    },
    {
      at: [790, -400],
      people: 2,
      community: 'B',
    },
  ],
  facilities: [
    {
      at: [400, 108],
    },
  ],
  communities: [
    community('A'),
    community('B'),
  ],
}

it('gaps are ranked by the people missed, with ages, minutes short and the nearest facility', () => {
  const { list } = gapsOf(river)
  const [first, second] = list.byCommunity(10)
  expect(first).toMatchObject({
    key: 'A',
    people: 40,
    buildings: 2,
    facility: 0,
    beyond: 0,
    unlinked: 0,
    ages: [
      { band: '60-69', people: 20 },
      { band: '70-79', people: 15 },
      { band: '80+', people: 5 },
    ],
  })
  // 900 m and the legs at 0.8 m/s: about 19 minutes.
  expect(first!.minutesShort).toBeCloseTo(4.2, 0)
  expect(second).toMatchObject({ key: 'B', people: 9, unlinked: 2 })
  expect(list.byCluster(10).map(({ people, communities }) => [people, communities])).toEqual([
    [
      40,
      ['A'],
    ],
    [
      7,
      ['B'],
    ],
    [
      2,
      ['B'],
    ],
  ])
  expect(list.byCluster(1)).toHaveLength(1)
})

it('the river is what keeps people away: a footbridge there is found by trying', () => {
  const { list, openings } = gapsOf(river)
  const opening = openings.best(list.byCluster(1)[0]!.members)!
  expect(opening).toMatchObject({
    kind: 'water',
    people: [40, 20, 5],
    gate: null,
  })
  expect(opening.metres).toBeCloseTo(100, 0)
  expect(opening.from[0]).toBeCloseTo(placeToLngLat([400, 0])[0], 5)
  expect(opening.to[1]).toBeCloseTo(placeToLngLat([400, 100])[1], 5)
})

it('a closed gate that would help more than any bridge is named with its number', () => {
  const { list, openings, world } = gapsOf({
    ...river,
    streets: [
      ...river.streets!,
      {
        path: [
          [400, 0],
          [400, 20],
          [400, 100],
        ],
        bridge: true,
      },
    ],
    gates: [
      {
        at: [400, 20],
        passable: false,
      },
    ],
  })
  const opening = openings.best(list.byCommunity(1)[0]!.members)!
  expect(opening).toMatchObject({
    kind: 'gate',
    gate: world.records.points[0]!.id,
    people: [40, 20, 5],
    metres: 0,
  })
})

it('where nothing that could be opened helps, nothing is proposed', () => {
  const { list, openings } = gapsOf({
    streets: [
      [
        [0, 0],
        [1500, 0],
      ],
    ],
    houses: [
      {
        at: [1490, 8],
        people: 9,
      },
    ],
    facilities: [
      {
        at: [0, 0],
      },
    ],
  })
  expect(openings.best(list.byCluster(1)[0]!.members)).toBeNull()
})

it('an update ranks anew only what was touched, and comes to what a new list says', () => {
  const { state, list, world } = gapsOf(river)
  const [facility] = world.facilities
  const [lng, lat] = placeToLngLat([790, 0])
  list.update(state.put({ ...facility!, lng, lat }))
  expect(list.byCommunity(10).map(({ key, people }) => [key, people])).toEqual([
    ['B', 2],
  ])
  expect(list.byCluster(10).map(({ people }) => people)).toEqual([2])
  list.update(state.put(facility!))
  expect(list.byCommunity(10).map(({ key, people }) => [key, people])).toEqual([
    ['A', 40],
    ['B', 9],
  ])
})
