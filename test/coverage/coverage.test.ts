import type { CoverageSettings } from '#coverage/settings.ts'
import type { Town } from '../world/streets.ts'
import { expect, it } from 'vitest'
import { createCoverageCalculator } from '#coverage/coverage.ts'
import { defaultSettings } from '#coverage/settings.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { town } from '../world/streets.ts'

function figures({ records, facilities, communities }: Town, settings: Partial<CoverageSettings> = {}) {
  const calculator = createCoverageCalculator(buildWalkModel(records))
  return calculator.figures({
    facilities,
    communities,
    settings: {
      ...defaultSettings,
      ...settings,
    },
  })
}

function community(id: string, households: number | null = null) {
  return {
    id,
    subdistrict: '990101001',
    name: `${id}社区`,
    households,
    populationAsOf: '2026-02-28',
  }
}
const main = [
  [0, 0],
  [3000, 0],
] as const
const twoCommunities = {
  streets: [
    [...main],
  ],
  houses: [
    {
      at: [100, 10] as const,
      people: 30,
      households: 40,
      community: 'A',
    },
    {
      at: [600, 10] as const,
      people: 20,
      households: 60,
      community: 'A',
    },
    {
      at: [1500, 10] as const,
      people: 50,
      households: 100,
      community: 'B',
    },
    {
      at: [1500, 400] as const,
      people: 7,
      households: 10,
      community: 'B',
    },
    {
      at: [200, -10] as const,
      people: 3,
      households: 5,
    },
  ],
  facilities: [
    {
      at: [0, 0] as const,
      community: 'A',
      floorArea: 45,
    },
  ],
  communities: [
    community('A'),
    community('B'),
  ],
}

it('the three rates each have their numerator and denominator, and communities add up to the whole', () => {
  const { rates, byCommunity } = figures(town(twoCommunities))
  expect(rates.people).toMatchObject({ numerator: 53, denominator: 110, unit: '人' })
  expect(rates.facilities).toMatchObject({ numerator: 1, denominator: 2 })
  expect(rates.space).toMatchObject({ numerator: 20.93, denominator: 15 }) // 45 m² for 215 households
  expect(byCommunity.map(({ community, missedPeople, unlinkedPeople, rates }) => [
    community,
    rates.people.numerator,
    rates.people.denominator,
    missedPeople,
    unlinkedPeople,
  ])).toEqual([
    ['A', 50, 50, 0, 0],
    ['B', 0, 57, 57, 7],
    ['990101001*', 3, 3, 0, 0],
  ])
  for (const rate of Object.values(rates))
    expect(rate.source).not.toBe('')
  expect(rates.people.source).toContain('2026-02-28')
})

it('who is missed is listed with the reason, the walk, and the facility that is nearest', () => {
  const { missed } = figures(town(twoCommunities))
  expect(missed.map(({ id, properties }) => ({ id, ...properties }))).toEqual([
    expect.objectContaining({
      id: 'missed-1002',
      building: '1002',
      name: '3号楼',
      people: 50,
      reason: 'too-far',
      facility: 'F1',
    }),
    expect.objectContaining({
      id: 'missed-1003',
      building: '1003',
      people: 7,
      seconds: null,
      facility: null,
      reason: 'unlinked',
    }),
  ])
  expect(missed[0]!.properties.seconds).toBeCloseTo((1500 + 5 * 1.3) / 0.8, -1)
  expect(missed[0]!.geometry).toMatchObject({ type: 'Point' })
})

it('no facility at all leaves everyone outside, without failing', () => {
  const { rates, missed, byFacility } = figures(town({ ...twoCommunities, facilities: [] }))
  expect(rates.people).toMatchObject({ numerator: 0, denominator: 110 })
  expect(missed.map(({ properties }) => properties.reason)).toEqual([
    'unreachable',
    'unreachable',
    'unreachable',
    'unlinked',
    'unreachable',
  ])
  expect(byFacility).toEqual([])
})

it('a town without streets or people has rates with nothing to divide by', () => {
  const { rates } = figures(town({}))
  expect(rates.people).toMatchObject({ numerator: 0, denominator: 0 })
  expect(rates.facilities).toMatchObject({ numerator: 0, denominator: 0 })
})

it('a closed facility, a clinic and a team of doctors do not count', () => {
  const at = [0, 0] as const
  const count = (facility: object) => figures(town({
    ...twoCommunities,
    facilities: [
      { at, community: 'A', ...facility },
    ],
  })).rates.people.numerator
  expect(count({ kind: 'meals' })).toBe(53)
  expect(count({ open: false })).toBe(0)
  expect(count({ kind: 'clinic' })).toBe(0)
  expect(count({ kind: 'family-doctors' })).toBe(0)
})

it('households come from the register where it has them, else from the buildings', () => {
  const { rates } = figures(town({
    ...twoCommunities,
    communities: [
      community('A', 1000),
      community('B'),
    ],
  }))
  expect(rates.space.numerator).toBeCloseTo(45 / 1115 * 100, 2)
})

