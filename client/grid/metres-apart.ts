interface Place { lng: number, lat: number }

/** Short distances on the ground. */
export function metresApart(a: Place, b: Place): number {
  const metresADegree = 111_320
  return Math.hypot((b.lng - a.lng) * metresADegree * Math.cos(a.lat * Math.PI / 180), (b.lat - a.lat) * metresADegree)
}
