import type { Feature } from '#contract/geometry.ts'
import type { Region } from '#contract/places.ts'

export function regionOf(feature: Feature): Region {
  return feature.properties as unknown as Region
}

/** Communities and villages by code: the order in which the civil register has them. */
export function communitiesOf(regions: Iterable<Feature>): Region[] {
  return [...regions].map(regionOf).filter(({ level }) => level === 'community' || level === 'village').sort((a, b) => a.id < b.id
    ? -1
    : 1)
}

/** The subdistrict that this centre serves, by whose name the wall is headed; the first by code where a database holds more. */
export function subdistrictOf(regions: Iterable<Feature>): Region | undefined {
  return [...regions].map(regionOf).filter(({ level }) => level === 'subdistrict').sort((a, b) => a.id < b.id
    ? -1
    : 1)[0]
}

/** Generated towns carry codes that begin with 99, which no province has: what they show is not real. */
export function isDemo(regions: Iterable<Feature>): boolean {
  for (const feature of regions) {
    if (feature.id.startsWith('99'))
      return true
  }
  return false
}

/** Names are long on a list of narrow rows: 双清社区 → 双清, 北岸村村民委员会 → 北岸村. */
export function shortName(name: string): string {
  return name.replace(/村民委员会$|居民委员会$/, '').replace(/(?<=..)社区$/, '')
}
