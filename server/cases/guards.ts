import type { CaseActionInput } from '#contract/case.ts'
import type { Actor, CaseState } from './case-state.ts'
import { finalStatuses, unsignedActor } from './case-state.ts'
import { deadlineOnDay } from './deadline.ts'

export type Guard
  = | 'first-return' | 'assigned' | 'plan-ahead' | 'independent' | 'called-back' | 'all-called-back'
    | 'head-answered' | 'head-over' | 'mergeable'

export interface GuardContext {
  input: CaseActionInput
  actor: Actor
  now: Date
  /** The case named in `input.into`; null when there is none. `self`: it is this case, or merged into it. */
  target: { status: CaseState['status'], self: boolean } | null
}

/** What a status alone cannot say. Each answers why not, or null. */
export const guards: Record<Guard, (state: CaseState, context: GuardContext) => string | null> = {
  'first-return': state =>
    state.returnRuled ? 'A return of this case was ruled on already; there is no second one.' : null,

  'assigned': state =>
    state.assignee === null
      ? 'Nobody has this case; dispatch it first.'
      : null,

  'plan-ahead': (_, { input, now }) =>
    input.planDate !== undefined && deadlineOnDay(input.planDate) <= now
      ? 'The plan date has passed.'
      : null,

  'independent': (state, { actor }) =>
    actor.id !== unsignedActor.id && (actor.id === state.resolvedBy || actor.id === state.assignee)
      ? 'Whoever handled a case does not call back on it.'
      : null,

  'called-back': state =>
    state.satisfied !== true
      ? 'A call-back that ended satisfied must come first.'
      : null,

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
