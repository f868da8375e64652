import type { PlanChange, PlanContent } from '#contract/plan.ts'
import type { TownPlan } from '../world/streets.ts'
import { expect, it } from 'vitest'
import { homeAt } from '#coverage/home-at.ts'
import { casesIn, reportOf } from '#coverage/plan/plan-report.ts'
import { createPlanner } from '#coverage/plan/planner.ts'
import { defaultPlanSettings } from '#coverage/plan/settings-of-plan.ts'
import { placeToLngLat, town } from '../world/streets.ts'

/** A street north of a river and one south; the facility is in the north, most people in the south. */
const plan: TownPlan = {
  streets: [
    [
      [0, 100],
      [400, 100],
      [2000, 100],
    ],
    [
      [0, 0],
      [400, 0],
      [2000, 0],
    ],
  ],
  waters: [
    [
      [-100, 30],
      [2100, 30],
      [2100, 70],
      [-100, 70],
    ],
  ],
  gates: [
    {
      at: [400, 0],
      hours: '06:00-20:00',
    },
  ],
  houses: [
    {
      at: [100, 110],
      people: 10,
      community: 'N',
    },
    {
      at: [200, -10],
      people: 30,
      community: 'S',
    },
    {
      at: [600, -10],
      people: 20,
      community: 'S',
    },
  ],
  facilities: [
    {
      at: [0, 108],
      capacity: 20,
    },
  ],
}
function region(id: string) {
  return {
    id,
    subdistrict: '990101001',
    name: id,
    households: null,
    populationAsOf: null,
    aged60: 50,
  }
}

function planner() {
  const world = town(plan)
  return createPlanner({
    ...world,
    communities: [
      region('N'),
      region('S'),
    ],
    grids: [],
    subdistricts: new Map(),
    placeAt: (_, lat) => ({
      subdistrict: '990101001',
      community: lat > placeToLngLat([0, 50])[1]
        ? 'N'
        : 'S',
      grid: null,
    }),
  })
}
function content(changes: PlanChange[] = [], settings: Partial<PlanContent['settings']> = {}): PlanContent {
  return {
    settings: {
      ...defaultPlanSettings,
      ...settings,
    },
    changes,
  }
}
function at(east: number, north: number) {
  const [lng, lat] = placeToLngLat([east, north])
  return { lng, lat }
}
const people = ({ rates }: { rates: { people: { numerator: number } } }) => rates.people.numerator
const bridge: PlanChange = {
  do: 'bridge',
  from: placeToLngLat([50, 5]),
  to: placeToLngLat([50, 95]),
}

it('each thing that can be tried changes the figures, and taking it back brings the old ones', () => {
  const { take, missed } = planner()
  const before = take(content())
  expect(people(before)).toBe(10)
  expect(missed()).toHaveLength(2)
  expect(before.rates.facilities).toMatchObject({ numerator: 0, denominator: 2 })
  const trials: [PlanChange[], number][] = [
    [
      [
        {
          do: 'move',
          facility: 'F1',
          ...at(500, -5),
        },
      ],
      50,
    ],
    [
      [
        {
          do: 'add',
          facility: 'new-1',
          name: '南岸',
          kind: 'meals',
          capacity: 10,
          floorArea: 100,
          ...at(300, -5),
        },
      ],
      60,
    ],
    [
      [
        { do: 'open', facility: 'F1', open: false },
      ],
      0,
    ],
    [
      [
        { do: 'remove', facility: 'F1' },
      ],
      0,
    ],
    [
      [bridge],
      60,
    ],
    [
      [
        bridge,
        { do: 'gate', gate: 5, open: false },
      ],
      40,
    ],
  ]
  for (const [changes, reached] of trials) {
    expect([
      changes.map(change => change.do),
      people(take(content(changes))),
    ]).toEqual([
      changes.map(change => change.do),
      reached,
    ])
  }
  expect(take(content())).toEqual(before)
})

it('an added facility counts for the community in which it stands', () => {
  const { take } = planner()
  const figures = take(content([
    {
      do: 'add',
      facility: 'new-1',
      name: '南岸',
      kind: 'meals',
      capacity: 10,
      floorArea: 100,
      ...at(300, -5),
    },
  ]))
  expect(figures.byCommunity.map(({ community, rates }) => [community, rates.facilities.numerator])).toEqual([
    ['N', 0],
    ['S', 1],
    ['990101001*', 0],
  ])
  expect(figures.facilities.map(({ id, nearestPeople }) => [id, nearestPeople])).toEqual([
    ['F1', 10],
    ['new-1', 50],
  ])
})

