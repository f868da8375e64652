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
      const outer = features.find(({ properties }) => properties.minutes === minutes + 5)?.geometry as MultiPolygon | undefined
      // Each drawn line is thinned by up to 0.7 m and rounded to a decimetre: a corner may stand out by no more than both lines' share.
      for (const corner of (inner?.geometry as MultiPolygon | undefined)?.coordinates.flat(2) ?? [])
        expect(booleanPointInPolygon(corner, outer!) || metresTo(outer!, corner) < 1.6).toBe(true)
    }
  }), { numRuns: 40 })
})

/** Metres from a point to the nearest line of the outlines. */
function metresTo({ coordinates }: MultiPolygon, [lng, lat]: [number, number]): number {
  const perLat = 111_320
  const perLng = perLat * Math.cos(lat * Math.PI / 180)
  const flat = ([x, y]: [number, number]) => [(x - lng) * perLng, (y - lat) * perLat] as const
  let nearest = Infinity
  for (const ring of coordinates.flat()) {
    ring.slice(1).forEach((to, k) => {
      const [ax, ay] = flat(ring[k]!)
      const [bx, by] = flat(to)
      const length = (bx - ax) ** 2 + (by - ay) ** 2
      const along = length > 0
        ? Math.max(0, Math.min(1, -(ax * (bx - ax) + ay * (by - ay)) / length))
        : 0
      nearest = Math.min(nearest, Math.hypot(ax + along * (bx - ax), ay + along * (by - ay)))
    })
  }
  return nearest
}
