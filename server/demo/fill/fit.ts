import type { Point, Ring } from '../geometry/plane.ts'
import { boundsOf, centroid, directionOf, distance, rotate } from '../geometry/plane.ts'
import { clearSpans } from '../geometry/spans.ts'

/** A rectangle in town coordinates: `place` maps its own [0…length, 0…depth] into the town. */
export interface Fitted { length: number, depth: number, place: (p: Point) => Point }

/** A large upright rectangle inside an outline, along its longest edge; at most so long and so deep. */
export function fitRectangle(ring: Ring, maxLength: number, maxDepth: number): Fitted | undefined {
  const turn = longestEdgeAngle(ring)
  const origin = centroid(ring)
  const local = ring.map(p => rotate(p, -turn, origin))
  const { south, north } = boundsOf(local)
  let best: { x: number, y: number, length: number, depth: number } | undefined
  for (const share of [0.95, 0.8, 0.65, 0.5, 0.35]) {
    const depth = Math.min(maxDepth, (north - south) * share)
    for (const lift of [0.5, 0.2, 0.8]) {
      const y = south + (north - south - depth) * lift
      for (const [from, to] of clearSpans(local, y + 0.01, y + depth - 0.01)) {
        const length = Math.min(maxLength, to - from)
        if (!best || length * depth > best.length * best.depth) {
          best = {
            x: from + (to - from - length) / 2,
            y,
            length,
            depth,
          }
        }
      }
    }
  }
  if (!best)
    return undefined
  const { x, y, length, depth } = best
  return {
    length,
    depth,
    place: p => rotate([p[0] + x, p[1] + y], turn, origin),
  }
}

/** Between −45° and 45°. */
export function longestEdgeAngle(ring: Ring): number {
  let angle = 0
  let longest = 0
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!
    if (distance(a, b) > longest) {
      longest = distance(a, b)
      const [x, y] = directionOf(a, b)
      angle = Math.atan2(y, x)
    }
  })
  while (angle > Math.PI / 4) angle -= Math.PI / 2
  while (angle < -Math.PI / 4) angle += Math.PI / 2
  return angle
}

/** Along the longest edge that runs about west to east: at most 15° off, as houses face south. */
export function rowDirection(ring: Ring): number {
  const { west, east } = boundsOf(ring)
  let best = 0
  let longest = 0
  ring.forEach((a, i) => {
    const [x, y] = directionOf(a, ring[(i + 1) % ring.length]!)
    const angle = Math.atan2(y * Math.sign(x), Math.abs(x))
    const length = distance(a, ring[(i + 1) % ring.length]!)
    if (Math.abs(angle) < 0.3 && length > longest) {
      longest = length
      best = angle
    }
  })
  return longest > (east - west) * 0.2
    ? Math.max(-0.26, Math.min(0.26, best))
    : 0
}
