import type { LinkedFacilities } from './link-facilities.ts'
import type { StreetGraph } from './street-graph.ts'
import type { WalkModel } from './walk-model.ts'
import type { WalkSearch } from './walk-search.ts'
import { stretch } from './walk-search.ts'

/** Walking time from each building to its nearest facility. */
export interface BuildingTimes {
  /** Infinity = no way, or no link to a street */
  seconds: Float64Array
  /** number of the facility; -1 = none can be reached */
  facility: Int32Array
}

/** Times of all buildings from a search over the facilities `counted`. One writes into `times` to save the memory. */
export function timeBuildings(
  { graph, links, buildings }: WalkModel,
  search: WalkSearch,
  linked: LinkedFacilities,
  counted: ArrayLike<number>,
  times: BuildingTimes = {
    seconds: new Float64Array(buildings.count),
    facility: new Int32Array(buildings.count),
  },
): BuildingTimes {
  for (let p = 0; p < buildings.count; p++) {
    let best = Infinity
    let link = -1
    for (let l = links.first[p]!; l < links.first[p + 1]!; l++) {
      const seconds = secondsAt(graph, search, links.edge[l]!, links.fraction[l]!) + links.metres[l]! * search.pace.straight
      if (seconds < best) {
        best = seconds
        link = l
      }
    }
    times.seconds[p] = best
    times.facility[p] = link < 0
      ? -1
      : facilityAt(graph, search, links.edge[link]!, links.fraction[link]!)
  }
  for (let i = 0; i < counted.length; i++) {
    const home = linked.building[counted[i]!]!
    if (home >= 0) {
      times.seconds[home] = 0
      times.facility[home] = counted[i]!
    }
  }
  return times
}

/**
 * Seconds from a point of an edge to the nearest facility: on along the edge or back, whichever is open and shorter, or
 * straight to a facility on the same edge.
 */
export function secondsAt({ ends, metres, edgeFlags }: StreetGraph, search: WalkSearch, edge: number, fraction: number): number {
  const length = metres[edge]!
  const ahead = search.pace.forward[edgeFlags[edge]!]!
  const back = search.pace.backward[edgeFlags[edge]!]!
  const byFirst = search.seconds[ends[2 * edge]!]! + stretch(fraction * length, back)
  const bySecond = search.seconds[ends[2 * edge + 1]!]! + stretch((1 - fraction) * length, ahead)
  let best = byFirst < bySecond
    ? byFirst
    : bySecond
  for (let t = search.targetOn[edge]!; t >= 0; t = search.nextTarget[t]!) {
    const direct = secondsToTarget(search, t, fraction, length, ahead, back)
    if (direct < best)
      best = direct
  }
  return best
}

/** The facility to which `secondsAt` leads. */
function facilityAt({ ends, metres, edgeFlags }: StreetGraph, search: WalkSearch, edge: number, fraction: number): number {
  const length = metres[edge]!
  const ahead = search.pace.forward[edgeFlags[edge]!]!
  const back = search.pace.backward[edgeFlags[edge]!]!
  const byFirst = search.seconds[ends[2 * edge]!]! + stretch(fraction * length, back)
  const bySecond = search.seconds[ends[2 * edge + 1]!]! + stretch((1 - fraction) * length, ahead)
  let best = Math.min(byFirst, bySecond)
  let facility = best === Infinity
    ? -1
    : search.nearest[ends[byFirst < bySecond
      ? 2 * edge
      : 2 * edge + 1]!]!
  for (let t = search.targetOn[edge]!; t >= 0; t = search.nextTarget[t]!) {
    const direct = secondsToTarget(search, t, fraction, length, ahead, back)
    if (direct < best) {
      best = direct
      facility = search.targetFacility[t]!
    }
  }
  return facility
}

function secondsToTarget({ targets, pace }: WalkSearch, target: number, fraction: number, length: number, ahead: number, back: number): number {
  const there = targets.fraction[target]!
  const along = there >= fraction
    ? stretch((there - fraction) * length, ahead)
    : stretch((fraction - there) * length, back)
  return along + targets.metres[target]! * pace.straight
}

/** The cut-off of a search, seconds. It counts itself; a millisecond covers what rounding does to a sum of edges. */
export function limitOf(minutes: number): number {
  return minutes * 60 + 1e-3
}
