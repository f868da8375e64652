import type { LngLat } from '#contract/geometry.ts'
import type { Place, TownPlan } from '../world/streets.ts'
import { expect, it } from 'vitest'
import { segmentMetres } from '#coverage/local-metres.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { createRandom } from '../../server/demo/random.ts'
import { walkPath } from '../../server/dispatch/walk-path.ts'
import { streetsOf, walkMinutes } from '../../server/dispatch/walk-minutes.ts'
import { placeToLngLat, town } from '../world/streets.ts'

const how = { speed: 1.2, limitMinutes: 180 }
function wayIn(plan: TownPlan, from: Place, to: Place) {
  return walkPath(streetsOf(buildWalkModel(town(plan).records)), placeToLngLat(from), placeToLngLat(to), how)
}
function lengthOf(path: LngLat[]): number {
  return path.slice(1).reduce((sum, [lng, lat], i) => sum + segmentMetres(path[i]![0], path[i]![1], lng, lat), 0)
}

/** The straight pieces to the street and from it, which count 1.3 times: nobody walks straight across a yard. */
const offStreet = (path: LngLat[]) => lengthOf(path.slice(0, 2)) + lengthOf(path.slice(-2))

it('a way goes round the block, not through it, and its metres are those of its line', () => {
  const way = wayIn({
    streets: [
      [
        [0, 0],
        [200, 0],
        [200, 300],
        [0, 300],
      ],
    ],
  }, [0, -10], [0, 310])!
  expect(way.metres).toBeGreaterThan(700)
  expect(way.metres).toBeLessThan(730)
  expect(way.metres - lengthOf(way.path)).toBeLessThan(offStreet(way.path) * 0.31)
  expect(way.minutes).toBeCloseTo(way.metres / 1.2 / 60, 2)
  expect(way.path).toHaveLength(6)
})

it('two on the same street walk along it', () => {
  const way = wayIn({
    streets: [
      [
        [0, 0],
        [500, 0],
      ],
    ],
  }, [100, 5], [400, 5])!
  expect(way.metres).toBeCloseTo(310, -1)
  expect(way.path).toHaveLength(4)
})

it('a one-way footway is not walked against', () => {
  const way = wayIn({
    streets: [
      {
        path: [
          [0, 0],
          [100, 0],
        ],
        oneway: 1,
      },
      [
        [0, 0],
        [0, 100],
        [100, 100],
        [100, 0],
      ],
    ],
  }, [100, -1], [0, -1])!
  expect(way.metres).toBeGreaterThan(299)
})

it('where no street leads there is no way', () => {
  expect(wayIn({
    streets: [
      [
        [0, 0],
        [100, 0],
      ],
      [
        [5000, 0],
        [5100, 0],
      ],
    ],
  }, [0, 0], [5100, 0])).toBeNull()
})

it('on any town a way is as long as the suggestion says', () => {
  const random = createRandom('ways')
  for (let round = 0; round < 40; round++) {
    const grid = Array.from({ length: 6 }, () => Array.from({ length: 6 }, (): Place => [0, 0]))
      .map((row, x) => row.map((_, y): Place => [x * 90 + random.integer(-20, 20), y * 90 + random.integer(-20, 20)]))
    const streets: TownPlan['streets'] = []
    for (let x = 0; x < 6; x++) {
      for (let y = 0; y < 6; y++) {
        for (const [dx, dy] of [
          [1, 0],
          [0, 1],
        ] as const) {
          if (x + dx < 6 && y + dy < 6 && random.between(0, 1) < 0.7) {
            streets.push({
              path: [grid[x]![y]!, grid[x + dx]![y + dy]!],
              oneway: random.pick([0, 0, 0, 1, -1]),
              stairs: random.between(0, 1) < 0.1,
            })
          }
        }
      }
    }
    const model = streetsOf(buildWalkModel(town({ streets }).records))
    const anywhere = () => placeToLngLat([
      random.integer(0, 450),
      random.integer(0, 450),
    ])
    for (let pair = 0; pair < 10; pair++) {
      const [from, to] = [
        anywhere(),
        anywhere(),
      ]
      const [minutes] = walkMinutes(model, to, [from], how)
      const way = walkPath(model, from, to, how)
      expect(way === null).toBe(minutes === null)
      if (way) {
        expect(way.minutes).toBeCloseTo(minutes!, 6)
        expect(way.metres - lengthOf(way.path)).toBeGreaterThan(-1)
        expect(way.metres - lengthOf(way.path)).toBeLessThan(1 + offStreet(way.path) * 0.31)
      }
    }
  }
})
