import type { CaseStatus } from '#contract/case.ts'
import type { Role } from '#contract/role.ts'

/** What the rules look at. Nothing about the person or the matter: rules decide the same for all. */
export interface CaseState {
  status: CaseStatus
  /** Term class of its deadline. */
  term: string | null
  dueAt: Date | null
  clockPausedAt: Date | null
  dueBeforePause: Date | null
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
  /** Who reported it done. */
  resolvedBy: string | null
  /** Status of the case in `mergedInto`. */
  headStatus: CaseStatus | null
  /** Complainants of cases merged into this one who have not said yet that they are satisfied. */
  complainantsToCall: number
}

export interface Actor {
  /** Account or officer id. */
  id: string
  role: Role
}

/**
 * Whoever sits at the machine while there is no sign-in. Nobody can tell two such people apart, so rules that ask for
 * a different person let it pass.
 */
export const unsignedActor: Actor = { id: 'loopback', role: 'admin' }

/** Taken off the account, filed away, or answered for by another case. */
export const finalStatuses: readonly CaseStatus[] = ['closed', 'archived', 'merged']
