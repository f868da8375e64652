import type { Point } from '../geometry/plane.ts'
import type { LayoutLine, Skeleton } from './skeleton.ts'
import { heightAt, parallel, smooth } from '../geometry/curve.ts'
import { createRandom } from '../random.ts'
import { BANK_METRES } from './skeleton.ts'

/** Side of the square that one of several towns fills, before the plane is bent. */
export const TILE_METRES = 2160

/** What neighbours must agree on is drawn from the border between them alone. */
function borderOf(seed: string, direction: 'west-east' | 'south-north', column: number, row: number) {
  const random = createRandom(`${seed}/border/${direction}/${column}/${row}`)
  const near = (share: number) => TILE_METRES * (share + random.between(-0.03, 0.03))
  return {
    streets: [
      near(0.33),
      near(0.68),
    ] as const,
    river: near(0.47),
    rail: near(0.87),
  }
}

const hasRiver = (row: number) => row % 2 === 0
const hasRail = (column: number) => column % 4 === 3

/** One of several towns side by side. Streets, river and railway go on in the next one; the border streets belong to both. */
export function tileSkeleton(seed: string, column: number, row: number, [x, y]: readonly [number, number]): Skeleton {
  const random = createRandom(`${seed}/tile/${column}/${row}`)
  const extent = {
    west: x,
    south: y,
    east: x + TILE_METRES,
    north: y + TILE_METRES,
  }
  const [west, east] = [
    borderOf(seed, 'south-north', column, row),
    borderOf(seed, 'south-north', column + 1, row),
  ]
  const [north, south] = [
    borderOf(seed, 'west-east', column, row),
    borderOf(seed, 'west-east', column, row + 1),
  ]
  const river = hasRiver(row)
    ? smooth([
        [extent.west - 60, y + west.river],
        [extent.west + 60, y + west.river],
        [x + TILE_METRES * 0.3, y + TILE_METRES * random.between(0.4, 0.56)],
        [x + TILE_METRES * 0.62, y + TILE_METRES * random.between(0.4, 0.56)],
        [extent.east - 60, y + east.river],
        [extent.east + 60, y + east.river],
      ], 28)
    : undefined
  const through = (from: Point, to: Point, kind: LayoutLine['kind'], road: string, bridge: boolean): LayoutLine => {
    const bend: Point = [(from[0] + to[0]) / 2 + random.between(-40, 40), (from[1] + to[1]) / 2 + random.between(-40, 40)]
    const over = (a: Point, b: Point): Point => [a[0] + (a[0] - b[0]) * 0.001, a[1] + (a[1] - b[1]) * 0.001]
    return {
      points: [
        over(from, bend),
        bend,
        over(to, bend),
      ],
      kind,
      road,
      bridge,
    }
  }
  const side = (a: Point, b: Point, road: string): LayoutLine => ({
    points: [a, b],
    kind: 'primary',
    road,
    bridge: true,
  })
  const lines: LayoutLine[] = [
    side([extent.west, extent.south - 3], [extent.west, extent.north + 3], 'side-west'),
    side([extent.east, extent.south - 3], [extent.east, extent.north + 3], 'side-east'),
    side([extent.west - 3, extent.south], [extent.east + 3, extent.south], 'side-south'),
    side([extent.west - 3, extent.north], [extent.east + 3, extent.north], 'side-north'),
    through([x + south.streets[0], extent.south], [x + north.streets[0], extent.north], 'primary', 'through-a', true),
    through([x + south.streets[1], extent.south], [x + north.streets[1], extent.north], 'secondary', 'through-b', true),
    // With a river in the way the southern street gives way to those along its banks.
    through([extent.west, y + west.streets[1]], [extent.east, y + east.streets[1]], 'primary', 'through-c', false),
    ...river
      ? [
          { points: river, kind: 'river' as const },
          {
            points: parallel(river, () => BANK_METRES),
            kind: 'secondary' as const,
            road: 'bank-north',
          },
          {
            points: parallel(river, () => -BANK_METRES),
            kind: 'tertiary' as const,
            road: 'bank-south',
          },
        ]
      : [
          through([extent.west, y + west.streets[0]], [extent.east, y + east.streets[0]], 'secondary', 'through-d', false),
        ],
  ]
  if (hasRail(column)) {
    lines.push({
      points: smooth([
        [x + south.rail, extent.south - 30],
        [x + TILE_METRES * random.between(0.83, 0.9), y + TILE_METRES / 2],
        [x + north.rail, extent.north + 30],
      ], 40),
      kind: 'rail',
    })
  }
  const at = (u: number, v: number): Point => [x + TILE_METRES * u, y + TILE_METRES * v]
  const riverAt = (u: number) => river
    ? (heightAt(river, x + TILE_METRES * u) - y) / TILE_METRES
    : 0.4
  return {
    lines,
    extent,
    ...river && { river },
    boundary: [
      [extent.west, extent.south],
      [extent.east, extent.south],
      [extent.east, extent.north],
      [extent.west, extent.north],
    ],
    wants: [
      {
        use: 'campus',
        at: at(random.between(0.08, 0.24), 0.84),
        maxHectares: 24,
      },
      {
        use: 'park',
        at: at(random.between(0.4, 0.6), riverAt(0.5) + 0.09),
        maxHectares: 13,
      },
      {
        use: 'hospital',
        at: at(random.between(0.72, 0.8), 0.58),
        maxHectares: 5.5,
      },
      {
        use: 'market',
        at: at(0.3, random.between(0.74, 0.78)),
        maxHectares: 3.4,
      },
      {
        use: 'school',
        at: at(random.between(0.42, 0.58), 0.85),
        maxHectares: 5.5,
      },
      {
        use: 'school',
        at: at(random.between(0.1, 0.25), 0.2),
        maxHectares: 5.5,
      },
      {
        use: 'school',
        at: at(random.between(0.75, 0.82), 0.22),
        maxHectares: 5.5,
      },
      {
        use: 'village',
        at: at(random.between(0.45, 0.55), 0.1),
        maxHectares: 8,
      },
      {
        use: 'village',
        at: at(0.94, random.between(0.86, 0.93)),
        maxHectares: 8,
      },
      {
        use: 'works',
        at: at(0.08, random.between(0.06, 0.1)),
        maxHectares: 6,
      },
      {
        use: 'works',
        at: at(random.between(0.74, 0.8), 0.93),
        maxHectares: 6,
      },
      {
        use: 'factory',
        at: at(0.92, 0.12),
        maxHectares: 10,
      },
      {
        use: 'offices',
        at: at(0.38, 0.72),
        maxHectares: 4.5,
      },
      {
        use: 'offices',
        at: at(0.63, 0.64),
        maxHectares: 4.5,
      },
      {
        use: 'square',
        at: at(0.62, 0.72),
        maxHectares: 3.4,
      },
    ],
  }
}

