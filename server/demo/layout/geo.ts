import type { Point } from '../geometry/plane.ts'

/** Where the plane's origin lies. The town is invented; a place on the plain keeps tools that expect China content. */
export const ORIGIN = { lng: 117.05, lat: 36.66 }

const METRES_PER_LAT = 110_976
const METRES_PER_LNG = 111_412 * Math.cos(ORIGIN.lat * Math.PI / 180) - 93.5 * Math.cos(3 * ORIGIN.lat * Math.PI / 180)

/** Degrees (WGS84) with seven decimals, about a centimetre. */
export function toLngLat([x, y]: Point): [lng: number, lat: number] {
  return [
    round(ORIGIN.lng + x / METRES_PER_LNG),
    round(ORIGIN.lat + y / METRES_PER_LAT),
  ]
}

export function toPlane([lng, lat]: readonly [number, number]): Point {
  return [(lng - ORIGIN.lng) * METRES_PER_LNG, (lat - ORIGIN.lat) * METRES_PER_LAT]
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}
