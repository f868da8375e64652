import type { Feature, LngLat } from '#contract/geometry.ts'

/** Who is farther from where he was drawn was not seen on the way: he is shown where he is at once. Degrees, about 200 m. */
const farthest = 0.002

/** Points on their way from where they were drawn, `share` of it behind them (0–1); who does not move is the same object. */
export function glidedTo(features: readonly Feature[], from: ReadonlyMap<string, LngLat>, share: number): Feature[] {
  return features.map((feature) => {
    const { id, geometry } = feature
    const before = from.get(id)
    if (share >= 1 || !before || geometry?.type !== 'Point')
      return feature
    const [lng, lat] = geometry.coordinates
    const [east, north] = [lng - before[0], lat - before[1]]
    if ((east === 0 && north === 0) || Math.abs(east) > farthest || Math.abs(north) > farthest)
      return feature
    return {
      ...feature,
      geometry: {
        type: 'Point',
        coordinates: [before[0] + share * east, before[1] + share * north],
      },
    }
  })
}
