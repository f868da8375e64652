import type { Case } from '#contract/case.ts'
import type { Feature } from '#contract/geometry.ts'

export interface CaseTimes {
  reportedAt: number
  dueAt: number | null
  closedAt: number | null
  calledBackAt: number | null
}

const known = new WeakMap<Feature, CaseTimes>()

/** A case's properties, parsed by the server. */
export function caseOf(feature: Feature): Case {
  return feature.properties as unknown as Case
}

/** A case's moments in ms. Features are never changed in place, so each is parsed once however often figures are told. */
export function timesOf(feature: Feature): CaseTimes {
  let times = known.get(feature)
  if (!times) {
    const item = caseOf(feature)
    times = {
      reportedAt: Date.parse(item.reportedAt),
      dueAt: momentOf(item.dueAt),
      closedAt: momentOf(item.closedAt),
      calledBackAt: momentOf(item.calledBackAt),
    }
    known.set(feature, times)
  }
  return times
}

function momentOf(instant: string | null | undefined): number | null {
  return instant
    ? Date.parse(instant)
    : null
}
