import type { Point, Ring } from '../geometry/plane.ts'
import type { Plot, Side } from '../geometry/plot.ts'
import type { Span } from '../geometry/spans.ts'
import type { Street } from '../layout/bend.ts'
import type { Random } from '../random.ts'
import type { Exit } from './enclosure.ts'
import type { Building, Site } from './site.ts'
import { between, contains, cutsThrough, directionOf, distance, footOn, leftOf, overlap, shift } from '../geometry/plane.ts'
import { without } from '../geometry/spans.ts'
import { drawOutline } from './site.ts'

const DEPTH_METRES = 12
const EXIT_HALF_METRES = 6
const chances: Partial<Record<Side, number>> = { primary: 0.85, secondary: 0.6, tertiary: 0.45 }

export function hasShops(side: Side, random: Random): boolean {
  return random.chance(chances[side] ?? 0)
}

/** Rows of low shops between the street and a compound's wall; the ways to the gates stay free. */
export function drawShops(site: Site, plot: Plot, sides: ReadonlySet<Side>, exits: readonly Exit[]): Building[] {
  const { random, built } = site
  const shops: Building[] = []
  plot.ring.forEach((a, i) => {
    const b = plot.ring[(i + 1) % plot.ring.length]!
    const length = distance(a, b)
    if (!sides.has(plot.sides[i]!) || length < 30)
      return
    const street = streetBefore(site, between(a, b, 0.5))
    // Where two rows meet at a corner, both stand back.
    const corner = (other: Side) => sides.has(other)
      ? 19
      : 5
    const whole: Span = [
      corner(plot.sides.at(i - 1)!),
      length - corner(plot.sides[(i + 1) % plot.sides.length]!),
    ]
    for (const span of without([whole], exits.flatMap(exit => keepFree(a, b, exit)))) {
      for (const [from, to] of fronts(span, random)) {
        const ring = shopRing(a, b, from, to, DEPTH_METRES + random.between(-2.5, 1))
        if (ring.every(p => contains(plot.ring, p)) && !built.some(other => overlap(other, ring)) && !exits.some(exit => cutsThrough(...exit, ring)))
          shops.push(raise(site, ring, street))
      }
    }
  })
  return shops
}

/** Fronts of 18 to 56 m, most side by side. */
function fronts([from, to]: Span, random: Random): Span[] {
  const list: Span[] = []
  for (let x = from; x + 14 < to;) {
    const end = x + Math.min(random.between(18, 56), to - x)
    if (random.chance(0.9))
      list.push([x, end])
    x = end + (random.chance(0.3)
      ? random.between(4, 9)
      : 0.8)
  }
  return list
}

/** The part of a front, in metres from a, that the way out of a gate takes. */
function keepFree(a: Point, b: Point, [gate, street]: Exit): Span[] {
  const length = distance(a, b)
  const from = footOn(a, b, gate)
  const to = footOn(a, b, street)
  if (from.metres > 30)
    return []
  return [
    [Math.min(from.t, to.t) * length - EXIT_HALF_METRES, Math.max(from.t, to.t) * length + EXIT_HALF_METRES],
  ]
}

function shopRing(a: Point, b: Point, from: number, to: number, depth: number): Ring {
  const along = directionOf(a, b)
  const at = (u: number, v: number): Point => shift(shift(a, along, u), leftOf(along), v)
  return [
    at(from, 0.6),
    at(to, 0.6),
    at(to, depth),
    at(from, depth),
  ]
}

function raise({ drawing, random, built }: Site, ring: Ring, street: Street | undefined): Building {
  built.push(ring)
  const floors = random.weighted([
    [1, 2],
    [2, 5],
    [3, 2],
  ])
  const outline = drawOutline(drawing, ring, [
    between(ring[0]!, ring[1]!, 0.5),
  ], {
    'building': 'retail',
    'building:levels': String(floors),
  })
  return {
    way: outline.way,
    ring,
    use: 'shop',
    doors: outline.doors,
    floors,
    flats: 0,
    builtYear: 0,
    street,
  }
}

function streetBefore({ land }: Site, at: Point): Street | undefined {
  let nearest = Infinity
  let street: Street | undefined
  for (let i = 0; i < land.ring.length; i++) {
    const { metres } = footOn(land.ring[i]!, land.ring[(i + 1) % land.ring.length]!, at)
    if (metres < nearest) {
      nearest = metres
      street = land.sides[i]!.edge.street
    }
  }
  return street
}