it('another size changes the places, not the walks', () => {
  const { take } = planner()
  const figures = take(content([
    {
      do: 'resize',
      facility: 'F1',
      capacity: 5,
      floorArea: 300,
    },
  ]))
  expect(people(figures)).toBe(10)
  expect(figures.capacity.places).toBe(5)
  expect(figures.facilities[0]).toMatchObject({ capacity: 5, perThousand: 500 })
})

it('hours, speed and minutes are settings of the plan: the gate is shut at night', () => {
  const { take } = planner()
  const changes: PlanChange[] = [bridge]
  const reached = (settings: Partial<PlanContent['settings']>) => people(take(content(changes, settings)))
  expect(reached({ speed: 1.2 })).toBe(60)
  expect(reached({ speed: 1.2, at: '3T22:00' })).toBe(40)
  expect(reached({ minutes: 3 })).toBe(10)
  expect(reached({ speed: 1.2 })).toBe(60)
})

it('what a plan changes that is not there any more is told, and the rest holds', () => {
  const { take } = planner()
  const gone: PlanChange[] = [
    { do: 'open', facility: 'demolished', open: true },
    { do: 'gate', gate: 424242, open: true },
    {
      do: 'bridge',
      from: placeToLngLat([9000, 0]),
      to: placeToLngLat([0, 0]),
    },
  ]
  const figures = take(content([...gone, bridge]))
  expect(figures.lost).toEqual(gone)
  expect(people(figures)).toBe(60)
})

it('a facility in the river, on an island or off the map is said to be reached by nobody', () => {
  const { take } = planner()
  for (const place of [
    at(500, 50),
    at(50_000, 0),
  ]) {
    const figures = take(content([
      { do: 'move', facility: 'F1', ...place },
    ]))
    expect(figures.facilities[0]).toMatchObject({ isolated: true, nearestPeople: 0 })
    expect(people(figures)).toBe(0)
  }
})

it('a facility on an island is reached by its islanders alone', () => {
  const islanders = (people: number) => {
    const world = town({
      ...plan,
      streets: [
        ...plan.streets!,
        [
          [900, 50],
          [940, 50],
        ],
      ],
      waters: [
        [
          [-100, 30],
          [2100, 30],
          [2100, 45],
          [-100, 45],
        ],
        [
          [-100, 55],
          [2100, 55],
          [2100, 70],
          [-100, 70],
        ],
      ],
      houses: [
        ...plan.houses!,
        {
          at: [930, 50],
          people,
          size: 4,
          community: 'N',
        },
      ],
    })
    const p = createPlanner({
      ...world,
      communities: [
        region('N'),
        region('S'),
      ],
      grids: [],
      subdistricts: new Map(),
      placeAt: () => ({ subdistrict: '990101001', community: 'N', grid: null }),
    })
    const { facilities } = p.take(content([
      {
        do: 'move',
        facility: 'F1',
        ...at(905, 50),
      },
    ]))
    return [
      facilities[0]!.isolated,
      facilities[0]!.nearestPeople,
      p.unlinked().map(({ people }) => people),
    ]
  }
  expect(islanders(0)).toEqual([
    true,
    0,
    [30, 20],
  ])
  expect(islanders(3)).toEqual([
    false,
    3,
    [30, 20],
  ])
})

it('what the houses hold and what the register says is compared', () => {
  const p = planner()
  p.take(content())
  expect(p.census()).toEqual([
    {
      community: 'N',
      name: 'N',
      registered: 50,
      counted: 10,
    },
  ])
})

it('the opening that would help most of a gap is found for the plan as it stands', () => {
  const p = planner()
  const { clusterGaps } = p.take(content())
  expect(p.opening(clusterGaps[0]!.members)).toMatchObject({ kind: 'water' })
  expect(p.reach().length).toBeGreaterThan(0)
})

it('cases are counted in the gap whose houses they come from, and in no other', () => {
  const p = planner()
  const { clusterGaps } = p.take(content())
  const homes = new Map([
    placeToLngLat([200, -20]),
    placeToLngLat([205, -10]),
    placeToLngLat([600, -12]),
    placeToLngLat([100, 112]),
    placeToLngLat([5000, 0]),
  ].map(([lng, lat], i) => [
    `C${i}`,
    homeAt(p.model(), lng, lat),
  ]))
  expect(clusterGaps.map(gap => [
    gap.people,
    casesIn(gap, homes),
  ])).toEqual([
    [30, 2],
    [20, 1],
  ])
  const { gaps, casesElsewhere } = reportOf(p, content(), [], homes)
  expect(gaps.map(({ cases }) => cases)).toEqual([2, 1])
  expect(casesElsewhere).toBe(1)
})
