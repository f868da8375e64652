import type { PlanChange, PlanContent } from '#contract/plan.ts'
import type { PlanView } from '#coverage/plan/plan-step.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { afterStep, createStepTeller } from '#coverage/plan/plan-step.ts'
import { createPlanner } from '#coverage/plan/planner.ts'
import { defaultPlanSettings } from '#coverage/plan/settings-of-plan.ts'
import { square, squareCommunities, squarePlaces } from '../world/square.ts'
import { placeToLngLat, town } from '../world/streets.ts'

const ids = [
  'F1',
  'F2',
  'F3',
  'new-1',
  'new-2',
  'new-3',
] as const
const place = fc.constantFrom(...squarePlaces, [5000, 5000] as const).map(([x, y]) => placeToLngLat([x + 20, y + 3]))
const size = {
  capacity: fc.option(fc.nat({ max: 50 })),
  floorArea: fc.option(fc.double({ min: 0, max: 500, noNaN: true })),
}
const change: fc.Arbitrary<PlanChange> = fc.oneof(
  fc.record({
    do: fc.constant('move' as const),
    facility: fc.constantFrom(...ids),
    at: place,
  }).map(({ at: [lng, lat], ...rest }) => ({ ...rest, lng, lat })),
  fc.record({
    do: fc.constant('add' as const),
    facility: fc.constantFrom('new-1', 'new-2', 'new-3'),
    name: fc.constantFrom('甲', '乙'),
    kind: fc.constantFrom('day-care' as const, 'clinic' as const),
    at: place,
    ...size,
  }).map(({ at: [lng, lat], ...rest }) => ({ ...rest, lng, lat })),
  fc.record({
    do: fc.constant('remove' as const),
    facility: fc.constantFrom(...ids),
  }),
  fc.record({
    do: fc.constant('open' as const),
    facility: fc.constantFrom(...ids),
    open: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('resize' as const),
    facility: fc.constantFrom(...ids),
    ...size,
  }),
  fc.record({
    do: fc.constant('bridge' as const),
    from: place,
    to: place,
  }),
)
const content: fc.Arbitrary<PlanContent> = fc.record({
  settings: fc.constantFrom({ ...defaultPlanSettings, minutes: 5 }, { ...defaultPlanSettings, minutes: 5 }, { ...defaultPlanSettings, minutes: 8, speed: 1.2 }),
  changes: fc.array(change, { maxLength: 5 }),
})

const homes = squarePlaces.map((_, i) => ({ people: 20 + i, aged80: i % 7 }))
const world = town({
  ...square(homes),
  facilities: [
    {
      at: [0, 5],
      capacity: 20,
    },
    {
      at: [500, 255],
      capacity: 10,
    },
    {
      at: [505, 500],
      capacity: null,
    },
  ],
})
const north = placeToLngLat([0, 400])[1]
function planner() {
  return createPlanner({
    ...world,
    communities: squareCommunities.map(community => ({ ...community, aged60: null })),
    grids: squareCommunities,
    subdistricts: new Map(),
    placeAt: (_, lat) => ({
      subdistrict: '990101001',
      community: lat > north
        ? 'A'
        : null,
      grid: null,
    }),
  })
}

it('whatever is tried one after the other, the view that grows by steps is that of computing each plan anew', () => {
  fc.assert(fc.property(fc.array(content, { minLength: 1, maxLength: 6 }), (contents) => {
    const kept = planner()
    const tell = createStepTeller(kept)
    let view: PlanView | undefined
    for (const content of contents) {
      view = afterStep(view, structuredClone(tell(content)))
      const fresh = planner()
      expect(comparable(view)).toEqual(comparable(afterStep(undefined, createStepTeller(fresh)(content)), (value, digits) => expect.closeTo(value, digits)))
      expect(kept.grids()).toEqual(fresh.grids())
      expect([
        ...kept.state().access,
      ]).toEqual([
        ...fresh.state().access,
      ].map(value => expect.closeTo(value, 9)))
    }
  }), { numRuns: 150 })
})

it('a step that changes nothing hands nothing over', () => {
  const tell = createStepTeller(planner())
  const content = { settings: defaultPlanSettings, changes: [] }
  tell(content)
  const { lists, missed, network } = tell(content)
  expect(Object.values(lists).flatMap(({ at }) => at as unknown[])).toEqual([])
  expect(missed).toEqual({ all: false, now: [], gone: [] })
  expect(network).toBeUndefined()
})

/** Without what depends on the way there: numbers of facilities, the order of equals, the last digits of a sum. */
function comparable({ figures, missed, gates, census }: PlanView, near: (value: number, digits: number) => unknown = value => value) {
  const gaps = (list: PlanView['figures']['clusterGaps']) => list.map(({ facility: _, members, minutesShort, centre, ...gap }) => ({
    ...gap,
    members: [...members].sort((a, b) => a - b),
    minutesShort: minutesShort === null
      ? null
      : near(minutesShort, 9),
    centre: centre.map(degrees => near(degrees, 9)),
  }))
  return {
    ...figures,
    gates,
    census,
    missed: missed.toSorted((a, b) => String(a.id) < String(b.id)
      ? -1
      : 1),
    // What lies in no community is told once something has lain there.
    byCommunity: figures.byCommunity.filter(({ community, rates }) => !community.endsWith('*') || rates.people.denominator > 0),
    facilities: figures.facilities.map(row => ({
      ...row,
      demand: near(row.demand, 9),
    })).sort((a, b) => a.id < b.id
      ? -1
      : 1),
    communityGaps: gaps(figures.communityGaps),
    clusterGaps: gaps(figures.clusterGaps),
  }
}
