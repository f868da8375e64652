import type { Point } from './plane.ts'
import { directionOf, distance, leftOf, shift } from './plane.ts'

/** A smooth line (Catmull-Rom) through the points, with a point about every `step` metres. */
export function smooth(through: readonly Point[], step: number): Point[] {
  const line: Point[] = []
  for (let i = 0; i + 1 < through.length; i++) {
    const b = through[i]!
    const c = through[i + 1]!
    const a = through[i - 1] ?? shift(b, directionOf(c, b), distance(b, c))
    const d = through[i + 2] ?? shift(c, directionOf(b, c), distance(b, c))
    const count = Math.max(1, Math.round(distance(b, c) / step))
    for (let k = 0; k < count; k++)
      line.push(at(a, b, c, d, k / count))
  }
  line.push(through.at(-1)!)
  return line
}

function at(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const axis = (i: 0 | 1) => 0.5 * (2 * b[i] + (c[i] - a[i]) * t
    + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t * t * t)
  return [
    axis(0),
    axis(1),
  ]
}

/** The line moved to its left by so many metres (negative: right), which may differ from point to point. */
export function parallel(line: readonly Point[], metres: (index: number) => number): Point[] {
  return line.map((p, i) => shift(p, leftOf(directionOf(line[Math.max(0, i - 1)]!, line[Math.min(line.length - 1, i + 1)]!)), metres(i)))
}

/** The same line with a point at least every `step` metres. */
export function densify(line: readonly Point[], step: number): Point[] {
  const dense: Point[] = [line[0]!]
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!
    const b = line[i]!
    const count = Math.ceil(distance(a, b) / step)
    for (let k = 1; k <= count; k++) {
      dense.push(k === count
        ? b
        : [a[0] + (b[0] - a[0]) * k / count, a[1] + (b[1] - a[1]) * k / count])
    }
  }
  return dense
}

/** The height of a west–east line at x. */
export function heightAt(line: readonly Point[], x: number): number {
  const i = Math.max(1, line.findIndex(p => p[0] >= x))
  const a = line[i - 1]!
  const b = line[i]!
  return a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0])
}
