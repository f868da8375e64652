import type { Feature, MultiPolygon } from '#contract/geometry.ts'
import type { Place, Town, TownPlan } from '../world/streets.ts'
import { booleanPointInPolygon } from '@turf/turf'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createCoverageCalculator } from '#coverage/coverage.ts'
import { contourMinutes } from '#coverage/reach-polygons.ts'
import { defaultSettings } from '#coverage/settings.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { placeToLngLat, town } from '../world/streets.ts'

function reach({ records, facilities, communities }: Town, minutes = 15): Feature[] {
  const calculator = createCoverageCalculator(buildWalkModel(records))
  const question = {
    facilities,
    communities,
    settings: { ...defaultSettings, minutes },
  }
  return calculator.reach(question, calculator.figures(question))
}

function covers(features: Feature[], minutes: number, place: Place): boolean {
  const feature = features.find(({ properties }) => properties.minutes === minutes)
  return feature !== undefined && booleanPointInPolygon(placeToLngLat(place), feature.geometry as MultiPolygon)
}

it('reach is drawn every five minutes up to the limit, the widest first', () => {
  const features = reach(town({
    streets: [
      [
        [-2000, 0],
        [2000, 0],
      ],
    ],
    facilities: [
      {
        at: [0, 0],
      },
    ],
  }))
  expect(features.map(({ id, properties }) => [id, properties.minutes])).toEqual([
    ['reach-15', 15],
    ['reach-10', 10],
    ['reach-5', 5],
  ])
  expect(covers(features, 5, [230, 0])).toBe(true)
  expect(covers(features, 5, [260, 0])).toBe(false)
  expect(covers(features, 15, [-700, 0])).toBe(true)
  expect(covers(features, 15, [-740, 0])).toBe(false)
  expect(covers(features, 15, [0, 90])).toBe(true)
  expect(covers(features, 15, [0, 120])).toBe(false)
  expect(contourMinutes(12)).toEqual([5, 10, 12])
  expect(contourMinutes(30)).toEqual([10, 20, 30])
})

it('no reach is drawn where there is none', () => {
  expect(reach(town({
    streets: [
      [
        [0, 0],
        [100, 0],
      ],
    ],
  }))).toEqual([])
  expect(reach(town({
    facilities: [
      {
        at: [0, 0],
      },
    ],
  }))).toEqual([])
})

it('a block that cannot be entered is a hole', () => {
  const block = [
    [50, 50],
    [550, 50],
    [550, 550],
    [50, 550],
  ] as Place[]
  const features = reach(town({
    streets: [
      [
        [0, 0],
        [600, 0],
        [600, 600],
        [0, 600],
        [0, 0],
      ],
    ],
    walls: [
      [...block, block[0]!],
    ],
    facilities: [
      {
        at: [0, 0],
      },
    ],
  }), 30)
  expect(covers(features, 30, [300, 20])).toBe(true)
  expect(covers(features, 30, [300, 300])).toBe(false)
  expect(covers(features, 30, [300, 80])).toBe(false)
  expect((features[0]!.geometry as MultiPolygon).coordinates.map(rings => rings.length)).toEqual([2])
})

const river: Place[] = [
  [100, -600],
  [130, -600],
  [130, 600],
  [100, 600],
]
const banks: TownPlan = {
  streets: [
    [
      [-400, 0],
      [90, 0],
    ],
    [
      [140, 0],
      [500, 0],
    ],
    [
      [90, -200],
      [90, 200],
    ],
    [
      [140, -200],
      [140, 200],
    ],
    [
      [90, 0],
      [90, -200],
    ],
  ],
  waters: [river],
  facilities: [
    {
      at: [0, 0],
    },
  ],
}

it('reach never crosses water without a bridge', () => {
  const features = reach(town(banks))
  for (let north = -250; north <= 250; north += 5) {
    for (const east of [
      99.5,
      105,
      115,
      125,
      130.5,
      136,
      150,
      300,
    ])
      expect(covers(features, 15, [east, north])).toBe(false)
  }
  expect(covers(features, 15, [85, 0])).toBe(true)
})

