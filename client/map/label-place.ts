import type { Position } from 'geojson'
import type { Geometry } from '#contract/geometry.ts'

type Rings = readonly (readonly Position[])[]

/** The polygons of an area, largest first; none for other geometries. */
export function polygonsOf(geometry: Geometry | null): Rings[] {
  const polygons = geometry?.type === 'Polygon'
    ? [geometry.coordinates]
    : geometry?.type === 'MultiPolygon'
      ? geometry.coordinates
      : []
  return [...polygons].sort((a, b) => Math.abs(signedArea(b[0]!)) - Math.abs(signedArea(a[0]!)))
}

/** `[west, south, east, north]`. */
export function boundsOf(polygons: Iterable<Rings>): [number, number, number, number] | null {
  let [west, south, east, north] = [
    Infinity,
    Infinity,
    -Infinity,
    -Infinity,
  ]
  for (const [lng, lat] of [...polygons].flatMap(rings => rings[0]!) as [number, number][]) {
    west = Math.min(west, lng)
    south = Math.min(south, lat)
    east = Math.max(east, lng)
    north = Math.max(north, lat)
  }
  return west > east
    ? null
    : [west, south, east, north]
}

/**
 * The place in a polygon that is farthest from its edges (its pole of inaccessibility), where a name has most room. Searched on ever
 * finer grids to about a hundredth of the polygon's size.
 */
export function labelPlace(rings: Rings): Position {
  const [west, south, east, north] = boundsOf([rings])!
  // A degree of longitude is shorter than one of latitude: measure both in the same unit.
  const stretch = Math.cos((south + north) / 2 * Math.PI / 180)
  let best = {
    room: -Infinity,
    at: [(west + east) / 2, (south + north) / 2] as Position,
  }
  let [fromLng, toLng, fromLat, toLat] = [west, east, south, north]
  for (let round = 0; round < 4; round++) {
    const [stepLng, stepLat] = [(toLng - fromLng) / 10, (toLat - fromLat) / 10]
    for (let i = 0; i <= 10; i++) {
      for (let j = 0; j <= 10; j++) {
        const at: Position = [fromLng + stepLng * i, fromLat + stepLat * j]
        const room = roomAt(at, rings, stretch)
        if (room > best.room)
          best = { room, at }
      }
    }
    [fromLng, toLng] = [best.at[0]! - stepLng, best.at[0]! + stepLng];
    [fromLat, toLat] = [best.at[1]! - stepLat, best.at[1]! + stepLat]
  }
  return best.at
}

/** Distance to the nearest edge, negative outside. */
function roomAt([lng, lat]: Position, rings: Rings, stretch: number): number {
  let inside = false
  let nearest = Infinity
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = [(ring[i - 1]![0]! - lng!) * stretch, ring[i - 1]![1]! - lat!]
      const [bx, by] = [(ring[i]![0]! - lng!) * stretch, ring[i]![1]! - lat!]
      if ((ay > 0) !== (by > 0) && ax + (-ay / (by - ay)) * (bx - ax) > 0)
        inside = !inside
      const [dx, dy] = [bx - ax, by - ay]
      const along = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)))
      nearest = Math.min(nearest, Math.hypot(ax + along * dx, ay + along * dy))
    }
  }
  return inside
    ? nearest
    : -nearest
}

function signedArea(ring: readonly Position[]): number {
  let sum = 0
  for (let i = 1; i < ring.length; i++)
    sum += ring[i - 1]![0]! * ring[i]![1]! - ring[i]![0]! * ring[i - 1]![1]!
  return sum / 2
}
