import type { Geometry, Position } from 'geojson'

/**
 * A point inside an area for its name: the middle of the longest stretch of the area along one of five lines of latitude.
 * Null for what has no inside.
 */
export function labelPoint(geometry: Geometry, [, south, , north]: [number, number, number, number]): Position | null {
  const polygons = geometry.type === 'Polygon'
    ? [geometry.coordinates]
    : geometry.type === 'MultiPolygon'
      ? geometry.coordinates
      : []
  const rings = polygons.flat()
  let best: { width: number, at: Position } | null = null
  for (const share of [0.5, 0.42, 0.58, 0.3, 0.7]) {
    const lat = south + (north - south) * share
    const crossings = rings.flatMap(ring => crossingsAt(ring, lat)).sort((a, b) => a - b)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const width = crossings[i + 1]! - crossings[i]!
      // The middle line wins unless another is clearly wider.
      if (!best || width > best.width * 1.25) {
        best = {
          width,
          at: [(crossings[i]! + crossings[i + 1]!) / 2, lat],
        }
      }
    }
  }
  return best?.at ?? null
}

function crossingsAt(ring: Position[], lat: number): number[] {
  const crossings: number[] = []
  for (let i = 1; i < ring.length; i++) {
    const [lngA, latA] = ring[i - 1] as [number, number]
    const [lngB, latB] = ring[i] as [number, number]
    if ((latA > lat) !== (latB > lat))
      crossings.push(lngA + (lat - latA) / (latB - latA) * (lngB - lngA))
  }
  return crossings
}
