import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { RegionLevel } from '#contract/places.ts'
import { PolygonIndex } from './polygon-index.ts'

export interface RegionArea {
  id: string
  subdistrict: string
  level: RegionLevel
  geometry: Polygon | MultiPolygon
}

/** The code of everything that lies in no subdistrict while no single one is at home here. */
export const unknownSubdistrict = '000000000'

/** In which regions a point lies. */
export class RegionIndex {
  readonly #subdistricts: PolygonIndex<string>
  readonly #communities: PolygonIndex<string>
  readonly #grids: PolygonIndex<string>
  /** The only subdistrict, when there is just one: then the centre is its own, and what has no place belongs to it. */
  readonly home: string | null

  constructor(regions: readonly RegionArea[]) {
    const indexOf = (...levels: RegionLevel[]) => new PolygonIndex(regions
      .filter(({ level }) => levels.includes(level))
      .map(({ id, geometry }) => ({ value: id, geometry })))
    this.#subdistricts = indexOf('subdistrict')
    this.#communities = indexOf('community', 'village')
    this.#grids = indexOf('grid')
    const known = new Set(regions.map(({ subdistrict }) => subdistrict).filter(code => !code.endsWith('000')))
    this.home = known.size === 1
      ? [...known][0]!
      : null
  }

  /** Region codes; null where the point lies in none of that level. */
  regionsAt(point: LngLat): { subdistrict: string | null, community: string | null, grid: string | null } {
    return {
      subdistrict: this.#subdistricts.at(point),
      community: this.#communities.at(point),
      grid: this.#grids.at(point),
    }
  }

  /** The subdistrict whose data a thing at this point belongs to: never null, also outside of all. */
  ownerOf(point: LngLat): string {
    return this.#subdistricts.at(point) ?? this.home ?? unknownSubdistrict
  }
}
