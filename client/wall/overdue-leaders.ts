/** A pin on the screen and the slot of the list that its line goes to, in pixels. */
export interface ScreenPoint {
  x: number
  y: number
}

/**
 * Which row of a list each pin gets, so that the straight lines from the pins to the list's edge do not cross.
 * `pins[i]` is drawn to row `result[i]`; rows begin at (`edgeX`, `rowY(row)`), to the right of all pins.
 *
 * Begins with the order from top to bottom and exchanges the rows of any two lines that cross. The lines' total length then
 * shrinks with every exchange (the sides of a quadrilateral are shorter than its diagonals), so it ends.
 */
export function assignRows(pins: readonly ScreenPoint[], edgeX: number, rowY: (row: number) => number): number[] {
  const order = pins.map((_, index) => index).sort((a, b) => pins[a]!.y - pins[b]!.y || pins[b]!.x - pins[a]!.x)
  const rowOf = pins.map(() => 0)
  order.forEach((pin, row) => rowOf[pin] = row)
  const end = (pin: number): ScreenPoint => ({ x: edgeX, y: rowY(rowOf[pin]!) })

  let changed = true
  while (changed) {
    changed = false
    for (let a = 0; a < pins.length; a++) {
      for (let b = a + 1; b < pins.length; b++) {
        if (!cross(pins[a]!, end(a), pins[b]!, end(b)))
          continue
        ;[rowOf[a], rowOf[b]] = [rowOf[b]!, rowOf[a]!]
        changed = true
      }
    }
  }
  return rowOf
}

/** Whether two segments cross in a point inside both; a shared end is no crossing. */
export function cross(a: ScreenPoint, b: ScreenPoint, c: ScreenPoint, d: ScreenPoint): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}

function side(a: ScreenPoint, b: ScreenPoint, p: ScreenPoint): number {
  return Math.sign((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x))
}
