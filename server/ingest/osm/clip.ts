import type { LngLat } from '#contract/geometry.ts'
import type { Box } from '../../places/polygon.ts'
import { edgeNodeId } from './place-id.ts'

/** A line of numbered nodes; the three run in parallel. */
export interface Line { nodes: number[], lngs: number[], lats: number[] }

export function isInside([west, south, east, north]: Box, lng: number, lat: number): boolean {
  return lng >= west && lng <= east && lat >= south && lat <= north
}

export function boxesMeet(a: Box, b: Box): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1]
}

/** The box that lies in both; null when they do not meet. */
export function commonBox(a: Box, b: Box): Box | null {
  return boxesMeet(a, b)
    ? [
        Math.max(a[0], b[0]),
        Math.max(a[1], b[1]),
        Math.min(a[2], b[2]),
        Math.min(a[3], b[3]),
      ]
    : null
}

export function joinBoxes(a: Box | null, b: Box): Box {
  return a
    ? [
        Math.min(a[0], b[0]),
        Math.min(a[1], b[1]),
        Math.max(a[2], b[2]),
        Math.max(a[3], b[3]),
      ]
    : b
}

/**
 * The parts of a line inside the box, in the line's direction. Where it crosses the edge it ends in a node of its own there,
 * so that the network stays joined up to the edge.
 */
export function clipLine({ nodes, lngs, lats }: Line, box: Box): Line[] {
  const parts: Line[] = []
  let part: Line | null = null
  for (let i = 0; i + 1 < nodes.length; i++) {
    const span = insideSpan(lngs[i]!, lats[i]!, lngs[i + 1]!, lats[i + 1]!, box)
    if (!span) {
      part = null
      continue
    }
    const end = (share: number, side: string) => ({
      node: side === ''
        ? nodes[i + share]!
        : edgeNodeId(nodes[i]!, nodes[i + 1]!, side),
      lng: round(lngs[i]! + share * (lngs[i + 1]! - lngs[i]!)),
      lat: round(lats[i]! + share * (lats[i + 1]! - lats[i]!)),
    })
    if (!part) {
      const { node, lng, lat } = end(span.from, span.fromSide)
      part = {
        nodes: [node],
        lngs: [lng],
        lats: [lat],
      }
      parts.push(part)
    }
    const { node, lng, lat } = end(span.to, span.toSide)
    part.nodes.push(node)
    part.lngs.push(lng)
    part.lats.push(lat)
    if (span.toSide !== '')
      part = null
  }
  return parts.filter(({ lngs, lats }) => lngs.some((lng, i) => lng !== lngs[0] || lats[i] !== lats[0]))
}

interface Span { from: number, to: number, fromSide: string, toSide: string }

/** Which share of a segment lies in the box (Liang–Barsky); '' as the side where the segment's own end lies inside. */
function insideSpan(x0: number, y0: number, x1: number, y1: number, [west, south, east, north]: Box): Span | null {
  const span: Span = {
    from: 0,
    to: 1,
    fromSide: '',
    toSide: '',
  }
  const sides = [
    [x0 - x1, x0 - west, 'w'],
    [x1 - x0, east - x0, 'e'],
    [y0 - y1, y0 - south, 's'],
    [y1 - y0, north - y0, 'n'],
  ] as const
  for (const [outwards, room, side] of sides) {
    if (outwards === 0) {
      if (room < 0)
        return null
      continue
    }
    const share = room / outwards
    if (outwards < 0 && share > span.from)
      Object.assign(span, { from: share, fromSide: side })
    else if (outwards > 0 && share < span.to)
      Object.assign(span, { to: share, toSide: side })
  }
  return span.from < span.to
    ? span
    : null
}

/**
 * The part of a ring inside the box, closed (Sutherland–Hodgman); null when nothing is left. A ring that leaves the box and
 * comes back runs along the edge in between, which a filled polygon does not show.
 */
export function clipRing(ring: LngLat[], [west, south, east, north]: Box): LngLat[] | null {
  let points = ring.slice(0, -1)
  points = cutSide(points, ([lng]) => lng - west)
  points = cutSide(points, ([lng]) => east - lng)
  points = cutSide(points, ([, lat]) => lat - south)
  points = cutSide(points, ([, lat]) => north - lat)
  const distinct = points.filter((point, i) => {
    const before = points.at(i - 1)!
    return point[0] !== before[0] || point[1] !== before[1]
  })
  return distinct.length < 3
    ? null
    : [...distinct, distinct[0]!]
}

function cutSide(points: LngLat[], depth: (point: LngLat) => number): LngLat[] {
  const kept: LngLat[] = []
  points.forEach((point, i) => {
    const before = points.at(i - 1)!
    const depthBefore = depth(before)
    const depthHere = depth(point)
    if ((depthBefore >= 0) !== (depthHere >= 0)) {
      const share = depthBefore / (depthBefore - depthHere)
      kept.push([
        round(before[0] + share * (point[0] - before[0])),
        round(before[1] + share * (point[1] - before[1])),
      ])
    }
    if (depthHere >= 0)
      kept.push(point)
  })
  return kept
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}
