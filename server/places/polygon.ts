import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'

export type Box = [west: number, south: number, east: number, north: number]

const metresPerDegree = 111_195 // of latitude, on a sphere of 6,371 km

/** Even-odd rule; a point on the edge may count either way. */
export function isInRing([lng, lat]: LngLat, ring: readonly LngLat[]): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1, y1] = ring[i]!
    const [x2, y2] = ring[j]!
    if ((y1 > lat) !== (y2 > lat) && lng < (x2 - x1) * (lat - y1) / (y2 - y1) + x1)
      inside = !inside
  }
  return inside
}

/** Rings of all polygons: with the even-odd rule holes and parts come out right by themselves. */
export function ringsOf(area: Polygon | MultiPolygon): LngLat[][] {
  return area.type === 'Polygon'
    ? area.coordinates
    : area.coordinates.flat()
}

export function isInArea(point: LngLat, area: Polygon | MultiPolygon): boolean {
  return ringsOf(area).reduce((inside, ring) => inside !== isInRing(point, ring), false)
}

/** Square degrees, positive when counter-clockwise. */
export function areaOfRing(ring: readonly LngLat[]): number {
  // Relative to the first point, or the products of large numbers would eat the digits of a small area.
  const [originX, originY] = ring[0]!
  let sum = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x1, y1] = ring[i]!
    const [x2, y2] = ring[i + 1]!
    sum += (x1 - originX) * (y2 - originY) - (x2 - originX) * (y1 - originY)
  }
  return sum / 2
}

/** m², good to 0.5 % at the size of a town. */
export function squareMetres(area: Polygon | MultiPolygon): number {
  const polygons = area.type === 'Polygon'
    ? [area.coordinates]
    : area.coordinates
  let sum = 0
  for (const [outer, ...holes] of polygons)
    sum += Math.abs(areaOfRing(outer!)) - holes.reduce((total, hole) => total + Math.abs(areaOfRing(hole)), 0)
  const [, south, , north] = boundsOf(area)
  return sum * metresPerDegree ** 2 * Math.cos((south + north) / 2 * Math.PI / 180)
}

/** Good to 0.5 % within a town. */
export function metresBetween([lng1, lat1]: LngLat, [lng2, lat2]: LngLat): number {
  return Math.hypot((lng2 - lng1) * Math.cos((lat1 + lat2) / 2 * Math.PI / 180), lat2 - lat1) * metresPerDegree
}

export function boundsOf(area: Polygon | MultiPolygon): Box {
  return boundsOfPoints(ringsOf(area).flat())
}

export function boundsOfPoints(points: readonly LngLat[]): Box {
  const box: Box = [
    Infinity,
    Infinity,
    -Infinity,
    -Infinity,
  ]
  for (const [lng, lat] of points) {
    box[0] = Math.min(box[0], lng)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lng)
    box[3] = Math.max(box[3], lat)
  }
  return box
}

/** `box` with a margin on all sides. */
export function grownBox([west, south, east, north]: Box, metres: number): Box {
  const lat = metres / metresPerDegree
  const lng = lat / Math.cos((south + north) / 2 * Math.PI / 180)
  return [
    west - lng,
    south - lat,
    east + lng,
    north + lat,
  ]
}

/**
 * A point inside: the centre of gravity of the largest part, or where that lies outside (a ring, a horseshoe) the middle of
 * the widest stretch at its height.
 */
export function centreOf(area: Polygon | MultiPolygon): LngLat {
  const polygons = area.type === 'Polygon'
    ? [area.coordinates]
    : area.coordinates
  const largest = polygons.reduce((best, rings) => Math.abs(areaOfRing(rings[0]!)) > Math.abs(areaOfRing(best[0]!))
    ? rings
    : best)
  const centre = centreOfGravity(largest[0]!)
  return isInArea(centre, { type: 'Polygon', coordinates: largest })
    ? centre
    : widestMiddle(largest, centre[1])
}

function centreOfGravity(ring: readonly LngLat[]): LngLat {
  const [originX, originY] = ring[0]!
  const area = areaOfRing(ring)
  if (area === 0) {
    const [west, south, east, north] = boundsOfPoints(ring)
    return [(west + east) / 2, (south + north) / 2]
  }
  let x = 0
  let y = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x1, y1] = [ring[i]![0] - originX, ring[i]![1] - originY]
    const [x2, y2] = [ring[i + 1]![0] - originX, ring[i + 1]![1] - originY]
    const cross = x1 * y2 - x2 * y1
    x += (x1 + x2) * cross
    y += (y1 + y2) * cross
  }
  return [
    round(originX + x / (6 * area)),
    round(originY + y / (6 * area)),
  ]
}

function widestMiddle(rings: readonly LngLat[][], lat: number): LngLat {
  const crossings: number[] = []
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i++) {
      const [x1, y1] = ring[i]!
      const [x2, y2] = ring[i + 1]!
      if ((y1 > lat) !== (y2 > lat))
        crossings.push((x2 - x1) * (lat - y1) / (y2 - y1) + x1)
    }
  }
  crossings.sort((a, b) => a - b)
  let best: [number, number] = [rings[0]![0]![0], rings[0]![0]![0]]
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    if (crossings[i + 1]! - crossings[i]! > best[1] - best[0])
      best = [crossings[i]!, crossings[i + 1]!]
  }
  return [
    round((best[0] + best[1]) / 2),
    lat,
  ]
}

/** 1 cm, as OSM keeps coordinates. */
function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}
