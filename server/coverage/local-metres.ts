/**
 * Metres on the ground from degrees, on the WGS84 ellipsoid: a degree's length by the radii of curvature at the latitude.
 * Exact to about 1e-6 for the segments of a street; a sphere would be off by up to 0.5 %.
 */
const semiMajor = 6_378_137
const eccentricity2 = 0.006_694_379_990_14
const radian = Math.PI / 180

/** Metres a degree of longitude and of latitude at this latitude. */
export function metresPerDegree(lat: number): { lng: number, lat: number } {
  const cos = Math.cos(lat * radian)
  const w2 = 1 / (1 - eccentricity2 * (1 - cos * cos))
  const w = Math.sqrt(w2)
  return {
    lng: radian * semiMajor * w * cos,
    lat: radian * semiMajor * w * w2 * (1 - eccentricity2),
  }
}

/** Length of a straight segment, metres. */
export function segmentMetres(lng1: number, lat1: number, lng2: number, lat2: number): number {
  const per = metresPerDegree((lat1 + lat2) / 2)
  return Math.hypot((lng2 - lng1) * per.lng, (lat2 - lat1) * per.lat)
}

/**
 * A flat frame for a town: metres east and north of an origin. For finding what is near and for drawing; lengths of
 * streets are measured by `segmentMetres`, since 25 km from the origin this frame is off by up to 0.3 % east–west.
 */
export interface LocalFrame {
  lng: number
  lat: number
  perLng: number
  perLat: number
}

export function localFrame(lng: number, lat: number): LocalFrame {
  const per = metresPerDegree(lat)
  return {
    lng,
    lat,
    perLng: per.lng,
    perLat: per.lat,
  }
}

export const eastOf = (frame: LocalFrame, lng: number) => (lng - frame.lng) * frame.perLng
export const northOf = (frame: LocalFrame, lat: number) => (lat - frame.lat) * frame.perLat
export const lngOf = (frame: LocalFrame, east: number) => frame.lng + east / frame.perLng
export const latOf = (frame: LocalFrame, north: number) => frame.lat + north / frame.perLat