it('over a bridge it goes on to the other bank, on the deck and nowhere else', () => {
  const features = reach(town({
    ...banks,
    streets: [
      ...banks.streets!,
      [
        [90, 0],
        [90.5, 0],
      ],
      {
        path: [
          [90, 0],
          [140, 0],
        ],
        bridge: true,
      },
    ],
  }))
  expect(covers(features, 15, [300, 10])).toBe(true)
  expect(covers(features, 15, [115, 0])).toBe(true)
  for (const north of [-150, -60, -20, 20, 60, 150]) {
    for (const east of [101, 108, 115, 122, 129])
      expect(covers(features, 15, [east, north])).toBe(false)
  }
})

it('a brook of a metre is not crossed either', () => {
  const features = reach(town({
    ...banks,
    waters: [
      [
        [110, -600],
        [111, -600],
        [111, 600],
        [110, 600],
      ],
    ],
  }))
  for (let north = -250; north <= 250; north += 5)
    expect(covers(features, 15, [112, north])).toBe(false)
})

it('a house is inside the drawn reach if and only if it counts as reached', () => {
  const houses = Array.from({ length: 24 }, (_, i) => ({
    at: [
      i * 40 - 300,
      i % 2
        ? 30
        : -30,
    ] as const,
    size: 20,
  }))
  const world = town({
    streets: [
      [
        [-800, 0],
        [900, 0],
      ],
    ],
    houses,
    facilities: [
      {
        at: [-200, 0],
      },
    ],
  })
  const calculator = createCoverageCalculator(buildWalkModel(world.records))
  const question = {
    ...world,
    settings: { ...defaultSettings, minutes: 10 },
  }
  const figures = calculator.figures(question)
  const features = calculator.reach(question, figures)
  houses.forEach(({ at }, house) => {
    const seconds = figures.times.seconds[house]!
    if (Math.abs(seconds - 600) > 25)
      expect(covers(features, 10, at)).toBe(seconds <= 600)
  })
})

const place: fc.Arbitrary<Place> = fc.tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 })).map(([e, n]) => [e * 90, n * 90] as const)
const somewhere: fc.Arbitrary<Place> = fc.tuple(fc.integer({ min: -50, max: 950 }), fc.integer({ min: -50, max: 950 }))

it('contours nest', () => {
  const plan: fc.Arbitrary<TownPlan> = fc.record({
    streets: fc.array(fc.uniqueArray(place, { minLength: 2, maxLength: 5, selector: String }), { minLength: 1, maxLength: 8 }),
    houses: fc.array(fc.record({
      at: somewhere,
      size: fc.integer({ min: 5, max: 60 }),
    }), { maxLength: 6 }),
    walls: fc.array(fc.tuple(somewhere, somewhere).map(([from, to]) => [from, to]), { maxLength: 3 }),
    waters: fc.array(fc.tuple(somewhere, fc.integer({ min: 10, max: 200 })).map(([[e, n], size]) => [
      [e, n],
      [e + size, n + 20],
      [e + 20, n + size],
    ] as Place[]), { maxLength: 2 }),
    facilities: fc.array(fc.record({ at: place }), { minLength: 1, maxLength: 2 }),
  })
  fc.assert(fc.property(plan, (plan) => {
    const features = reach(town(plan))
    for (const minutes of [5, 10]) {
      const inner = features.find(({ properties }) => properties.minutes === minutes)
      // Drawn lines are thinned by up to 0.7 m, so the test points are set back from them a little.
      for (const [lng, lat] of (inner?.geometry as MultiPolygon | undefined)?.coordinates.flatMap(([outer]) => setBack(outer!)) ?? [])
        expect(booleanPointInPolygon([lng, lat], features.find(({ properties }) => properties.minutes === minutes + 5)!.geometry as MultiPolygon)).toBe(true)
    }
  }), { numRuns: 40 })
})

/** The corners of a ring that stick out, each moved 2 m towards the middle between its neighbours. */
function setBack(ring: [number, number][]): [number, number][] {
  const metre = 1e-5
  return ring.slice(1, -1).flatMap(([lng, lat], i) => {
    const [before, after] = [ring[i]!, ring[i + 2]!]
    const turn = (lng - before[0]) * (after[1] - lat) - (lat - before[1]) * (after[0] - lng)
    const [dx, dy] = [(before[0] + after[0]) / 2 - lng, (before[1] + after[1]) / 2 - lat]
    const length = Math.hypot(dx, dy)
    return turn > 0 && length > 3 * metre
      ? [
          [lng + dx / length * 2 * metre, lat + dy / length * 2 * metre] as [number, number],
        ]
      : []
  })
}
