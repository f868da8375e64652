/** Where the matter is, as far as its writer said. */
export interface Place {
  address: string
  location: { lng: number, lat: number, datum: 'wgs84' } | null
}

/** Browsers give WGS84. Rejects when it is refused, switched off, or takes longer than 15 s. */
export function askPosition(): Promise<{ lng: number, lat: number, metres: number }> {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { longitude, latitude, accuracy } }) => resolve({
        lng: round(longitude),
        lat: round(latitude),
        metres: Math.round(accuracy),
      }),
      reject,
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    )
  })
}

/** Pages that did not come by TLS may not ask. */
export const mayAskPosition = typeof window !== 'undefined' && window.isSecureContext && 'geolocation' in navigator

/** Six decimals are a tenth of a metre. */
export function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}
