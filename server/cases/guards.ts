import type { CaseActionInput } from '#contract/case.ts'
import type { Actor, CaseState } from './case-state.ts'
import { finalStatuses } from './case-state.ts'
import { deadlineOnDay } from './deadline.ts'

export type Guard
  = | 'first-return' | 'assigned' | 'plan-ahead' | 'independent' | 'called-back' | 'all-called-back'
    | 'head-answered' | 'head-over' | 'mergeable' | 'second-key' | 'plan-still-ahead'

export interface GuardContext {
  input: CaseActionInput
  actor: Actor
  /** Codes of the regions in which the case lies. */
  regions: readonly string[]
  now: Date
  /** The case named in `input.into`; null when there is none. `self`: it is this case, or merged into it. */
  target: { status: CaseState['status'], self: boolean } | null
}

const furthestPlanMs = 5 * 366 * 86_400_000

/** What a status alone cannot say. Each answers why not, or null. */
export const guards: Record<Guard, (state: CaseState, context: GuardContext) => string | null> = {
  'first-return': state =>
    state.returnRuled ? 'A return of this case was ruled on already; there is no second one.' : null,

  'assigned': state =>
    state.assignee === null
      ? 'Nobody has this case; dispatch it first.'
      : null,

  'plan-ahead': (_, { input, now }) => {
    if (input.planDate === undefined)
      return null
    const planned = deadlineOnDay(input.planDate)
    if (planned <= now)
      return 'The plan date has passed.'
    return planned.getTime() > now.getTime() + furthestPlanMs
      ? 'The plan date lies more than five years ahead.'
      : null
  },

  'plan-still-ahead': (state, { input, now }) =>
    input.planDate === undefined && (state.planDate === null || deadlineOnDay(state.planDate) <= now)
      ? 'The plan date has passed; give a new one or go on with the work.'
      : null,

  'independent': (state, { actor }) =>
    isHandler(state, actor)
      ? 'Whoever handled a case does not call back on it.'
      : null,

  'called-back': state =>
    state.satisfied !== true || state.solved === false
      ? 'A call-back that ended satisfied must come first.'
      : null,

  'second-key': (state, { actor }) => {
    if (state.closeProposedBy === null)
      return 'The closing must be asked for first (propose-close).'
    return actor.id === state.closeProposedBy || isHandler(state, actor)
      ? 'The closing needs two keys: somebody else grants it than the one who asked for it or handled the case.'
      : null
  },

  'all-called-back': state =>
    state.complainantsToCall > 0
      ? `${state.complainantsToCall} merged complainant(s) must be called back first.`
      : null,

  'head-answered': state =>
    state.status === 'merged' && !['resolved', 'closed', 'archived'].includes(state.headStatus ?? '')
      ? 'The case that this one was merged into is not resolved yet.'
      : null,

  'head-over': state =>
    state.status === 'merged' && !['closed', 'archived'].includes(state.headStatus ?? '')
      ? 'The case that this one was merged into is not closed yet.'
      : null,

  'mergeable': (_, { input, target }) => {
    if (!target)
      return `There is no case ${input.into}.`
    if (target.self)
      return 'A case cannot be merged into itself or into one that was merged into it.'
    return finalStatuses.includes(target.status)
      ? `Case ${input.into} is ${target.status}; merge into an open one.`
      : null
  },
}

/** Whether this person has the case in hand, or reported it done. */
function isHandler(state: CaseState, { id }: Actor): boolean {
  return id === state.resolvedBy || id === state.assignee
}
