import type { Vertex } from '../geometry/drawing.ts'
import type { Point } from '../geometry/plane.ts'
import type { Side } from '../geometry/plot.ts'
import { crossing, shift } from '../geometry/plane.ts'

/** Where a path meets the wall, and what lies beyond it there; gates put in later belong to the edge of the corner before them. */
export function wallAhead(wall: readonly Vertex[], sideFrom: ReadonlyMap<Vertex, Side>, from: Point, direction: Point): { at: Point, side: Side } | undefined {
  const to = shift(from, direction, 500)
  let nearest: { t: number, at: Point, side: Side } | undefined
  let side = sideFrom.get(wall[0]!)!
  for (let i = 0; i + 1 < wall.length; i++) {
    side = sideFrom.get(wall[i]!) ?? side
    const hit = crossing(from, to, wall[i]!.at, wall[i + 1]!.at)
    if (hit && (!nearest || hit.t < nearest.t))
      nearest = { t: hit.t, at: hit.at, side }
  }
  return nearest
}
