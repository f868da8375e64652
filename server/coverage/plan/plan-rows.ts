import type { CommunityCoverage } from '#contract/coverage.ts'
import type { RankedGap } from '../gap-list.ts'
import type { PlanState } from '../plan-state.ts'
import type { FacilityRecord } from '../records.ts'
import { perThousand } from '../capacity.ts'
import { communityCoverage } from '../rates.ts'

/** How a facility does in the plan. */
export interface FacilityInPlan extends FacilityRecord {
  counts: boolean
  /** elders for whom it is the nearest within the limit */
  nearestPeople: number
  demand: number
  perThousand: number | null
  /** nobody at all can walk to it: in a lake, on an island, off the map */
  isolated: boolean
}

export interface GapInPlan extends RankedGap {
  /** name of the facility that is the nearest for most of its people */
  nearest: string | null
}

/**
 * A plan as rows to show. Only rows of what a step changed are made anew; the others are the very ones of before, so that whoever
 * hands them on can tell by that what is new.
 */
export interface PlanRows {
  communities: () => CommunityCoverage[]
  facilities: () => FacilityInPlan[]
  gap: (gap: RankedGap) => GapInPlan
}

export function createPlanRows(state: PlanState): PlanRows {
  const communities = new Map<string, CommunityCoverage>([
    ...state.communities.tallies.values(),
  ].map(tally => [
    tally.region,
    communityCoverage(tally, state.settings),
  ]))
  state.communities.takeChanged()
  const facilities: (FacilityInPlan | null)[] = state.facilities().map(facilityRow)
  state.takeChangedFacilities()
  const gaps = new WeakMap<RankedGap, GapInPlan>()

  function facilityRow(record: FacilityRecord | null, number: number): FacilityInPlan | null {
    if (!record)
      return null
    const counts = record.open && state.settings.kinds.includes(record.kind)
    const demand = state.demandOf(number)
    return {
      ...record,
      counts,
      nearestPeople: state.nearestPeople(number),
      demand,
      perThousand: perThousand(record.capacity, demand),
      isolated: counts && demand === 0,
    }
  }

  return {
    communities() {
      for (const tally of state.communities.takeChanged())
        communities.set(tally.region, communityCoverage(tally, state.settings))
      return [
        ...communities.values(),
      ]
    },
    facilities() {
      for (const number of state.takeChangedFacilities())
        facilities[number] = facilityRow(state.facilities()[number]!, number)
      return facilities.filter(row => row !== null)
    },
    gap(gap) {
      const nearest = state.facilities()[gap.facility]?.name ?? null
      const known = gaps.get(gap)
      if (known?.nearest === nearest)
        return known
      const row = { ...gap, nearest }
      gaps.set(gap, row)
      return row
    },
  }
}
