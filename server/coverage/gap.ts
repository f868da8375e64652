import type { AgeCoverage } from '#contract/coverage.ts'
import type { BuildingTimes } from './building-times.ts'
import type { Buildings } from './buildings.ts'
import type { Links } from './links.ts'
import { AgeBand } from '#contract/coverage.ts'
import { linkCount } from './links.ts'

/** People who are missed in one place: a community or a cluster of buildings. */
export interface Gap {
  /** missed residents aged 60 or more, and by age */
  people: number
  ages: Pick<AgeCoverage, 'band' | 'people'>[]
  buildings: number
  /** how much further than the limit they walk, minutes, mean over those whose walk is known; null = of none */
  minutesShort: number | null
  /** people whose walk is known to be longer than what was looked for, or who have no way at all */
  beyond: number
  /** people in buildings that could not be joined to a street */
  unlinked: number
  /** number of the facility that is the nearest for most of them; -1 = none */
  facility: number
  /** degrees: where they live on average */
  centre: [lng: number, lat: number]
}

/** The gap that missed buildings make together. */
export function gapOf(missed: readonly number[], buildings: Buildings, links: Links, { seconds, facility }: BuildingTimes, minutes: number): Gap {
  const { aged60, aged70, aged80, lngs, lats } = buildings
  const ages = [0, 0, 0]
  const nearest = new Map<number, number>()
  let [people, known, walk, unlinked, lng, lat] = [0, 0, 0, 0, 0, 0]
  for (const b of missed) {
    const here = aged60[b]!
    people += here
    ages[0]! += here - aged70[b]!
    ages[1]! += aged70[b]! - aged80[b]!
    ages[2]! += aged80[b]!
    lng += here * lngs[b]!
    lat += here * lats[b]!
    if (seconds[b] !== Infinity) {
      known += here
      walk += here * seconds[b]!
      nearest.set(facility[b]!, (nearest.get(facility[b]!) ?? 0) + here)
    }
    else if (linkCount(links, b) === 0) {
      unlinked += here
    }
  }
  return {
    people,
    ages: AgeBand.options.map((band, i) => ({ band, people: ages[i]! })),
    buildings: missed.length,
    minutesShort: known > 0
      ? walk / known / 60 - minutes
      : null,
    beyond: people - known - unlinked,
    unlinked,
    facility: [...nearest].reduce((most, entry) => entry[1] > most[1] || (entry[1] === most[1] && entry[0] < most[0])
      ? entry
      : most, [-1, 0])[0],
    centre: people > 0
      ? [lng / people, lat / people]
      : [0, 0],
  }
}