it('each facility tells whom it reaches, for whom it is the nearest, and whether it can be got to', () => {
  const { byFacility } = figures(town({
    ...twoCommunities,
    streets: [
      [...main],
      [
        [0, 900],
        [300, 900],
      ],
    ],
    waters: [
      [
        [2000, 50],
        [2200, 50],
        [2200, 200],
        [2000, 200],
      ],
    ],
    facilities: [
      {
        at: [0, 0],
      },
      {
        at: [700, 0],
      },
      {
        at: [100, 905],
      },
      {
        at: [2100, 100],
      },
    ],
  }))
  expect(byFacility).toEqual([
    expect.objectContaining({
      facility: 'F1',
      people: 53,
      nearestPeople: 33,
      access: 'linked',
    }),
    expect.objectContaining({
      facility: 'F2',
      people: 53,
      nearestPeople: 20,
      access: 'linked',
    }),
    expect.objectContaining({ facility: 'F3', people: 0, access: 'isolated' }),
    expect.objectContaining({ facility: 'F4', people: 0, access: 'unlinked' }),
  ])
})

it('the walk of exactly the limit counts', () => {
  const world = town({
    streets: [
      [
        [0, 0],
        [720, 0],
        [3000, 0],
      ],
    ],
    houses: [
      {
        at: [720, 5],
        doors: [
          [720, 0],
        ],
        people: 9,
      },
    ],
    facilities: [
      {
        at: [0, 0],
      },
    ],
  })
  expect(figures(world).rates.people.numerator).toBe(9)
  expect(figures(world, { minutes: 14.99 }).rates.people.numerator).toBe(0)
})

it('ages are told apart, and bands add up to all who are 60 or older', () => {
  const { ages, rates, byCommunity } = figures(town({
    ...twoCommunities,
    houses: twoCommunities.houses.map(house => ({
      ...house,
      aged70: Math.floor(house.people / 2),
      aged80: Math.floor(house.people / 5),
    })),
  }))
  expect(ages).toEqual([
    { band: '60-69', reached: 27, people: 56 },
    { band: '70-79', reached: 16, people: 33 },
    { band: '80+', reached: 10, people: 21 },
  ])
  expect(ages.reduce((sum, { people }) => sum + people, 0)).toBe(rates.people.denominator)
  expect(byCommunity[1]!.ages.map(({ people }) => people)).toEqual([29, 17, 11])
})

it('a subdistrict is the sum of its communities, and grids are told where the houses and facilities lie', () => {
  const world = town({
    ...twoCommunities,
    houses: twoCommunities.houses.map((house, i) => ({
      ...house,
      ...i < 3 && {
        grid: i === 2
          ? 'B1'
          : 'A1',
      },
    })),
    facilities: twoCommunities.facilities.map(facility => ({ ...facility, grid: 'A1' })),
  })
  const { bySubdistrict, byGrid } = createCoverageCalculator(buildWalkModel(world.records)).figures({
    facilities: world.facilities,
    communities: world.communities,
    grids: [
      community('A1'),
      community('B1'),
    ],
    subdistricts: new Map([
      ['990101001', '春柳街道'],
    ]),
    settings: defaultSettings,
  })
  expect(bySubdistrict).toEqual([
    expect.objectContaining({
      region: '990101001',
      name: '春柳街道',
      missedPeople: 57,
      unlinkedPeople: 7,
    }),
  ])
  expect(bySubdistrict[0]!.rates.people).toMatchObject({ numerator: 53, denominator: 110 })
  expect(byGrid.map(({ region, rates }) => [
    region,
    rates.facilities.numerator,
    rates.facilities.unit,
    rates.people.numerator,
    rates.people.denominator,
  ])).toEqual([
    ['A1', 1, '个网格', 50, 50],
    ['B1', 0, '个网格', 0, 50],
    ['990101001*', 0, '个网格', 3, 10],
  ])
})

it('each kind is told by itself: a centre does not stand in for a clinic', () => {
  const { byKind } = figures(town({
    ...twoCommunities,
    facilities: [
      {
        at: [0, 0],
        community: 'A',
        kind: 'comprehensive-centre',
        floorArea: 2000,
      },
      {
        at: [1500, 0],
        community: 'B',
        kind: 'clinic',
        floorArea: 100,
      },
    ],
  }))
  expect(byKind.map(({ kind, open, rates }) => [
    kind,
    open,
    rates.people.numerator,
    rates.facilities.numerator,
  ])).toEqual([
    ['comprehensive-centre', 1, 53, 1],
    ['day-care', 0, 0, 0],
    ['meals', 0, 0, 0],
    ['clinic', 1, 50, 1],
    ['family-doctors', 0, 0, 0],
  ])
  expect(byKind[3]!.rates.space.numerator).toBeCloseTo(100 / 215 * 100, 1)
  expect(byKind[3]!.rates.people.source).toContain('社区卫生服务站')
})

it('places are told against those who can walk to them, and who told no places is left out and counted', () => {
  const { capacity, byFacility, access } = figures(town({
    ...twoCommunities,
    facilities: [
      {
        at: [0, 0],
        capacity: 30,
      },
      {
        at: [1500, 0],
        capacity: null,
      },
    ],
  }))
  // 33 people within 5 minutes weigh 1, 20 at 600 m (12.5 minutes) 0.22.
  expect(byFacility.map(({ places, demand, perThousand }) => [places, demand, perThousand])).toEqual([
    [30, 37.4, 802.1],
    [null, 50, null],
  ])
  expect(capacity).toMatchObject({ places: 30, unknown: 1 })
  expect(capacity.source).toContain('1、0.68、0.22')
  expect(access[0]).toBeCloseTo(30 / 37.4, 4)
  expect(access[1]).toBeCloseTo(30 / 37.4 * 0.22, 4)
  expect(access[3]).toBe(0)
})