/** Ids of the crossings on the border that the neighbour has too: corners, and where through streets go over. */
export function sharedCrossing(seed: string, column: number, row: number, [x, y]: readonly [number, number]): (p: Point) => number | undefined {
  const shared: { at: Point, id: number }[] = []
  const add = (at: Point, ...key: number[]) => shared.push({
    at,
    id: key.reduce((id, part) => id * 1000 + part, 9),
  })
  for (const [dc, dr] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const)
    add([x + dc * TILE_METRES, y + (1 - dr) * TILE_METRES], 0, column + dc, row + dr)
  for (const dc of [0, 1]) {
    const border = borderOf(seed, 'south-north', column + dc, row)
    const crossings = hasRiver(row)
      ? [border.streets[1]]
      : border.streets
    crossings.forEach((along, i) => add([x + dc * TILE_METRES, y + along], 1 + i, column + dc, row))
  }
  for (const dr of [0, 1]) {
    const border = borderOf(seed, 'west-east', column, row + dr)
    border.streets.forEach((along, i) => add([x + along, y + (1 - dr) * TILE_METRES], 3 + i, column, row + dr))
  }
  return p => shared.find(({ at }) => Math.abs(at[0] - p[0]) < 0.5 && Math.abs(at[1] - p[1]) < 0.5)?.id
}
