import type { Geometry, LngLat } from '#contract/geometry.ts'

const wkbType: Record<Geometry['type'], number> = {
  Point: 1,
  LineString: 2,
  Polygon: 3,
  MultiPolygon: 6,
}
const wgs84 = 4326

/**
 * A geometry as a GeoPackage keeps it (OGC 12-128r19, 2.1.3): "GP", version, flags, SRS, for anything but a point its envelope, then
 * well-known binary; all little-endian.
 */
export function geometryBlob(geometry: Geometry): Uint8Array {
  const isPoint = geometry.type === 'Point'
  const bytes = new Uint8Array((isPoint
    ? 8
    : 40) + wkbBytes(geometry))
  const view = new DataView(bytes.buffer)
  let at = 0
  const byte = (value: number) => view.setUint8(at++, value)
  const whole = (value: number) => {
    view.setUint32(at, value, true)
    at += 4
  }
  const real = (value: number) => {
    view.setFloat64(at, value, true)
    at += 8
  }
  const path = (places: readonly LngLat[]) => {
    whole(places.length)
    places.forEach(place => place.forEach(real))
  }
  const write = (part: Geometry) => {
    byte(1)
    whole(wkbType[part.type])
    if (part.type === 'Point') {
      part.coordinates.forEach(real)
    }
    else if (part.type === 'LineString') {
      path(part.coordinates)
    }
    else {
      whole(part.coordinates.length)
      if (part.type === 'Polygon')
        part.coordinates.forEach(path)
      else
        part.coordinates.forEach(coordinates => write({ type: 'Polygon', coordinates }))
    }
  }

  byte(0x47)
  byte(0x50)
  byte(0)
  byte(isPoint
    ? 0b0001
    : 0b0011)
  whole(wgs84)
  if (!isPoint) {
    const [west, south, east, north] = boxOf(geometry)
    for (const side of [west, east, south, north])
      real(side)
  }
  write(geometry)
  return bytes
}

/** West, south, east, north. */
export function boxOf(geometry: Geometry): [number, number, number, number] {
  const box: [number, number, number, number] = [
    Infinity,
    Infinity,
    -Infinity,
    -Infinity,
  ]
  for (const [lng, lat] of placesOf(geometry)) {
    box[0] = Math.min(box[0], lng)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lng)
    box[3] = Math.max(box[3], lat)
  }
  return box
}

function placesOf(geometry: Geometry): LngLat[] {
  switch (geometry.type) {
    case 'Point': return [geometry.coordinates]
    case 'LineString': return geometry.coordinates
    case 'Polygon': return geometry.coordinates.flat()
    case 'MultiPolygon': return geometry.coordinates.flat(2)
  }
}

function wkbBytes(geometry: Geometry): number {
  const paths = (rings: readonly (readonly LngLat[])[]) => rings.reduce((sum, ring) => sum + 4 + 16 * ring.length, 0)
  switch (geometry.type) {
    case 'Point': return 5 + 16
    case 'LineString': return 5 + paths([geometry.coordinates])
    case 'Polygon': return 5 + 4 + paths(geometry.coordinates)
    case 'MultiPolygon': return 5 + 4 + geometry.coordinates.reduce((sum, rings) => sum + 9 + paths(rings), 0)
  }
}
