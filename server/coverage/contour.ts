import type { TimeField } from './time-field.ts'

/** Points [x, y, x, y, …] in metres of the frame, without the closing one. Anticlockwise = an outer line, clockwise = a hole. */
export type Ring = number[]

// Sides of a square of four samples and, by which of its corners are inside (1 lower left, 2 lower right, 4 upper right,
// 8 upper left), the lines through it from side to side with the inside on the left.
const bottom = 0
const right = 1
const top = 2
const left = 3
const lines: number[][] = [
  [],
  [bottom, left],
  [right, bottom],
  [right, left],
  [top, right],
  [bottom, left, top, right],
  [top, bottom],
  [top, left],
  [left, top],
  [bottom, top],
  [right, bottom, left, top],
  [right, top],
  [left, right],
  [bottom, right],
  [left, bottom],
  [],
]
// Two opposite corners inside and the middle too: they hang together.
const joined5 = [bottom, right, top, left]
const joined10 = [left, bottom, right, top]

/**
 * Lines around the ground that is at most `limit` seconds away and dry, by marching squares. Nested by construction: where a
 * sample is inside for one limit it is inside for every larger one, and so is every point between two samples.
 */
export function contour({ seconds, wet, columns, rows, column0, row0, step }: TimeField, limit: number): Ring[] {
  const level = new Float32Array(seconds.length)
  for (let i = 0; i < level.length; i++)
    level[i] = Math.max(seconds[i]! - limit, wet[i]!)

  // Where a line crosses the side between two samples, it leaves for exactly one other side. Sides are numbered by their
  // lower or left sample: 2 · sample for the one to the right of it, 2 · sample + 1 for the one above it.
  const next = new Map<number, number>()
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const i = row * columns + column
      const inside = (level[i]! <= 0
        ? 1
        : 0) | (level[i + 1]! <= 0
        ? 2
        : 0) | (level[i + columns + 1]! <= 0
        ? 4
        : 0) | (level[i + columns]! <= 0
        ? 8
        : 0)
      if (inside === 0 || inside === 15)
        continue
      let drawn = lines[inside]!
      if ((inside === 5 || inside === 10) && level[i]! + level[i + 1]! + level[i + columns]! + level[i + columns + 1]! <= 0) {
        drawn = inside === 5
          ? joined5
          : joined10
      }
      for (let k = 0; k < drawn.length; k += 2)
        next.set(sideOf(drawn[k]!, i, columns), sideOf(drawn[k + 1]!, i, columns))
    }
  }

  const rings: Ring[] = []
  for (const start of next.keys()) {
    const ring: Ring = []
    for (let side = start; next.has(side);) {
      const i = side >> 1
      const j = side & 1
        ? i + columns
        : i + 1
      const part = level[i]! / (level[i]! - level[j]!)
      const column = column0 + i % columns + (side & 1
        ? 0
        : part)
      const row = row0 + Math.floor(i / columns) + (side & 1
        ? part
        : 0)
      ring.push(column * step, row * step)
      const after = next.get(side)!
      next.delete(side)
      side = after
    }
    rings.push(ring)
  }
  return rings
}

function sideOf(side: number, i: number, columns: number): number {
  if (side === bottom)
    return 2 * i
  if (side === left)
    return 2 * i + 1
  return side === top
    ? 2 * (i + columns)
    : 2 * (i + 1) + 1
}
