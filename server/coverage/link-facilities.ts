import type { Links } from './links.ts'
import type { FacilityRecord } from './records.ts'
import type { WalkModel } from './walk-model.ts'
import { buildingAt } from './buildings.ts'
import { addFound } from './link-buildings.ts'
import { linkList } from './links.ts'
import { eastOf, northOf } from './local-metres.ts'
import { pointShape } from './nearest-point.ts'
import { nowhere } from './obstacles.ts'

export interface LinkedFacilities {
  links: Links
  /** the building in which each stands, whose doors it shares; -1 = in none */
  building: Int32Array
}

/** Links facilities by the same rule as buildings; one inside a building is entered by that building's doors. */
export function linkFacilities({ frame, buildings, links, linker }: WalkModel, facilities: Pick<FacilityRecord, 'lng' | 'lat'>[]): LinkedFacilities {
  const list = linkList()
  const building = Int32Array.from(facilities, ({ lng, lat }) => {
    const x = eastOf(frame, lng)
    const y = northOf(frame, lat)
    const b = buildingAt(buildings, x, y)
    if (b < 0) {
      addFound(list, linker.find(pointShape(x, y), nowhere))
    }
    else {
      for (let l = links.first[b]!; l < links.first[b + 1]!; l++)
        list.add(links.edge[l]!, links.fraction[l]!, links.metres[l]!)
    }
    list.next()
    return b
  })
  return {
    links: list.done(),
    building,
  }
}
