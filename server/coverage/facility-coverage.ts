import type { FacilityCoverage } from '#contract/coverage.ts'
import type { BuildingTimes } from './building-times.ts'
import type { Components } from './components.ts'
import type { FacilityReach } from './facility-reach.ts'
import type { LinkedFacilities } from './link-facilities.ts'
import type { FacilityRecord } from './records.ts'
import type { StreetGraph } from './street-graph.ts'
import type { WalkModel } from './walk-model.ts'
import { perThousand } from './capacity.ts'
import { linkCount } from './links.ts'

/** What one facility does by itself, and whether people can get to it at all. */
export function coverageOfFacility({ graph, buildings }: WalkModel, components: Components, record: FacilityRecord, facility: number, linked: LinkedFacilities, reach: FacilityReach, times: BuildingTimes, demand: number): FacilityCoverage {
  let people = 0
  let nearestPeople = 0
  for (const building of reach.buildings) {
    people += buildings.aged60[building]!
    if (times.facility[building] === facility)
      nearestPeople += buildings.aged60[building]!
  }
  return {
    facility: record.id,
    name: record.name,
    kind: record.kind,
    people,
    nearestPeople,
    places: record.capacity,
    demand: Math.round(demand * 10) / 10,
    perThousand: perThousand(record.capacity, demand),
    access: accessOf(graph, components, linked, facility),
  }
}

/** linked = on the main part of the network; isolated = on a part that no street connects with it; unlinked = on none. */
function accessOf({ ends }: StreetGraph, { of, largest }: Components, { links }: LinkedFacilities, facility: number): FacilityCoverage['access'] {
  if (linkCount(links, facility) === 0)
    return 'unlinked'
  for (let l = links.first[facility]!; l < links.first[facility + 1]!; l++) {
    const edge = links.edge[l]!
    if (of[ends[2 * edge]!] === largest || of[ends[2 * edge + 1]!] === largest)
      return 'linked'
  }
  return 'isolated'
}
