import type { Feature, LngLat } from '#contract/geometry.ts'

/** Who is farther from where he was drawn was not seen on the way: he is shown where he is at once. Degrees, about 200 m. */
const farthest = 0.002

/** Ten pictures a second are enough for people on foot, and leave the map its time. */
const frameMs = 100
/** On a machine that takes long to draw, movement takes a quarter of its time at most: fewer pictures, and the page still answers. */
const drawnShare = 1 / 4

/** Whether the next picture of a movement is drawn now, so long after the last one, which took so long. Milliseconds. */
export function isPictureDue(sinceMs: number, drawMs: number): boolean {
  return sinceMs >= Math.max(frameMs, drawMs / drawnShare)
}

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
