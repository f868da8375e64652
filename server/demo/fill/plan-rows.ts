import type { Point, Ring } from '../geometry/plane.ts'
import type { Span } from '../geometry/spans.ts'
import type { Random } from '../random.ts'
import type { RowPattern } from './home-style.ts'
import { boundsOf } from '../geometry/plane.ts'
import { clearSpans, spansAt, without } from '../geometry/spans.ts'

/** A block of flats where it will stand, in the compound's own axes (x along the rows). */
export interface PlannedHouse {
  ring: Point[]
  doors: Point[]
  floors: number
  units: number
}

export interface PlannedRow {
  /** Height of the path north of the row. */
  y: number
  from: number
  to: number
  houses: PlannedHouse[]
}

export interface RowPlan {
  /** Paths from south to north that join the rows. */
  spines: number[]
  rows: PlannedRow[]
  /** Houses turned by 90° at one end of the rows; their doors open on that spine. */
  column?: { spine: number, houses: PlannedHouse[] }
  /** Free rectangles for a garden, as spans of x and y. */
  gardens: [Span, Span][]
}

/** From a house's door to the middle of the path before it. */
const PATH_OFF_METRES = 3.6
const SPINE_HALF_METRES = 4.5

/** Sets rows of slabs into an outline, with a path behind each row and one or two across: the fullest of a few tries. */
export function planRows(ring: Ring, pattern: RowPattern, withColumn: boolean, random: Random, tries = 5): RowPlan {
  const plans = Array.from({ length: tries }, () => tryRows(ring, pattern, withColumn, random))
  const flats = (plan: RowPlan) => housesOf(plan).reduce((sum, house) => sum + house.units * house.floors, 0)
  return plans.reduce((best, plan) => flats(plan) > flats(best)
    ? plan
    : best)
}

export function housesOf(plan: RowPlan): PlannedHouse[] {
  return [
    ...plan.rows.flatMap(row => row.houses),
    ...plan.column?.houses ?? [],
  ]
}

function tryRows(ring: Ring, pattern: RowPattern, withColumn: boolean, random: Random): RowPlan {
  const { west, south, east, north } = boundsOf(ring)
  const flat = ring.map(([x, y]): Point => [y, x])
  const column = withColumn
    ? planColumn()
    : undefined
  const spines = [
    ...spinesBetween(column?.taken[0] === west
      ? column.taken[1]
      : west, column?.taken[1] === east
      ? column.taken[0]
      : east),
  ]
  if (column)
    spines.push(column.spine)
  const blocked: Span[] = [
    ...spines.map((x): Span => [x - SPINE_HALF_METRES, x + SPINE_HALF_METRES]),
    ...column
      ? [column.taken]
      : [],
  ]
  const rows: PlannedRow[] = []
  const gardens: RowPlan['gardens'] = []
  const wantsGarden = (east - west) * (north - south) > 14_000
  let y = south + random.between(0.2, 12)
  while (y + pattern.depth + PATH_OFF_METRES + 1.5 < north) {
    const floors = pattern.floors()
    const top = y + pattern.depth + PATH_OFF_METRES
    const span = clearSpans(ring, y, top + 1.5)
      .filter(([from, to]) => spines.some(x => x > from + 2 && x < to - 2))
      .toSorted((a, b) => (b[1] - b[0]) - (a[1] - a[0]))[0]
    if (!span) {
      y += 4
      continue
    }
    const houses: PlannedHouse[] = []
    for (const part of without([span], blocked)) {
      const width = part[1] - part[0]
      if (wantsGarden && gardens.length === 0 && y > south + (north - south) * 0.35 && width > 30 && width < 90 && random.chance(0.5)) {
        gardens.push([
          [part[0] + 3, part[1] - 3],
          [y + 1, y + pattern.depth],
        ])
      }
      else {
        houses.push(...fill(part, y, floors, pattern))
      }
    }
    if (houses.length > 0) {
      const used = [
        ...houses.flatMap(house => house.doors.map(door => door[0])),
        ...spines.filter(x => x > span[0] && x < span[1]),
      ]
      rows.push({
        y: top,
        from: Math.min(...used) - 1.5,
        to: Math.max(...used) + 1.5,
        houses,
      })
    }
    y += pattern.depth + pattern.clear(floors)
  }
  return {
    spines,
    rows,
    gardens,
    ...column && { column },
  }

  /** Where the way across is longest inside, in the middle part. */
  function spinesBetween(from: number, to: number): number[] {
    const width = to - from
    const parts = width > 215
      ? [
          [0.26, 0.38],
          [0.62, 0.75],
        ] as const
      : [
          [0.36, 0.64],
        ] as const
    return parts.map(([low, high]) => {
      const tries = Array.from({ length: 5 }, () => from + width * random.between(low, high))
      const length = (x: number) => spansAt(flat, x).reduce((sum, s) => sum + s[1] - s[0], 0)
      return tries.reduce((best, x) => length(x) > length(best) * 1.04
        ? x
        : best)
    })
  }

  function planColumn(): { spine: number, houses: PlannedHouse[], taken: Span } | undefined {
    const toEast = random.chance(0.5)
    for (let off = 0; off < 32; off += 4) {
      // Doors face the inside of the compound: east in a western column.
      const outer = toEast
        ? east - off
        : west + off
      const inner = outer + (pattern.depth + PATH_OFF_METRES) * (toEast
        ? -1
        : 1)
      const span = clearSpans(flat, Math.min(outer, inner), Math.max(outer, inner)).find(([from, to]) => to - from > (north - south) * 0.6)
      if (!span)
        continue
      const houses = fill(span, 0, pattern.floors(), pattern).map((house) => {
        const turned = ([x, y]: Point): Point => [
          toEast
            ? outer - y
            : outer + y,
          x,
        ]
        const ring = house.ring.map(turned)
        return {
          ...house,
          ring: toEast
            ? ring
            : ring.toReversed(),
          doors: house.doors.map(turned),
        }
      })
      return {
        spine: inner,
        houses,
        taken: toEast
          ? [inner - 4, east]
          : [west, inner + 4],
      }
    }
    return undefined
  }
}

/** Slabs side by side from one end of a span to the other, standing on `y`. */
function fill([from, to]: Span, y: number, floors: number, pattern: RowPattern): PlannedHouse[] {
  const placed: PlannedHouse[] = []
  let x = from
  for (;;) {
    let units = pattern.units()
    while (units > 1 && x + units * pattern.unit > to) units--
    const length = units * pattern.unit
    if (x + length > to)
      break
    const shape = pattern.shape(length, units)
    // A stepped slab is deeper than its pattern says: it reaches south by that much.
    const down = Math.max(0, Math.max(...shape.ring.map(p => p[1])) - pattern.depth)
    const move = (p: Point): Point => [p[0] + x, p[1] + y - down]
    placed.push({
      ring: shape.ring.map(move),
      doors: shape.doors.map(move),
      floors,
      units,
    })
    x += length + pattern.gap()
  }
  // What is left over becomes wider gaps, so that no end of the row is crowded.
  const spare = placed.length > 0
    ? to - Math.max(...placed.at(-1)!.ring.map(p => p[0]))
    : 0
  return placed.map((house, i) => {
    const off = spare * (placed.length === 1
      ? 0.5
      : i / (placed.length - 1) * 0.9)
    const move = (p: Point): Point => [p[0] + off, p[1]]
    return {
      ...house,
      ring: house.ring.map(move),
      doors: house.doors.map(move),
    }
  })
}
