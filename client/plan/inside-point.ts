import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'

/** Lines across an area that are tried, by the share of its height, until one has something of it. */
const lines = [
  0.5,
  0.37,
  0.63,
  0.21,
  0.79,
  0.08,
  0.92,
]

/**
 * A point that is certainly inside an area, in the middle of its widest part on a line across: not the centre, which may lie in the
 * yard of a horseshoe or on the neighbour's ground. Null = it has no inside.
 */
export function insidePoint(area: Polygon | MultiPolygon): LngLat | null {
  const parts = area.type === 'Polygon'
    ? [area.coordinates]
    : area.coordinates
  for (const share of lines) {
    let widest = { width: 0, place: null as LngLat | null }
    for (const rings of parts) {
      const lats = rings[0]!.map(([, lat]) => lat)
      const low = Math.min(...lats)
      const lat = low + share * (Math.max(...lats) - low)
      const crossings = rings.flatMap(ring => crossingsOf(ring, lat)).sort((a, b) => a - b)
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const width = crossings[i + 1]! - crossings[i]!
        if (width > widest.width) {
          widest = {
            width,
            place: [(crossings[i]! + crossings[i + 1]!) / 2, lat],
          }
        }
      }
    }
    if (widest.place)
      return widest.place
  }
  return null
}

/** Longitudes at which a ring crosses a latitude; a corner on it belongs to the side above. */
function crossingsOf(ring: readonly LngLat[], lat: number): number[] {
  const found: number[] = []
  for (let i = 0; i < ring.length; i++) {
    const [x, y] = ring[i]!
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    if ((y > lat) !== (nextY > lat))
      found.push(x + (lat - y) / (nextY - y) * (nextX - x))
  }
  return found
}
