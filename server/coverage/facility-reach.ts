import type { LinkedFacilities } from './link-facilities.ts'
import type { WalkModel } from './walk-model.ts'
import type { WalkSearch } from './walk-search.ts'
import { secondsAt } from './building-times.ts'

/** The buildings from which a facility is reached within the limit of the search, in no order, and their times. */
export interface FacilityReach {
  buildings: Int32Array
  seconds: Float64Array
}

export interface ReachCollector {
  /** Reads the search's last run, which must have been for these facilities; touches only what it reached. */
  collect: (search: WalkSearch, linked: LinkedFacilities, facilities: ArrayLike<number>, limitSeconds: number) => FacilityReach
}

export function createReachCollector({ graph, links, linksByEdge, buildings }: WalkModel): ReachCollector {
  const best = new Float64Array(buildings.count).fill(Infinity)
  const touched = new Int32Array(buildings.count)
  let count = 0

  function offer(building: number, seconds: number): void {
    if (best[building] === Infinity)
      touched[count++] = building
    best[building] = Math.min(best[building]!, seconds)
  }

  function offerLinksOn(edge: number, search: WalkSearch, limitSeconds: number): void {
    for (let i = linksByEdge.first[edge]!; i < linksByEdge.first[edge + 1]!; i++) {
      const l = linksByEdge.links[i]!
      const seconds = secondsAt(graph, search, edge, links.fraction[l]!) + links.metres[l]! * search.pace.straight
      if (seconds <= limitSeconds)
        offer(linksByEdge.place[l]!, seconds)
    }
  }

  function collect(search: WalkSearch, linked: LinkedFacilities, facilities: ArrayLike<number>, limitSeconds: number): FacilityReach {
    count = 0
    for (let i = 0; i < search.settledCount; i++) {
      const v = search.settled[i]!
      for (let k = graph.firstAt[v]!; k < graph.firstAt[v + 1]!; k++) {
        const edge = graph.edgesAt[k]!
        const first = graph.ends[2 * edge]!
        // Once is enough: from its first end where that is settled too.
        if (first === v || search.seconds[first]! > limitSeconds)
          offerLinksOn(edge, search, limitSeconds)
      }
    }
    for (let i = 0; i < facilities.length; i++) {
      const facility = facilities[i]!
      // An edge longer than the reach has no settled end.
      for (let l = search.targets.first[facility]!; l < search.targets.first[facility + 1]!; l++)
        offerLinksOn(search.targets.edge[l]!, search, limitSeconds)
      const home = linked.building[facility]!
      if (home >= 0)
        offer(home, 0)
    }
    const reached = touched.slice(0, count)
    const seconds = Float64Array.from(reached, building => best[building]!)
    for (const building of reached)
      best[building] = Infinity
    return { buildings: reached, seconds }
  }

  return { collect }
}
