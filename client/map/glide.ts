import type { Feature, LngLat } from '#contract/geometry.ts'

/** Who is farther from where he was drawn was not seen on the way: he is shown where he is at once. Degrees, about 200 m. */
const farthest = 0.002

/** Ten pictures a second are enough for people on foot, and leave the map its time. */
const frameMs = 100
/** Where drawing holds the page up, movement takes a tenth of its time at most: fewer pictures, and the page still answers. */
const heldUpShare = 1 / 10
/** A smaller step nobody sees. Pixels. */
const leastStep = 0.5

export interface NextPicture {
  /** since the last one, ms */
  sinceMs: number
  /** so much later than usual a frame came after it: what it took to draw, ms */
  heldUpMs: number
  /** what the fastest would move on it, pixels */
  step: number
}

/** Whether the next picture of a movement is drawn now. */
export function isPictureDue({ sinceMs, heldUpMs, step }: NextPicture): boolean {
  return step >= leastStep && sinceMs >= Math.max(frameMs, heldUpMs / heldUpShare)
}

/** Of longitude, in MapLibre's world of 512 pixels at zoom 0. */
export function degreesPerPixel(zoom: number): number {
  return 360 / (512 * 2 ** zoom)
}

/** How far the one with the longest way glides, degrees. */
export function longestWay(features: readonly Feature[], from: ReadonlyMap<string, LngLat>): number {
  return features.reduce((longest, { id, geometry }) => {
    const before = from.get(id)
    if (!before || geometry?.type !== 'Point')
      return longest
    const way = Math.max(Math.abs(geometry.coordinates[0] - before[0]), Math.abs(geometry.coordinates[1] - before[1]))
    return way > farthest
      ? longest
      : Math.max(longest, way)
  }, 0)
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
