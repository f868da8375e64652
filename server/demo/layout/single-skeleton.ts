/* eslint antfu/reasonable-newline: off -- coordinates read as lines */
import type { Point } from '../geometry/plane.ts'
import type { Random } from '../random.ts'
import type { LayoutLine, Skeleton } from './skeleton.ts'
import { heightAt, parallel, smooth } from '../geometry/curve.ts'
import { directionOf, shift } from '../geometry/plane.ts'
import { BANK_METRES } from './skeleton.ts'
import { wantsOf } from './single-wants.ts'

const extent = { west: -2500, east: 2600, south: -1560, north: 1750 }

/** Where the large lines lie, in metres east or north; a little different for every seed. */
export type Measures = ReturnType<typeof measuresOf>

function measuresOf(random: Random) {
  const near = (value: number, by = 38) => value + random.between(-by, by)
  const [west, innerWest, innerEast, east] = [near(-1030), near(-330), near(400), near(1060)] as const
  const [north, middle, south] = [near(930), near(290), near(-1010, 25)] as const
  return {
    near,
    west,
    innerWest,
    innerEast,
    east,
    north,
    middle,
    south,
    bulge: near(1365, 25),
    bump: near(1235, 20),
    southWest: near(-790, 30),
    southEast: near(480),
  }
}

/**
 * One subdistrict with its surroundings, so that the map does not end at the border: three arterials north to south,
 * three west to east, a winding river in the lower half, a railway across the north-east corner. The border follows
 * arterials, slanting streets, and steps along the river.
 */
export function singleSkeleton(random: Random): Skeleton {
  const at = measuresOf(random)
  const river = smooth(riverThrough(at), 28)
  const rail = smooth(railThrough(at), 35)
  const riverAt = (x: number) => heightAt(river, x)
  const bridgeX = (at.innerEast + at.innerWest) / 2 + random.between(-90, 90)
  const cutX = at.innerWest - random.between(330, 400)
  const cutY = at.middle + random.between(170, 240)
  const cornerX = random.between(240, 300)
  const cornerY = random.between(300, 360)
  const underpassY = (at.north + at.middle) / 2 + random.between(60, 110)

  const vertical = (x: number, from: number, to: number, kind: LayoutLine['kind'], road: string, bridge = false): LayoutLine =>
    ({ points: [[x + random.between(-14, 14), from - 5], [x, (from + to) / 2], [x + random.between(-14, 14), to + 5]], kind, road, bridge })
  const horizontal = (y: number, kind: LayoutLine['kind'], road: string): LayoutLine =>
    ({ points: [[extent.west - 5, at.near(y, 30)], [at.west - 90, y], [at.bulge + 90, y], [extent.east + 5, at.near(y, 30)]], kind, road })

  return {
    extent,
    river,
    lines: [
      border(),
      { points: river, kind: 'river' },
      { points: rail, kind: 'rail' },
      { points: parallel(river, () => BANK_METRES), kind: 'secondary', road: 'bank-north' },
      { points: parallel(river, () => -BANK_METRES), kind: 'tertiary', road: 'bank-south' },
      vertical(-1800, extent.south, extent.north, 'secondary', 'far-west', true),
      vertical(at.west, riverAt(at.west), extent.north, 'secondary', 'west'),
      vertical(at.innerWest, extent.south, extent.north, 'primary', 'inner-west', true),
      vertical(at.innerEast, riverAt(at.innerEast), extent.north, 'secondary', 'inner-east'),
      vertical(at.east, extent.south, extent.north, 'primary', 'east', true),
      vertical(1930, extent.south, extent.north, 'secondary', 'far-east', true),
      vertical(at.southWest, extent.south, riverAt(at.southWest), 'secondary', 'south-west'),
      vertical(at.southEast, extent.south, riverAt(at.southEast), 'secondary', 'south-east'),
      straight([at.bulge - 110, at.middle], [at.bulge, riverAt(at.bulge)], 'tertiary', 'bulge'),
      horizontal(at.north, 'primary', 'north'),
      horizontal(at.middle, 'primary', 'middle'),
      horizontal(at.south, 'secondary', 'south'),
      straight([at.innerWest, at.bump - 120], [at.innerEast, at.bump], 'tertiary', 'bump'),
      straight([at.east, at.south + cornerY], [at.east - cornerX, at.south], 'tertiary', 'corner'),
      straight([at.west, cutY], [cutX, at.north], 'tertiary', 'slant'),
      straight([at.innerEast, underpassY], [at.east, underpassY + random.between(-30, 30)], 'tertiary', 'underpass'),
      straight([bridgeX, riverAt(bridgeX) - BANK_METRES * 1.5], [bridgeX, riverAt(bridgeX) + BANK_METRES * 1.5], 'footbridge', 'footbridge'),
    ],
    boundary: [
      [at.southWest, at.south],
      [at.east - cornerX, at.south],
      [at.east, at.south + cornerY],
      [at.east, riverAt(at.east)],
      ...river.filter(p => p[0] > at.east && p[0] < at.bulge),
      [at.bulge, riverAt(at.bulge)],
      [at.bulge - 110, at.middle],
      [at.east, at.middle],
      [at.east, at.north],
      [at.innerEast, at.north],
      [at.innerEast, at.bump],
      [at.innerWest, at.bump - 120],
      [at.innerWest, at.north],
      [cutX, at.north],
      [at.west, cutY],
      [at.west, riverAt(at.west)],
      ...river.filter(p => p[0] > at.west && p[0] < at.southWest),
      [at.southWest, riverAt(at.southWest)],
    ],
    wants: wantsOf(at),
  }
}

function riverThrough({ near }: Measures): Point[] {
  return [
    [extent.west - 90, near(-250)],
    [-1750, near(-480)],
    [near(-1120), near(-240, 25)],
    [near(-560), near(-330)],
    [near(-60), near(-590)],
    [near(430), near(-330)],
    [near(960), near(-430)],
    [near(1400), near(-640)],
    [1950, near(-420)],
    [extent.east + 90, near(-560)],
  ]
}

function railThrough({ near }: Measures): Point[] {
  return [
    [near(190), extent.north + 30],
    [near(450, 15), 1290],
    [near(665, 20), 930],
    [near(930, 15), 610],
    [near(1230, 15), 330],
    [1620, near(150)],
    [2100, near(60)],
    [extent.east + 30, near(-40)],
  ]
}

/** A little longer than from a to b, so that it surely meets what it ends at. */
function straight(a: Point, b: Point, kind: LayoutLine['kind'], road: string): LayoutLine {
  const along = directionOf(a, b)
  return { points: [shift(a, along, -1), shift(b, along, 1)], kind, road }
}

function border(): LayoutLine {
  const { west, south, east, north } = extent
  return { points: [[west, south], [east, south], [east, north], [west, north], [west, south]], kind: 'edge' }
}
