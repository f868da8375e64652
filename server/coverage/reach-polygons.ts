import type { Feature } from '#contract/geometry.ts'
import type { Ring } from './contour.ts'
import type { LocalFrame } from './local-metres.ts'
import type { TimeField } from './time-field.ts'
import { contour } from './contour.ts'
import { latOf, lngOf } from './local-metres.ts'

/** Islands and holes smaller than this are noise of the drawing, m². */
const smallest = 300
/** How far a drawn line may be from the contour, metres. */
const tolerance = 0.7

/** Reach at several walking times, for display: one multipolygon each, largest first, properties {minutes}. */
export function reachPolygons(field: TimeField | null, frame: LocalFrame, minutes: number[]): Feature[] {
  if (!field)
    return []
  return [...minutes].sort((a, b) => b - a).flatMap((value) => {
    const coordinates = polygonsOf(contour(field, value * 60), frame)
    return coordinates.length === 0
      ? []
      : [
          {
            type: 'Feature' as const,
            id: `reach-${value}`,
            geometry: { type: 'MultiPolygon' as const, coordinates },
            properties: { minutes: value },
          },
        ]
  })
}

/** Walking times at which reach is drawn: every 5 minutes up to 20, then coarser, and always the limit itself. */
export function contourMinutes(limit: number): number[] {
  const step = limit <= 20
    ? 5
    : limit <= 40
      ? 10
      : 15
  const minutes: number[] = []
  for (let value = step; value < limit; value += step)
    minutes.push(value)
  return [...minutes, limit]
}

function polygonsOf(rings: Ring[], frame: LocalFrame): [number, number][][][] {
  const outlines = rings.map(ring => ({
    ring,
    area: areaOf(ring),
  })).filter(({ area }) => Math.abs(area) >= smallest)
  const outers = outlines.filter(({ area }) => area > 0).sort((a, b) => a.area - b.area)
  const polygons = outers.map(outer => [outer])
  for (const hole of outlines.filter(({ area }) => area < 0)) {
    const around = outers.findIndex(outer => contains(outer.ring, hole.ring[0]!, hole.ring[1]!))
    if (around >= 0)
      polygons[around]!.push(hole)
  }
  return polygons.map(polygon => polygon.map(({ ring }) => toDegrees(simplify(ring), frame)))
}

function areaOf(ring: Ring): number {
  let twice = 0
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
    twice += ring[j]! * ring[i + 1]! - ring[i]! * ring[j + 1]!
  return twice / 2
}

function contains(ring: Ring, x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    if ((ring[i + 1]! > y) !== (ring[j + 1]! > y) && x < ring[i]! + (y - ring[i + 1]!) / (ring[j + 1]! - ring[i + 1]!) * (ring[j]! - ring[i]!))
      inside = !inside
  }
  return inside
}

/** Douglas and Peucker, on the two halves of the ring between its first point and the one furthest from it. */
function simplify(ring: Ring): Ring {
  const count = ring.length / 2
  let far = 0
  for (let i = 1; i < count; i++) {
    if (Math.hypot(ring[2 * i]! - ring[0]!, ring[2 * i + 1]! - ring[1]!) > Math.hypot(ring[2 * far]! - ring[0]!, ring[2 * far + 1]! - ring[1]!))
      far = i
  }
  const keep = new Uint8Array(count + 1)
  keep[0] = keep[far] = keep[count] = 1
  const spans = [
    [0, far],
    [far, count],
  ] as [number, number][]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, until] = span
    const [ax, ay] = [ring[2 * from]!, ring[2 * from + 1]!]
    const [bx, by] = [ring[2 * (until % count)]!, ring[2 * (until % count) + 1]!]
    const length = Math.hypot(bx - ax, by - ay)
    let worst = tolerance
    let at = -1
    for (let i = from + 1; i < until; i++) {
      const [dx, dy] = [ring[2 * i]! - ax, ring[2 * i + 1]! - ay]
      const off = length > 0
        ? Math.abs(dx * (by - ay) - dy * (bx - ax)) / length
        : Math.hypot(dx, dy)
      if (off > worst) {
        worst = off
        at = i
      }
    }
    if (at >= 0) {
      keep[at] = 1
      spans.push([from, at], [at, until])
    }
  }
  const kept: Ring = []
  for (let i = 0; i < count; i++) {
    if (keep[i])
      kept.push(ring[2 * i]!, ring[2 * i + 1]!)
  }
  return kept
}

/** A closed ring in degrees, to about a decimetre. */
function toDegrees(ring: Ring, frame: LocalFrame): [number, number][] {
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6
  const points: [number, number][] = []
  for (let i = 0; i < ring.length; i += 2) {
    points.push([
      round(lngOf(frame, ring[i]!)),
      round(latOf(frame, ring[i + 1]!)),
    ])
  }
  return [...points, points[0]!]
}
