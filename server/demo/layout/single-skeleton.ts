import type { Point } from '../geometry/plane.ts'
import type { Random } from '../random.ts'
import type { LayoutLine, Skeleton } from './skeleton.ts'
import { heightAt, parallel, smooth } from '../geometry/curve.ts'
import { BANK_METRES } from './skeleton.ts'

/**
 * One subdistrict with its surroundings, so that the map does not end at the border: three arterials north to south,
 * three west to east, a winding river in the lower half, a railway across the north-east corner. The border follows
 * arterials, a slanting street, and steps along the river.
 */
export function singleSkeleton(random: Random): Skeleton {
  const near = (value: number, by = 38) => value + random.between(-by, by)
  const extent = {
    west: -2500,
    east: 2600,
    south: -1560,
    north: 1750,
  }
  const [west, innerWest, innerEast, east] = [
    near(-1030),
    near(-330),
    near(400),
    near(1060),
  ]
  const [north, middle, south] = [
    near(930),
    near(290),
    near(-1010, 25),
  ]
  const bulge = near(1365, 25)
  const bump = near(1235, 20)
  const southWest = near(-790, 30)
  const southEast = near(480)

  const river = smooth([
    [
      extent.west - 90,
      near(-250),
    ],
    [
      -1750,
      near(-480),
    ],
    [
      near(-1120),
      near(-240, 25),
    ],
    [
      near(-560),
      near(-330),
    ],
    [
      near(-60),
      near(-590),
    ],
    [
      near(430),
      near(-330),
    ],
    [
      near(960),
      near(-430),
    ],
    [
      near(1400),
      near(-640),
    ],
    [
      1950,
      near(-420),
    ],
    [
      extent.east + 90,
      near(-560),
    ],
  ], 28)
  const rail = smooth([
    [
      near(190),
      extent.north + 30,
    ],
    [
      near(450, 15),
      1290,
    ],
    [
      near(665, 20),
      930,
    ],
    [
      near(930, 15),
      610,
    ],
    [
      near(1230, 15),
      330,
    ],
    [
      1620,
      near(150),
    ],
    [
      2100,
      near(60),
    ],
    [
      extent.east + 30,
      near(-40),
    ],
  ], 35)

  const vertical = (x: number, from: number, to: number, kind: LayoutLine['kind'], road: string, bridge = false): LayoutLine =>
    ({
      points: [
        [x + random.between(-14, 14), from - 5],
        [x, (from + to) / 2],
        [x + random.between(-14, 14), to + 5],
      ],
      kind,
      road,
      bridge,
    })
  const horizontal = (y: number, kind: LayoutLine['kind'], road: string): LayoutLine =>
    ({
      points: [
        [
          extent.west - 5,
          near(y, 30),
        ],
        [west - 90, y],
        [bulge + 90, y],
        [
          extent.east + 5,
          near(y, 30),
        ],
      ],
      kind,
      road,
    })
  const straight = (a: Point, b: Point, kind: LayoutLine['kind'], road: string): LayoutLine => {
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    const over: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
    return {
      points: [
        [a[0] - over[0], a[1] - over[1]],
        [b[0] + over[0], b[1] + over[1]],
      ],
      kind,
      road,
    }
  }
  const riverAt = (x: number) => heightAt(river, x)
  const bridgeX = (innerEast + innerWest) / 2 + random.between(-90, 90)
  const cutX = innerWest - random.between(330, 400)
  const cutY = middle + random.between(170, 240)
  const cornerX = random.between(240, 300)
  const cornerY = random.between(300, 360)
  const underpassY = (north + middle) / 2 + random.between(60, 110)

  const lines: LayoutLine[] = [
    border(extent),
    { points: river, kind: 'river' },
    { points: rail, kind: 'rail' },
    {
      points: parallel(river, () => BANK_METRES),
      kind: 'secondary',
      road: 'bank-north',
    },
    {
      points: parallel(river, () => -BANK_METRES),
      kind: 'tertiary',
      road: 'bank-south',
    },
    vertical(-1800, extent.south, extent.north, 'secondary', 'far-west', true),
    vertical(west, riverAt(west), extent.north, 'secondary', 'west'),
    vertical(innerWest, extent.south, extent.north, 'primary', 'inner-west', true),
    vertical(innerEast, riverAt(innerEast), extent.north, 'secondary', 'inner-east'),
    vertical(east, extent.south, extent.north, 'primary', 'east', true),
    vertical(1930, extent.south, extent.north, 'secondary', 'far-east', true),
    vertical(southWest, extent.south, riverAt(southWest), 'secondary', 'south-west'),
    vertical(southEast, extent.south, riverAt(southEast), 'secondary', 'south-east'),
    straight([bulge - 110, middle], [
      bulge,
      riverAt(bulge),
    ], 'tertiary', 'bulge'),
    horizontal(north, 'primary', 'north'),
    horizontal(middle, 'primary', 'middle'),
    horizontal(south, 'secondary', 'south'),
    straight([innerWest, bump - 120], [innerEast, bump], 'tertiary', 'bump'),
    straight([east, south + cornerY], [east - cornerX, south], 'tertiary', 'corner'),
    straight([west, cutY], [cutX, north], 'tertiary', 'slant'),
    straight([innerEast, underpassY], [east, underpassY + random.between(-30, 30)], 'tertiary', 'underpass'),
    straight([bridgeX, riverAt(bridgeX) - BANK_METRES * 1.5], [bridgeX, riverAt(bridgeX) + BANK_METRES * 1.5], 'footbridge', 'footbridge'),
  ]
  return {
    lines,
    extent,
    river,
    boundary: [
      [southWest, south],
      [east - cornerX, south],
      [east, south + cornerY],
      [
        east,
        riverAt(east),
      ],
      ...river.filter(p => p[0] > east && p[0] < bulge),
      [
        bulge,
        riverAt(bulge),
      ],
      [bulge - 110, middle],
      [east, middle],
      [east, north],
      [innerEast, north],
      [innerEast, bump],
      [innerWest, bump - 120],
      [innerWest, north],
      [cutX, north],
      [west, cutY],
      [
        west,
        riverAt(west),
      ],
      ...river.filter(p => p[0] > west && p[0] < southWest),
      [
        southWest,
        riverAt(southWest),
      ],
    ],
    wants: [
      {
        use: 'campus',
        at: [west + 190, middle - 200],
        maxHectares: 27,
      },
      {
        use: 'park',
        at: [innerWest + 330, middle - 330],
        maxHectares: 15,
      },
      {
        use: 'hospital',
        at: [innerEast - 110, middle + 110],
        maxHectares: 5.5,
      },
      {
        use: 'market',
        at: [innerEast + 110, middle - 110],
        maxHectares: 3.4,
      },
      {
        use: 'school',
        at: [innerWest - 200, middle + 260],
        maxHectares: 5.5,
      },
      {
        use: 'school',
        at: [east - 250, middle - 260],
        maxHectares: 5.5,
      },
      {
        use: 'school',
        at: [innerWest + 300, south + 190],
        maxHectares: 5.5,
      },
      {
        use: 'village',
        at: [east - 80, north - 90],
        maxHectares: 16,
      },
      {
        use: 'village',
        at: [southWest + 120, south + 150],
        maxHectares: 7,
      },
      {
        use: 'works',
        at: [bulge - 190, middle - 130],
        maxHectares: 7,
      },
      {
        use: 'works',
        at: [innerEast + 130, south + 120],
        maxHectares: 5.5,
      },
      {
        use: 'factory',
        at: [east - 200, south + 480],
        maxHectares: 12,
      },
      {
        use: 'offices',
        at: [innerEast - 110, middle - 110],
        maxHectares: 4.5,
      },
      {
        use: 'offices',
        at: [innerWest + 110, middle + 100],
        maxHectares: 4.5,
      },
      {
        use: 'offices',
        at: [innerWest - 110, middle + 90],
        maxHectares: 4.5,
      },
      {
        use: 'square',
        at: [innerEast + 100, middle + 100],
        maxHectares: 3.4,
      },
    ],
  }
}

export function border({ west, south, east, north }: Skeleton['extent']): LayoutLine {
  return {
    points: [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
    kind: 'edge',
  }
}
