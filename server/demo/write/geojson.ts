import type { Point, Ring } from '../geometry/plane.ts'
import type { Outline } from '../regions/outline.ts'
import { toLngLat } from '../layout/geo.ts'

type Geometry
  = | { type: 'Point', coordinates: readonly number[] }
    | { type: 'Polygon', coordinates: readonly number[][][] }
    | { type: 'MultiPolygon', coordinates: readonly number[][][][] }

export interface OutFeature { geometry: Geometry, properties: Record<string, unknown> }

/** A FeatureCollection, one feature a line. */
export function* geoJson(features: Iterable<OutFeature>): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let first = true
  yield encoder.encode('{"type":"FeatureCollection","features":[\n')
  for (const { geometry, properties } of features) {
    yield encoder.encode(`${first ? '' : ',\n'}${JSON.stringify({ type: 'Feature', geometry, properties })}`)
    first = false
  }
  yield encoder.encode('\n]}\n')
}

export function pointGeometry(at: Point): Geometry {
  return {
    type: 'Point',
    coordinates: toLngLat(at),
  }
}

export function areaGeometry(outline: Outline): Geometry {
  const polygons = outline.map(rings => rings.map(closed))
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0]! }
    : { type: 'MultiPolygon', coordinates: polygons }
}

export function closed(ring: Ring): number[][] {
  const points = ring.map(toLngLat)
  return [...points, points[0]!]
}
