import type { MultiPolygon, Polygon, Position } from 'geojson'

/** In degrees of latitude: some 25 cm, a pixel where a map is looked at most closely. */
const tolerance = 0.25 / 111_320

const known = new WeakMap<object, Polygon | MultiPolygon>()

/**
 * An outline as it is drawn: without the points that lie within 25 cm of the line of their neighbours (Douglas and Peucker, 1973).
 * A surveyed outline of thousands of points keeps some dozens. Only for the eye; who measures or edits takes the outline itself.
 * Reckoned once for each geometry.
 */
export function displayOutline<G extends Polygon | MultiPolygon>(geometry: G): G {
  const before = known.get(geometry)
  if (before)
    return before as G
  const drawn = (geometry.type === 'Polygon'
    ? {
        type: 'Polygon',
        coordinates: geometry.coordinates.map(simplifyRing),
      }
    : {
        type: 'MultiPolygon',
        coordinates: geometry.coordinates.map(rings => rings.map(simplifyRing)),
      }) as G
  known.set(geometry, drawn)
  return drawn
}

/** A closed ring stays one, of at least three corners. */
function simplifyRing(ring: Position[]): Position[] {
  if (ring.length <= 8)
    return ring
  const narrow = Math.cos(ring[0]![1]! * Math.PI / 180)
  const last = ring.length - 1
  const kept = new Uint8Array(ring.length)
  // A ring has no ends: two far corners of it serve as such, and a third so that it never becomes a line.
  const corners = [
    0,
    Math.floor(last / 3),
    Math.floor(2 * last / 3),
    last,
  ]
  corners.forEach(at => kept[at] = 1)
  for (let i = 1; i < corners.length; i++)
    keepBetween(ring, corners[i - 1]!, corners[i]!, narrow, kept)
  return ring.filter((_, at) => kept[at] === 1)
}

function keepBetween(ring: Position[], from: number, to: number, narrow: number, kept: Uint8Array): void {
  const open = [from, to]
  while (open.length > 0) {
    const end = open.pop()!
    const start = open.pop()!
    const [x, y] = [ring[start]![0]!, ring[start]![1]!]
    const [dx, dy] = [(ring[end]![0]! - x) * narrow, ring[end]![1]! - y]
    const length = dx * dx + dy * dy
    let farthest = tolerance * tolerance
    let at = -1
    for (let i = start + 1; i < end; i++) {
      const [px, py] = [(ring[i]![0]! - x) * narrow, ring[i]![1]! - y]
      const along = length === 0
        ? 0
        : Math.max(0, Math.min(1, (px * dx + py * dy) / length))
      const [ox, oy] = [px - along * dx, py - along * dy]
      const off = ox * ox + oy * oy
      if (off > farthest) {
        farthest = off
        at = i
      }
    }
    if (at !== -1) {
      kept[at] = 1
      open.push(start, at, at, end)
    }
  }
}
