import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import Flatbush from 'flatbush'
import { boundsOfPoints, ringsOf, squareMetres } from './polygon.ts'

/**
 * Which of many polygons contain a point. Coordinates lie in one typed array, so that a city's 150,000 buildings take some
 * 20 MB and a look-up a microsecond or two.
 */
export class PolygonIndex<T> {
  readonly #values: T[] = []
  /** x, y, x, y, … of all rings */
  readonly #coordinates: Float64Array
  /** Ring r covers coordinates from #rings[r] to #rings[r + 1]; item i covers rings from #items[i] to #items[i + 1]. */
  readonly #rings: Uint32Array
  readonly #items: Uint32Array
  readonly #boxes: Flatbush | null

  constructor(areas: Iterable<{ value: T, geometry: Polygon | MultiPolygon }>) {
    const bySize = Array.from(areas, ({ value, geometry }) => ({
      value,
      rings: ringsOf(geometry),
      size: squareMetres(geometry),
    }))
      .sort((a, b) => a.size - b.size)
    const ringCount = bySize.reduce((sum, { rings }) => sum + rings.length, 0)
    const pointCount = bySize.reduce((sum, { rings }) => sum + rings.reduce((points, ring) => points + ring.length, 0), 0)
    this.#coordinates = new Float64Array(pointCount * 2)
    this.#rings = new Uint32Array(ringCount + 1)
    this.#items = new Uint32Array(bySize.length + 1)
    this.#boxes = bySize.length > 0
      ? new Flatbush(bySize.length)
      : null
    let at = 0
    let ringAt = 0
    bySize.forEach(({ value, rings }, i) => {
      this.#values.push(value)
      for (const ring of rings) {
        for (const [lng, lat] of ring) {
          this.#coordinates[at++] = lng
          this.#coordinates[at++] = lat
        }
        this.#rings[++ringAt] = at
      }
      this.#items[i + 1] = ringAt
      this.#boxes!.add(...boundsOfPoints(rings.flat()))
    })
    this.#boxes?.finish()
  }

  get size(): number {
    return this.#values.length
  }

  /** All that contain the point, smallest first. */
  allAt([lng, lat]: LngLat): T[] {
    return this.#found(lng, lat).map(i => this.#values[i]!)
  }

  /** The smallest that contains the point. */
  at([lng, lat]: LngLat): T | null {
    const [smallest] = this.#found(lng, lat)
    return smallest === undefined
      ? null
      : this.#values[smallest]!
  }

  #found(lng: number, lat: number): number[] {
    const near = this.#boxes?.search(lng, lat, lng, lat) ?? []
    return near.filter(i => this.#contains(i, lng, lat)).sort((a, b) => a - b)
  }

  /** Even-odd over all rings: holes and parts come out right by themselves. */
  #contains(item: number, lng: number, lat: number): boolean {
    const xy = this.#coordinates
    let inside = false
    for (let ring = this.#items[item]!; ring < this.#items[item + 1]!; ring++) {
      const end = this.#rings[ring + 1]!
      for (let i = this.#rings[ring]!, j = end - 2; i < end; j = i, i += 2) {
        const y1 = xy[i + 1]!
        const y2 = xy[j + 1]!
        if ((y1 > lat) !== (y2 > lat) && lng < (xy[j]! - xy[i]!) * (lat - y1) / (y2 - y1) + xy[i]!)
          inside = !inside
      }
    }
    return inside
  }
}
