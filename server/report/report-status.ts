import type { Case, CaseStatus } from '#contract/case.ts'
import type { ReportState, ReportStatus } from '#contract/report.ts'

/** How a resident is told of a case's state. A case that waits for a ruling inside the house is still assigned, or worked on. */
export const reportStateOf: Record<Exclude<CaseStatus, 'merged'>, ReportState> = {
  'registered': 'received',
  'dispatched': 'assigned',
  'return-requested': 'assigned',
  'accepted': 'working',
  'in-progress': 'working',
  'extension-requested': 'working',
  'resolved': 'answered',
  'reopened': 'again',
  'suspended': 'planned',
  'closed': 'done',
  'archived': 'done',
}

export interface ReportFacts {
  /** The report itself: its number, matter and time are the resident's, also when another case answers for it. */
  own: Pick<Case, 'id' | 'kind' | 'topic' | 'reportedAt'>
  /** The case that is worked on: itself, or the one that it was merged into. */
  head: Pick<Case, 'status' | 'dueAt' | 'community'>
  joined: boolean
  /** Steps of the head, oldest first. */
  steps: { at: Date, to: CaseStatus, planDate: string | null }[]
  centre: string | null
  communityName: string | null
}

/** What may be told without sign-in: state, times and the unit that has it; no person, no text, no doorway. */
export function reportStatus({ own, head, joined, steps, centre, communityName }: ReportFacts): ReportStatus {
  const state = publicState(head.status)
  const told: ReportStatus['steps'] = [
    { state: 'received', at: own.reportedAt },
  ]
  for (const { at, to } of steps) {
    const next = publicState(to)
    if (next !== told.at(-1)!.state) {
      told.push({
        state: next,
        at: at.toISOString(),
      })
    }
  }
  return {
    number: own.id,
    kind: own.kind,
    topic: own.topic,
    state,
    responsible: unitOf(state, centre, communityName),
    joined,
    reportedAt: own.reportedAt,
    dueAt: state === 'done' || state === 'answered'
      ? null
      : head.dueAt,
    planDate: state === 'planned'
      ? steps.findLast(({ planDate }) => planDate !== null)?.planDate ?? null
      : null,
    steps: told,
  }
}

/** A merged head cannot be (a merge is followed to its end); should it be, it is at work. */
function publicState(status: CaseStatus): ReportState {
  return status === 'merged'
    ? 'working'
    : reportStateOf[status]
}

/** The centre has it until it is given to somebody, and again when it comes back; then the community where it lies. */
function unitOf(state: ReportState, centre: string | null, community: string | null): string {
  const isInHouse = state === 'received' || state === 'again' || state === 'answered'
  return (!isInHouse && community) || (centre === null
    ? '慧治中心'
    : `${centre}慧治中心`)
}
