import type { RegionLevel } from '#contract/places.ts'

export interface NamedRegion { id: string, name: string, level: RegionLevel, subdistrict: string, parent: string | null }

const endings = /(?:社区)?(?:居民委员会|居委会|村民委员会|村委会)$|(?:社区|行政村|街道办事处|街道办|办事处)$/

/** Finds regions by what people write in a column: the code, the full name, or the name without 社区, 居委会 and the like. */
export class RegionNames {
  readonly #byId: Map<string, NamedRegion>
  readonly #byName: Map<string, NamedRegion[]>

  constructor(regions: readonly NamedRegion[]) {
    this.#byId = new Map(regions.map(region => [region.id, region]))
    this.#byName = Map.groupBy(regions, ({ name }) => plain(name))
  }

  get(id: string): NamedRegion | undefined {
    return this.#byId.get(id)
  }

  /** null when there is none, or when several subdistricts have one of that name and `subdistrict` does not tell which. */
  find(text: string, levels: readonly RegionLevel[], subdistrict?: string): NamedRegion | null {
    const byId = this.#byId.get(text)
    if (byId && levels.includes(byId.level))
      return byId
    const named = (this.#byName.get(plain(text)) ?? []).filter(({ level }) => levels.includes(level))
    const here = named.filter(region => region.subdistrict === subdistrict)
    const candidates = here.length > 0
      ? here
      : named
    const exact = candidates.filter(({ name }) => name === text)
    return onlyOne(exact.length > 0
      ? exact
      : candidates)
  }
}

function onlyOne<T>(items: readonly T[]): T | null {
  return items.length === 1
    ? items[0]!
    : null
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().replace(endings, '')
}
