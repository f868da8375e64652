import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { RegionLevel } from '#contract/places.ts'
import type { RegionArea } from '../../places/region-index.ts'
import type { FieldRow } from '../table/read-fields.ts'
import { centreOf, isInArea } from '../../places/polygon.ts'
import { RegionIndex } from '../../places/region-index.ts'
import { guessLevel, levelFields, plainCode } from './level.ts'
import { makeCode } from './make-code.ts'

export interface KnownRegion extends RegionArea { name: string, parent: string | null }

export interface Identity {
  id: string
  level: RegionLevel
  name: string
  subdistrict: string
  parent: string | null
}

export const rank: Record<RegionLevel, number> = {
  district: 0,
  subdistrict: 1,
  community: 2,
  village: 2,
  grid: 3,
}
const digitsOf: Record<RegionLevel, number> = {
  district: 6,
  subdistrict: 9,
  community: 12,
  village: 12,
  grid: 15,
}

/** Who a region is: its code, level and name, and the regions above it. Coarse regions must be met before fine ones. */
export class Identifier {
  readonly #known = new Map<string, KnownRegion>()
  readonly #byName = new Map<string, KnownRegion[]>()
  /** of all regions coarser than `rank` */
  #index: { rank: number, regions: RegionIndex } | null = null

  constructor(known: readonly KnownRegion[]) {
    known.forEach(region => this.#add(region))
  }

  /** Level and name only: what decides in which order regions are met. */
  static describe({ values }: FieldRow): { code: string | null, level: RegionLevel, name: string } | { fault: string } {
    const finest = levelFields.find(({ field }) => textOf(values[field]) !== null) ?? null
    const given = textOf(values.id)
    const code = given && plainCode(given)
    const name = textOf(values.name) ?? (finest && textOf(values[finest.field])) ?? code
    if (!name)
      return { fault: '没有名称 · the region has neither a name nor a code' }
    const level = (values.level as RegionLevel | null | undefined) ?? guessLevel(code, name, values.name
      ? null
      : finest?.level ?? null)
    if (!level)
      return { fault: `“${name}”级别无法判断 · the level of “${name}” is unknown: give a column level (district, subdistrict, community, village, grid)` }
    return { code, level, name }
  }

  identify(row: FieldRow, geometry: Polygon | MultiPolygon): Identity | { fault: string } {
    const described = Identifier.describe(row)
    if ('fault' in described)
      return described
    const { code, level, name } = described
    if (code && /^\d+$/.test(code) && code.length !== digitsOf[level] && code.length >= 6)
      return { fault: `“${name}”代码位数不符 · the code ${code} of “${name}” has ${code.length} digits, a ${level} has ${digitsOf[level]}` }
    const centre = centreOf(geometry)
    const above = this.#above(level, code, row.values, centre)
    const subdistrict = level === 'subdistrict' || level === 'district'
      ? null
      : this.#subdistrictOf(code, above, level, centre)
    const id = code ?? this.#codeByName(level, name, above, subdistrict, row.values, centre)
    const identity = {
      id,
      level,
      name,
      parent: above?.id ?? null,
      subdistrict: level === 'subdistrict'
        ? id
        : level === 'district'
          ? `${id}000`
          : subdistrict!,
    }
    this.#add({ ...identity, geometry })
    return identity
  }

  /** The region above one that has none yet, because it came before that did. */
  regionAbove({ id, level, geometry }: KnownRegion): KnownRegion | null {
    return this.#above(level, id, {}, centreOf(geometry))
  }

  #add(region: KnownRegion): void {
    this.#known.set(region.id, region)
    this.#byName.set(region.name, [
      ...(this.#byName.get(region.name) ?? []).filter(({ id }) => id !== region.id),
      region,
    ])
  }

  /** The region above: named by the file, else by the code, else the finest coarser one in which the centre lies. */
  #above(level: RegionLevel, code: string | null, values: FieldRow['values'], centre: LngLat): KnownRegion | null {
    if (level === 'district')
      return null
    const coarser = (region: KnownRegion | undefined) => region && rank[region.level] < rank[level]
      ? region
      : null
    const named = textOf(values.parent)
    if (named) {
      const found = coarser(this.#known.get(plainCode(named))) ?? this.#named(named, level)
      if (found)
        return found
    }
    for (const digits of [12, 9, 6]) {
      const found = code && /^\d+$/.test(code) && digits < code.length
        ? coarser(this.#known.get(code.slice(0, digits)))
        : null
      if (found)
        return found
    }
    const here = this.#at(centre, level)
    return [here.community, here.subdistrict, here.district].map(id => coarser(id === null
      ? undefined
      : this.#known.get(id))).find(region => region !== null) ?? null
  }

  #named(name: string, below: RegionLevel): KnownRegion | null {
    const found = (this.#byName.get(name) ?? []).filter(region => rank[region.level] < rank[below])
    return found.length === 1
      ? found[0]!
      : null
  }

  #subdistrictOf(code: string | null, above: KnownRegion | null, level: RegionLevel, centre: LngLat): string {
    if (above && above.level !== 'district')
      return above.subdistrict
    if (code && /^\d{12,}$/.test(code))
      return code.slice(0, 9)
    return this.#coarserThan(level).ownerOf(centre)
  }

  #codeByName(level: RegionLevel, name: string, above: KnownRegion | null, subdistrict: string | null, values: FieldRow['values'], centre: LngLat): string {
    const prefix = level === 'district'
      ? ''
      : level === 'subdistrict'
        ? this.#districtPrefix(above, values)
        : level === 'grid'
          ? gridPrefix(above, subdistrict!)
          : subdistrict!
    const named = (this.#byName.get(name) ?? []).filter(region => region.level === level)
    // The same place under the code of another district: its real code became known since.
    const known = named.find(region => region.id.startsWith(prefix)) ?? named.find(region => isInArea(centre, region.geometry))
    return known?.id ?? makeCode(level, level === 'district'
      ? pathOf(values, name)
      : name, prefix, code => this.#known.has(code))
  }

  /** A district that the file only names gets a made code too, so that all its subdistricts share it. */
  #districtPrefix(above: KnownRegion | null, values: FieldRow['values']): string {
    if (above)
      return above.id
    const name = textOf(values.ofDistrict)
    const known = name && this.#byName.get(name)?.find(region => region.level === 'district')
    return known
      ? known.id
      : makeCode('district', pathOf(values, name ?? ''), '', () => false)
  }

  #at(point: LngLat, below: RegionLevel): { district: string | null, subdistrict: string | null, community: string | null } {
    const regions = this.#coarserThan(below)
    return {
      ...regions.regionsAt(point),
      district: regions.districtAt(point),
    }
  }

  #coarserThan(level: RegionLevel): RegionIndex {
    if (this.#index?.rank !== rank[level]) {
      this.#index = {
        rank: rank[level],
        regions: new RegionIndex([
          ...this.#known.values(),
        ].filter(region => rank[region.level] < rank[level])),
      }
    }
    return this.#index.regions
  }
}

function gridPrefix(above: KnownRegion | null, subdistrict: string): string {
  return above && rank[above.level] === 2
    ? above.id
    : `${subdistrict}000`
}

function pathOf(values: FieldRow['values'], district: string): string {
  return [values.ofProvince, values.ofCity, district].map(part => textOf(part) ?? '').join('/')
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== ''
    ? value.trim()
    : null
}
