import type { Feature } from '#contract/geometry.ts'
import type { BuildingTimes } from './building-times.ts'
import type { Buildings } from './buildings.ts'
import type { Links } from './links.ts'
import type { FacilityRecord } from './records.ts'
import { limitOf } from './building-times.ts'
import { linkCount } from './links.ts'

/** Why a building is outside: the walk is too long, there is none, or no street can be got to from its doors. */
export type MissedReason = 'too-far' | 'unreachable' | 'unlinked'

export function missedReason(links: Links, building: number, seconds: number): MissedReason {
  if (seconds !== Infinity)
    return 'too-far'
  return linkCount(links, building) === 0
    ? 'unlinked'
    : 'unreachable'
}

/**
 * Buildings outside the reach in which people aged 60 or more live, as points. `seconds` = the walk to the nearest facility,
 * null where there is no way.
 */
export function missedBuildings(buildings: Buildings, links: Links, times: BuildingTimes, facilities: FacilityRecord[], minutes: number): Feature[] {
  const limit = limitOf(minutes)
  const features: Feature[] = []
  for (let b = 0; b < buildings.count; b++) {
    const seconds = times.seconds[b]!
    const people = buildings.aged60[b]!
    if (people === 0 || seconds <= limit)
      continue
    features.push({
      type: 'Feature',
      id: `missed-${buildings.ids[b]}`,
      geometry: {
        type: 'Point',
        coordinates: [buildings.lngs[b]!, buildings.lats[b]!],
      },
      properties: {
        building: String(buildings.ids[b]),
        name: buildings.names[b] ?? null,
        subdistrict: buildings.subdistricts[b]!,
        community: buildings.communities[b] ?? null,
        people,
        seconds: seconds === Infinity
          ? null
          : Math.round(seconds),
        facility: seconds === Infinity
          ? null
          : facilities[times.facility[b]!]!.id,
        reason: missedReason(links, b, seconds),
      },
    })
  }
  return features
}
