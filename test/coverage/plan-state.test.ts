import type { FacilityRecord } from '#coverage/records.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createCoverageCalculator } from '#coverage/coverage.ts'
import { createPlanState } from '#coverage/plan-state.ts'
import { defaultSettings } from '#coverage/settings.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { squareCommunities as communities, squarePlaces as places, square } from '../world/square.ts'
import { town } from '../world/streets.ts'

const facility = fc.record({
  id: fc.constantFrom('F1', 'F2', 'F3', 'F4'),
  at: fc.constantFrom(...places, [5000, 5000] as const),
  open: fc.boolean(),
  kind: fc.constantFrom('day-care' as const, 'clinic' as const),
  capacity: fc.option(fc.nat({ max: 50 })),
  floorArea: fc.nat({ max: 500 }),
  community: fc.constantFrom('A', 'B', null),
})
const edits = fc.array(fc.oneof(
  facility.map(item => ({ put: item })),
  fc.constantFrom('F1', 'F2', 'F3', 'F4').map(remove => ({ remove })),
), { minLength: 1, maxLength: 8 })
const homes = fc.array(fc.record({
  people: fc.integer({ min: 20, max: 40 }),
  aged80: fc.nat({ max: 10 }),
}), { minLength: places.length, maxLength: places.length })

it('whatever is put, moved, closed and removed, the figures are those of computing everything anew', () => {
  fc.assert(fc.property(homes, fc.array(facility, { maxLength: 3 }), edits, fc.constantFrom(5, 10), (homes, first, edits, minutes) => {
    const plan = square(homes)
    const { records } = town(plan)
    const model = buildWalkModel(records)
    const settings = { ...defaultSettings, minutes }
    const recordOf = (item: (typeof first)[number]): FacilityRecord => ({
      ...town({
        facilities: [item],
      }).facilities[0]!,
      ...item,
    })
    const now = new Map(first.map(item => [
      item.id,
      recordOf(item),
    ]))
    const state = createPlanState(model, {
      facilities: [
        ...now.values(),
      ],
      communities,
      grids: communities,
      settings,
    })
    for (const edit of edits) {
      if ('put' in edit) {
        now.set(edit.put.id, recordOf(edit.put))
        state.put(recordOf(edit.put))
      }
      else {
        now.delete(edit.remove)
        state.remove(edit.remove)
      }
    }
    const facilities = [
      ...now.values(),
    ]
    const all = createCoverageCalculator(model).figures({
      facilities,
      communities,
      grids: communities,
      settings,
    })
    expect(state.rates()).toEqual(all.rates)
    expect(state.ages()).toEqual(all.ages)
    expect(state.capacity()).toEqual(all.capacity)
    expect([...state.access]).toEqual([...all.access].map(value => expect.closeTo(value, 9)))
    expect([
      ...state.communities.tallies.values(),
    ].filter(({ isRegion }) => isRegion)).toEqual(all.tallies.filter(({ isRegion }) => isRegion))
    const numbers = state.facilities()
    for (let b = 0; b < model.buildings.count; b++) {
      const seconds = all.times.seconds[b]!
      expect(state.times.seconds[b]).toBe(seconds <= 2 * (minutes * 60 + 1e-3)
        ? seconds
        : Infinity)
      if (seconds <= minutes * 60) {
        expect(all.times.seconds[b]).toBe(state.times.facility[b]! >= 0 && numbers[state.times.facility[b]!]
          ? seconds
          : -1)
      }
    }
    const missed = new Set([
      ...state.clusters.members.values(),
    ].flat())
    expect([...missed].sort((a, b) => a - b)).toEqual([
      ...all.times.seconds.keys(),
    ].filter(b => model.buildings.aged60[b]! > 0 && all.times.seconds[b]! > minutes * 60 + 1e-3))
  }), { numRuns: 120 })
})

it('clusters come apart and join as the houses between them are reached or missed', () => {
  const { records } = town({
    streets: [
      [
        [0, 0],
        [3000, 0],
      ],
    ],
    houses: [2000, 2060, 2120, 2180].map(east => ({
      at: [east, 8] as const,
      people: 5,
    })),
  })
  const model = buildWalkModel(records)
  const settings = { ...defaultSettings, minutes: 1 }
  const state = createPlanState(model, {
    facilities: [],
    communities: [],
    grids: [],
    settings,
  })
  const clusters = () => [
    ...state.clusters.members.values(),
  ].map(members => [...members].sort()).sort()
  expect(clusters()).toEqual([
    [0, 1, 2, 3],
  ])
  state.put(town({
    facilities: [
      {
        at: [2060, 0],
      },
    ],
  }).facilities[0]!)
  // One minute is 48 m: only the second house.
  expect(clusters()).toEqual([
    [0],
    [2, 3],
  ])
  state.remove('F1')
  expect(clusters()).toEqual([
    [0, 1, 2, 3],
  ])
})
