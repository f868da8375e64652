import type { Gap } from './gap.ts'
import type { PlanEffect, PlanState } from './plan-state.ts'
import type { WalkModel } from './walk-model.ts'
import { limitOf } from './building-times.ts'
import { gapOf } from './gap.ts'
import { createRanking } from './ranking.ts'

/** A gap with the place that it belongs to. */
export interface RankedGap extends Gap {
  /** region code of a community (with a star: in none); of a cluster, the id of its building that comes first */
  key: string
  /** communities in which it lies, the one with most of its people first */
  communities: string[]
  members: readonly number[]
}

/** Gaps of a plan, most people first. Only those are computed again in which somebody's walk changed. */
export interface GapList {
  update: (effect: PlanEffect) => void
  byCommunity: (most: number) => RankedGap[]
  byCluster: (most: number) => RankedGap[]
}

export function createGapList({ buildings, links }: WalkModel, state: PlanState): GapList {
  const { minutes } = state.settings
  const limit = limitOf(minutes)
  const communityOf = Array.from(buildings.aged60, (_, b) => state.communities.tallyOf(buildings.communities[b]!, buildings.subdistricts[b]!).region)
  const homes = Map.groupBy([
    ...buildings.aged60.keys(),
  ].filter(b => buildings.aged60[b]! > 0), b => communityOf[b]!)
  const communities = createRanking(mostFirst)
  const clusters = createRanking(mostFirst)

  function rank(key: string, members: readonly number[]): RankedGap {
    const people = new Map<string, number>()
    for (const b of members)
      people.set(communityOf[b]!, (people.get(communityOf[b]!) ?? 0) + buildings.aged60[b]!)
    return {
      ...gapOf(members, buildings, links, state.times, minutes),
      key,
      communities: [...people].sort((a, b) => b[1] - a[1] || (a[0] < b[0]
        ? -1
        : 1)).map(([code]) => code),
      members,
    }
  }

  function updateCommunity(code: string): void {
    const missed = homes.get(code)!.filter(b => state.times.seconds[b]! > limit)
    communities.set(code, missed.length > 0
      ? rank(code, missed)
      : undefined)
  }

  function updateCluster(cluster: number): void {
    const members = state.clusters.members.get(cluster)
    clusters.set(`${cluster}`, members && rank(
      String(buildings.ids[members.reduce((first, b) => Math.min(first, b))]),
      members,
    ))
  }

  function update({ buildings: changed, clusters: { gone, made } }: PlanEffect): void {
    const touchedCommunities = new Set<string>()
    const touchedClusters = new Set([
      ...gone,
      ...made,
    ])
    for (const b of changed) {
      if (buildings.aged60[b] === 0)
        continue
      touchedCommunities.add(communityOf[b]!)
      if (state.clusters.of(b) >= 0)
        touchedClusters.add(state.clusters.of(b))
    }
    touchedCommunities.forEach(updateCommunity)
    touchedClusters.forEach(updateCluster)
  }

  for (const code of homes.keys())
    updateCommunity(code)
  for (const cluster of state.clusters.members.keys())
    updateCluster(cluster)
  return {
    update,
    byCommunity: communities.first,
    byCluster: clusters.first,
  }
}

function mostFirst(a: RankedGap, b: RankedGap): number {
  return b.people - a.people || (a.key < b.key
    ? -1
    : a.key > b.key
      ? 1
      : 0)
}
