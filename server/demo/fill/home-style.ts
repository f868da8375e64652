import type { Random } from '../random.ts'
import type { Shape } from './shapes.ts'
import type { HomeStyle } from './site.ts'
import { slab, steppedSlab, tower } from './shapes.ts'

/** How the blocks of flats of one compound are built; metres. */
export interface RowPattern {
  depth: number
  floors: () => number
  /** Length of one unit (单元) along the front. */
  unit: number
  units: () => number
  flatsPerFloor: number
  /** Between the ends of two slabs. */
  gap: () => number
  /** Free ground between two rows. */
  clear: (floors: number) => number
  shape: (length: number, units: number) => Shape
}

const FLOOR_METRES = 2.9

/** Measures as built in a northern Chinese city: rows face south and stand about 1.1 times their height apart. */
export function rowPattern(style: HomeStyle, builtYear: number, random: Random): RowPattern {
  if (style === 'towers') {
    const base = random.pick([11, 18, 18, 24, 26])
    const point = base > 18 || random.chance(0.4)
    const depth = point
      ? random.between(19, 22)
      : random.between(14.5, 16)
    return {
      depth,
      floors: () => base + random.integer(-1, 1),
      unit: point
        ? random.between(27, 32)
        : random.between(22, 26),
      units: () => point ? 1 : 2,
      flatsPerFloor: point ? 4 : 3,
      gap: () => random.between(point ? 22 : 16, point ? 34 : 26),
      // Towers are set off against each other, so that less than their height is enough.
      clear: floors => 16 + floors * FLOOR_METRES * (point ? 0.42 : 0.62),
      shape: (length, units) => point
        ? tower(length, depth)
        : steppedSlab(length, depth, units, 2.4),
    }
  }
  if (style === 'new-slab') {
    const base = random.pick([6, 6, 7, 11])
    const depth = random.between(13, 14.2)
    const step = random.chance(0.5)
      ? random.between(1.4, 2.6)
      : 0
    return {
      depth,
      floors: () => base,
      unit: random.between(18.5, 22),
      units: () => random.integer(2, 4),
      flatsPerFloor: 2,
      gap: () => random.between(9, 13),
      clear: floors => 5 + floors * FLOOR_METRES * 1.05,
      shape: (length, units) => step
        ? steppedSlab(length, depth, units, step)
        : slab(length, depth, units),
    }
  }
  const base = builtYear < 1984
    ? random.pick([3, 4, 5])
    : random.pick([5, 6, 6, 6])
  const depth = random.between(10.6, 12.4)
  const step = builtYear > 1993 && random.chance(0.4)
    ? 1.5
    : 0
  return {
    depth,
    floors: () => base - (random.chance(0.1)
      ? 1
      : 0),
    unit: random.between(14.5, 17),
    units: () => random.weighted([
      [2, 1],
      [3, 3],
      [4, 4],
      [5, 1],
    ]),
    flatsPerFloor: builtYear < 1986 && random.chance(0.5)
      ? 3
      : 2,
    gap: () => random.between(7.5, 11),
    clear: floors => 4 + floors * FLOOR_METRES * 1.02,
    shape: (length, units) => step
      ? steppedSlab(length, depth, units, step)
      : slab(length, depth, units),
  }
}
