import type { TownPlan } from '../world/streets.ts'
import { expect, it } from 'vitest'
import { timeBuildings } from '#coverage/building-times.ts'
import { withGates } from '#coverage/gates.ts'
import { linkFacilities } from '#coverage/link-facilities.ts'
import { defaultLinkSettings, defaultSettings } from '#coverage/settings.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { createWalkSearcher } from '#coverage/walk-search.ts'
import { paceOf } from '#coverage/walker.ts'
import { town, walk } from '../world/streets.ts'

/** A straight way of 300 m through a gate, and a way round of 900 m. */
const plan: TownPlan = {
  streets: [
    [
      [0, 0],
      [150, 0],
      [300, 0],
    ],
    [
      [0, 0],
      [0, 300],
      [300, 300],
      [300, 0],
    ],
  ],
  houses: [
    {
      at: [-6, 0],
    },
  ],
  facilities: [
    {
      at: [306, 0],
    },
  ],
}
const noon = { weekday: 3, minute: 12 * 60 }
const night = { weekday: 3, minute: 23 * 60 }

function secondsThrough(gate: NonNullable<TownPlan['gates']>[number], at = noon, overrides?: Map<number, boolean>) {
  const { records, facilities } = town({
    ...plan,
    gates: [gate],
  })
  const built = buildWalkModel(records, { ...defaultLinkSettings, detour: 1 })
  const model = withGates(built, { at, overrides })!
  const linked = linkFacilities(model, facilities)
  const search = createWalkSearcher(model.graph).run({
    targets: linked.links,
    facilities: [0],
    pace: paceOf(defaultSettings.walker),
    limitSeconds: Infinity,
  })
  return timeBuildings(model, search, linked, [0]).seconds[0]!
}

const straight = (300 + 1 + 6) / 0.8
const round = (900 + 1 + 6) / 0.8

it('a gate with hours is closed at night and open by day, without the model being built again', () => {
  const gate = {
    at: [150, 0] as const,
    hours: '06:00-22:00',
  }
  expect(secondsThrough(gate, noon)).toBeCloseTo(straight, 1)
  expect(secondsThrough(gate, night)).toBeCloseTo(round, -1)
})

it('a gate that is closed for good can be tried open, and an open one closed', () => {
  const at = [150, 0] as const
  const idOf = (plan: TownPlan) => town(plan).records.points[0]!.id
  const id = idOf({
    ...plan,
    gates: [
      { at },
    ],
  })
  expect(secondsThrough({ at, passable: false })).toBeCloseTo(round, -1)
  expect(secondsThrough({ at, passable: false }, noon, new Map([
    [id, true],
  ]))).toBeCloseTo(straight, 1)
  expect(secondsThrough({ at }, noon, new Map([
    [id, false],
  ]))).toBeCloseTo(round, -1)
  expect(secondsThrough({ at, hours: '06:00-22:00' }, night, new Map([
    [id, true],
  ]))).toBeCloseTo(straight, 1)
})

it('where a door of a house would change, the model has to be built again', () => {
  const { records } = town({
    streets: [
      [
        [0, 0],
        [50, 0],
      ],
    ],
    houses: [
      {
        at: [55, 0],
        doors: [
          [50, 0],
        ],
      },
    ],
  })
  const [door] = records.points
  door!.hours = '06:00-22:00'
  const model = buildWalkModel(records)
  expect(withGates(model, { at: noon })).not.toBeNull()
  expect(withGates(model, { at: night })).toBeNull()
})

it('a stile is closed to a wheelchair only', () => {
  const world = town({
    ...plan,
    gates: [
      {
        at: [150, 0],
        kind: 'stile',
      },
    ],
  })
  expect(walk(world).seconds[0]).toBeCloseTo(straight, 1)
  expect(walk(world, { wheelchair: true }).seconds[0]).toBeCloseTo(round, -1)
})
