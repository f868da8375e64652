import type { Obstacles } from './obstacles.ts'
import { columnOf, rowOf } from './segment-grid.ts'

/**
 * Whose outlines and lines a straight walk crosses (numbers of `obstacles.owner`): the slow, telling sister of `isBlocked`, for
 * the few walks of which one wants to know what is in the way.
 */
export function crossedOwners({ segments: { x, y, ends }, grid, owner }: Obstacles, ax: number, ay: number, bx: number, by: number): Set<number> {
  const found = new Set<number>()
  const lastColumn = columnOf(grid, Math.max(ax, bx))
  const lastRow = rowOf(grid, Math.max(ay, by))
  const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number) => Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px))
  for (let row = rowOf(grid, Math.min(ay, by)); row <= lastRow; row++) {
    for (let column = columnOf(grid, Math.min(ax, bx)); column <= lastColumn; column++) {
      const cell = row * grid.columns + column
      for (let i = grid.first[cell]!; i < grid.first[cell + 1]!; i++) {
        const s = grid.items[i]!
        const p = ends[2 * s]!
        const q = ends[2 * s + 1]!
        if (
          side(ax, ay, bx, by, x[p]!, y[p]!) * side(ax, ay, bx, by, x[q]!, y[q]!) < 0
          && side(x[p]!, y[p]!, x[q]!, y[q]!, ax, ay) * side(x[p]!, y[p]!, x[q]!, y[q]!, bx, by) < 0
        ) {
          found.add(owner[s]!)
        }
      }
    }
  }
  return found
}
