import type { CaseCard, CaseStatus } from '#contract/case.ts'
import type { Role } from '#contract/role.ts'

/** What the rules look at. Nothing about the person or the matter: rules decide the same for all. */
export interface CaseState {
  status: CaseStatus
  /** Term class of its deadline. */
  term: string | null
  dueAt: Date | null
  clockPausedAt: Date | null
  dueBeforePause: Date | null
  /** The deadline is a day that somebody promised, not one that the term counted. */
  promised: boolean
  /** Year whose holiday notice is missing, so that there is no deadline. */
  dueMissingYear: number | null
  /** When the clock first warns. */
  warnAt: Date | null
  card: CaseCard | null
  /** On account: the dated plan, and the day of the next review, 'YYYY-MM-DD'. */
  planDate: string | null
  reviewAt: string | null
  closedAt: Date | null
  /** Officer id. */
  assignee: string | null
  supervised: boolean
  /** Answer of the last valid call-back since it was last reported done. */
  satisfied: boolean | null
  calledBackAt: Date | null
  dissatisfiedInRow: number
  /** The case that answers for this one. */
  mergedInto: string | null
  /** A return was ruled on: there is no second one. */
  returnRuled: boolean
  /** Who reported it done, and when; null again when it is brought back. */
  resolvedBy: string | null
  resolvedAt: Date | null
  /** When the resident was first spoken to. */
  contactedAt: Date | null
  /** Second answer of the last valid call-back: whether the matter is solved. */
  solved: boolean | null
  /** Who turned the first key of the closing. */
  closeProposedBy: string | null
  /** Status of the case in `mergedInto`. */
  headStatus: CaseStatus | null
  /** Complainants of cases merged into this one who have not said yet that they are satisfied. */
  complainantsToCall: number
}

export interface Actor {
  /** officers.id of a grid worker, by which cases are given to him; else the account's; system for the program. */
  id: string
  role: Role | 'system'
  /** Community or grid that the account is bound to. */
  region?: string | null
  /** users.id, where it is another. */
  account?: string
}

/** Taken off the account, filed away, or answered for by another case. */
export const finalStatuses: readonly CaseStatus[] = ['closed', 'archived', 'merged']
