/* eslint antfu/reasonable-newline: off -- coordinates read as lines */
import type { Point } from '../geometry/plane.ts'
import type { LayoutLine, Skeleton } from './skeleton.ts'
import { heightAt, parallel, smooth } from '../geometry/curve.ts'
import { createRandom } from '../random.ts'
import { BANK_METRES } from './skeleton.ts'
import { tileWants } from './tile-wants.ts'

/** Side of the square that one of several towns fills, before the plane is bent. */
export const TILE_METRES = 2160

/** One of several towns: its place among them and its south-west corner. */
export interface Tile { seed: string, column: number, row: number, origin: Point }

/** What neighbours must agree on is drawn from the border between them alone. */
export function borderOf(seed: string, direction: 'west-east' | 'south-north', column: number, row: number) {
  const random = createRandom(`${seed}/border/${direction}/${column}/${row}`)
  const near = (share: number) => TILE_METRES * (share + random.between(-0.03, 0.03))
  return { streets: [near(0.33), near(0.68)] as const, river: near(0.47), rail: near(0.87) }
}

export const hasRiver = (row: number): boolean => row % 2 === 0
const hasRail = (column: number) => column % 4 === 3

/** One of several towns side by side. Streets, river and railway go on in the next one; the border streets belong to both. */
export function tileSkeleton({ seed, column, row, origin: [x, y] }: Tile): Skeleton {
  const random = createRandom(`${seed}/tile/${column}/${row}`)
  const extent = { west: x, south: y, east: x + TILE_METRES, north: y + TILE_METRES }
  const [west, east] = [borderOf(seed, 'south-north', column, row), borderOf(seed, 'south-north', column + 1, row)]
  const [north, south] = [borderOf(seed, 'west-east', column, row), borderOf(seed, 'west-east', column, row + 1)]
  const at = (u: number, v: number): Point => [x + TILE_METRES * u, y + TILE_METRES * v]
  const river = hasRiver(row) ? smooth(riverThrough(), 28) : undefined
  const through = (from: Point, to: Point, kind: LayoutLine['kind'], road: string, bridge: boolean): LayoutLine => {
    const bend: Point = [(from[0] + to[0]) / 2 + random.between(-40, 40), (from[1] + to[1]) / 2 + random.between(-40, 40)]
    const over = (a: Point, b: Point): Point => [a[0] + (a[0] - b[0]) * 0.001, a[1] + (a[1] - b[1]) * 0.001]
    return { points: [over(from, bend), bend, over(to, bend)], kind, road, bridge }
  }
  const side = (a: Point, b: Point, road: string): LayoutLine => ({ points: [a, b], kind: 'primary', road, bridge: true })

  const lines: LayoutLine[] = [
    side([extent.west, extent.south - 3], [extent.west, extent.north + 3], 'side-west'),
    side([extent.east, extent.south - 3], [extent.east, extent.north + 3], 'side-east'),
    side([extent.west - 3, extent.south], [extent.east + 3, extent.south], 'side-south'),
    side([extent.west - 3, extent.north], [extent.east + 3, extent.north], 'side-north'),
    through([x + south.streets[0], extent.south], [x + north.streets[0], extent.north], 'primary', 'through-a', true),
    through([x + south.streets[1], extent.south], [x + north.streets[1], extent.north], 'secondary', 'through-b', true),
    through([extent.west, y + west.streets[1]], [extent.east, y + east.streets[1]], 'primary', 'through-c', false),
  ]
  // With a river in the way the southern street gives way to those along its banks.
  if (river) {
    lines.push(
      { points: river, kind: 'river' },
      { points: parallel(river, () => BANK_METRES), kind: 'secondary', road: 'bank-north' },
      { points: parallel(river, () => -BANK_METRES), kind: 'tertiary', road: 'bank-south' },
    )
  }
  else {
    lines.push(through([extent.west, y + west.streets[0]], [extent.east, y + east.streets[0]], 'secondary', 'through-d', false))
  }
  if (hasRail(column))
    lines.push({ points: smooth([[x + south.rail, extent.south - 30], at(random.between(0.83, 0.9), 0.5), [x + north.rail, extent.north + 30]], 40), kind: 'rail' })

  return {
    lines,
    extent,
    ...river && { river },
    boundary: [[extent.west, extent.south], [extent.east, extent.south], [extent.east, extent.north], [extent.west, extent.north]],
    wants: tileWants(at, river ? (heightAt(river, at(0.5, 0)[0]) - y) / TILE_METRES : 0.4, random),
  }

  function riverThrough(): Point[] {
    return [
      [extent.west - 60, y + west.river],
      [extent.west + 60, y + west.river],
      at(0.3, random.between(0.4, 0.56)),
      at(0.62, random.between(0.4, 0.56)),
      [extent.east - 60, y + east.river],
      [extent.east + 60, y + east.river],
    ]
  }
}

/** Ids of the crossings on the border that the neighbour has too: corners, and where through streets go over. */
export function sharedCrossing({ seed, column, row, origin: [x, y] }: Tile): (p: Point) => number | undefined {
  const shared: { at: Point, id: number }[] = []
  const add = (at: Point, ...key: number[]) => shared.push({ at, id: key.reduce((id, part) => id * 1000 + part, 9) })
  for (const [dc, dr] of [[0, 0], [1, 0], [0, 1], [1, 1]] as const)
    add([x + dc * TILE_METRES, y + (1 - dr) * TILE_METRES], 0, column + dc, row + dr)
  for (const dc of [0, 1]) {
    const { streets } = borderOf(seed, 'south-north', column + dc, row)
    for (const [i, along] of streets.entries()) {
      if (i === 1 || !hasRiver(row))
        add([x + dc * TILE_METRES, y + along], 1 + i, column + dc, row)
    }
  }
  for (const dr of [0, 1]) {
    const { streets } = borderOf(seed, 'west-east', column, row + dr)
    streets.forEach((along, i) => add([x + along, y + (1 - dr) * TILE_METRES], 3 + i, column, row + dr))
  }
  return p => shared.find(({ at }) => Math.abs(at[0] - p[0]) < 0.5 && Math.abs(at[1] - p[1]) < 0.5)?.id
}
