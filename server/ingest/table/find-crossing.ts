import type { LngLat } from '#contract/geometry.ts'
import Flatbush from 'flatbush'

interface Segment { from: LngLat, to: LngLat, ring: number, index: number, count: number }

/**
 * The first point where the rings of one polygon cross themselves or each other, or run along themselves; null when they do
 * not. Rings that touch in single points are no fault. Rings are closed.
 */
export function findCrossing(rings: readonly (readonly LngLat[])[]): LngLat | null {
  const segments: Segment[] = rings.flatMap((points, ring) => points.slice(0, -1).map((from, index) => ({
    from,
    to: points[index + 1]!,
    ring,
    index,
    count: points.length - 1,
  })))
  const boxes = new Flatbush(segments.length)
  for (const { from, to } of segments)
    boxes.add(Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1]))
  boxes.finish()
  for (const [number, segment] of segments.entries()) {
    const { from, to } = segment
    const near = boxes.search(Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1]), other => other > number)
    for (const other of near) {
      const crossing = crossingOf(segment, segments[other]!)
      if (crossing)
        return crossing
    }
  }
  return null
}

function crossingOf(a: Segment, b: Segment): LngLat | null {
  const fromSide = sideOf(a.from, a.to, b.from)
  const toSide = sideOf(a.from, a.to, b.to)
  const otherFromSide = sideOf(b.from, b.to, a.from)
  const otherToSide = sideOf(b.from, b.to, a.to)
  if (fromSide * toSide < 0 && otherFromSide * otherToSide < 0) {
    const share = otherFromSide / (otherFromSide - otherToSide)
    return [a.from[0] + share * (a.to[0] - a.from[0]), a.from[1] + share * (a.to[1] - a.from[1])]
  }
  const isOnOneLine = fromSide === 0 && toSide === 0
  return isOnOneLine
    ? startOfOverlap(a, b)
    : null
}

/** Of two segments on one line: where the stretch begins that both cover; null when they share a point at most. */
function startOfOverlap(a: Segment, b: Segment): LngLat | null {
  const axis = Math.abs(a.to[0] - a.from[0]) > Math.abs(a.to[1] - a.from[1])
    ? 0
    : 1
  const [aLow, aHigh] = [a.from, a.to].sort((p, q) => p[axis] - q[axis]) as [LngLat, LngLat]
  const [bLow, bHigh] = [b.from, b.to].sort((p, q) => p[axis] - q[axis]) as [LngLat, LngLat]
  const low = aLow[axis] > bLow[axis]
    ? aLow
    : bLow
  const high = aHigh[axis] < bHigh[axis]
    ? aHigh
    : bHigh
  return low[axis] < high[axis]
    ? low
    : null
}

/** Positive when `point` lies left of the line, 0 on it. Differences first: the products stay exact enough at 1e-7 degrees. */
function sideOf(from: LngLat, to: LngLat, point: LngLat): number {
  return (to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0])
}
