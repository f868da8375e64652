import type { Gap } from './gap.ts'
import type { PlanState } from './plan-state.ts'
import type { WalkModel } from './walk-model.ts'
import { limitOf } from './building-times.ts'
import { gapOf } from './gap.ts'

/** A gap with the place that it belongs to. */
export interface RankedGap extends Gap {
  /** region code of a community (with a star: in none), or the cluster's number */
  key: string
  /** communities in which it lies, the one with most of its people first */
  communities: string[]
  members: readonly number[]
}

/** Gaps of a plan, most people first. Only those are computed again in which somebody's walk changed. */
export interface GapList {
  update: (changed: ArrayLike<number>) => void
  byCommunity: (most: number) => RankedGap[]
  byCluster: (most: number) => RankedGap[]
}

export function createGapList({ buildings, links }: WalkModel, state: PlanState): GapList {
  const { minutes } = state.settings
  const limit = limitOf(minutes)
  const communityOf = (b: number) => state.communities.tallyOf(buildings.communities[b]!, buildings.subdistricts[b]!).region
  const homes = Map.groupBy([
    ...buildings.aged60.keys(),
  ].filter(b => buildings.aged60[b]! > 0), communityOf)
  const communities = new Map<string, RankedGap>()
  const clusters = new Map<number, RankedGap>()

  function rank(key: string, members: readonly number[]): RankedGap {
    const people = new Map<string, number>()
    for (const b of members)
      people.set(communityOf(b), (people.get(communityOf(b)) ?? 0) + buildings.aged60[b]!)
    return {
      ...gapOf(members, buildings, links, state.times, minutes),
      key,
      communities: [...people].sort((a, b) => b[1] - a[1]).map(([code]) => code),
      members,
    }
  }

  function updateCommunity(code: string): void {
    const missed = homes.get(code)!.filter(b => state.times.seconds[b]! > limit)
    if (missed.length > 0)
      communities.set(code, rank(code, missed))
    else
      communities.delete(code)
  }

  function update(changed: ArrayLike<number>): void {
    const touched = new Set<number>(Array.from(changed).filter(b => buildings.aged60[b]! > 0))
    for (const code of new Set([...touched].map(communityOf)))
      updateCommunity(code)
    for (const [key, gap] of clusters) {
      if (state.clusters.members.get(key) !== gap.members)
        clusters.delete(key)
    }
    for (const [key, members] of state.clusters.members) {
      if (!clusters.has(key) || members.some(b => touched.has(b)))
        clusters.set(key, rank(`${key}`, members))
    }
  }

  for (const code of homes.keys())
    updateCommunity(code)
  update([])
  return {
    update,
    byCommunity: most => top(communities.values(), most),
    byCluster: most => top(clusters.values(), most),
  }
}

function top(gaps: Iterable<RankedGap>, most: number): RankedGap[] {
  return [...gaps].sort((a, b) => b.people - a.people || (a.key < b.key
    ? -1
    : 1)).slice(0, most)
}
