import type { CaseAction, CaseActionInput } from '#contract/case.ts'
import type { CaseState } from './case-state.ts'
import type { Guard, GuardContext } from './guards.ts'
import type { CaseRules } from './terms.ts'
import type { Outcome, Transition, Who } from './transitions.ts'
import type { WorkingCalendar } from './working-calendar.ts'
import { cardAt, isTimed, lowerCard, warningOf } from './clock.ts'
import { deadlineAfterPause, deadlineOnDay } from './deadline.ts'
import { guards } from './guards.ts'
import { termClass } from './terms.ts'
import { transitions } from './transitions.ts'
import { chinaDayOf, textOfDay } from './working-calendar.ts'

export interface CaseChange {
  /** The row that applied. */
  transition: Transition
  /** Only what is different from before. */
  set: Partial<CaseState>
  /** Year whose holiday notice is missing, so that the deadline could not be moved and is unknown now. */
  missingYear?: number
}

/** not-allowed: not this person's to do. missing: the input lacks something. The others: not now. */
export type Refusal
  = | { reason: 'not-allowed', detail: string }
    | { reason: 'missing', errors: { path: string, message: string }[] }
    | { reason: 'illegal-transition', detail: string }
    | { reason: 'not-yet', detail: string, guard: Guard }

export type Decision = { ok: CaseChange } | { refused: Refusal }

export interface DecisionContext extends Omit<GuardContext, 'input'> {
  rules: CaseRules
  calendar: WorkingCalendar
}

/** What an action does to a case, or why it may not be done. Pure: the same question always has the same answer. */
export function decide(state: CaseState, action: CaseAction, input: CaseActionInput, context: DecisionContext): Decision {
  const rows = transitions.filter(row => row.action === action)
  const allowed = rows.map(row => mayAct(state, row.who, context))
  if (!allowed.includes(true)) {
    return {
      refused: {
        reason: 'not-allowed',
        detail: rows.some(row => context.actor.role in row.who)
          ? `This case is not yours to ${action}: it belongs to somebody else or lies elsewhere.`
          : `The role ${context.actor.role} may not ${action} a case.`,
      },
    }
  }

  const here = rows.filter(row => row.from.includes(state.status))
  if (here.length === 0) {
    const from = [
      ...new Set(rows.flatMap(row => row.from)),
    ].join(', ')
    return {
      refused: { reason: 'illegal-transition', detail: `A case that is ${state.status} cannot ${action}; possible from ${from}.` },
    }
  }

  // An action with several rows needs its answer first: what else it needs depends on that.
  const row = here.find(row => row.outcome === outcomeOf(action, input))
  const needs = row
    ? row.needs ?? []
    : here[0]!.needs!.filter(need => need === 'granted' || need === 'satisfied')
  const errors = needs.filter(need => input[need] === undefined).map(need => ({ path: need, message: `${action} needs ${need}` }))
  if (!row || errors.length > 0) {
    return {
      refused: { reason: 'missing', errors },
    }
  }

  for (const guard of row.guards ?? []) {
    const detail = guards[guard](state, { ...context, input })
    if (detail !== null) {
      return {
        refused: { reason: 'not-yet', detail, guard },
      }
    }
  }

  const { set: clockSet, missingYear } = clockChange(row, state, input, context)
  const set: Partial<CaseState> = {
    status: row.to === 'unchanged'
      ? state.status
      : row.to,
    ...row.sets?.(state, input, { actorId: context.actor.id, now: context.now }),
    ...clockSet,
  }
  Object.assign(set, cardChange(state, {
    ...state,
    ...set,
  }, context))
  return {
    ok: {
      transition: row,
      set: onlyDifferent(state, set),
      ...(missingYear !== undefined && { missingYear }),
    },
  }
}

function outcomeOf(action: CaseAction, input: CaseActionInput): Outcome | undefined {
  if (action === 'rule-return' || action === 'rule-extension') {
    return input.granted === undefined
      ? undefined
      : input.granted ? 'granted' : 'denied'
  }
  if (action === 'call-back') {
    if (input.satisfied === undefined)
      return undefined
    if (input.satisfied === null)
      return 'unreached'
    return input.satisfied && input.solved !== false
      ? 'satisfied'
      : 'dissatisfied'
  }
  return undefined
}

function clockChange(
  row: Transition,
  state: CaseState,
  input: CaseActionInput,
  { now, rules, calendar }: DecisionContext,
): { set: Partial<CaseState>, missingYear?: number } {
  switch (row.clock) {
    case undefined:
      return { set: {} }
    case 'moves':
      return {
        set: {
          dueAt: deadlineOnDay(input.planDate!),
          dueMissingYear: null,
          promised: true,
        },
      }
    case 'pauses':
      return rules.pausingStatuses.includes(row.to as CaseState['status'])
        ? {
            set: {
              clockPausedAt: now,
              dueBeforePause: state.dueAt,
              dueAt: deadlineOnDay(input.planDate!),
              reviewAt: nextReview(input.planDate!, now, rules),
            },
          }
        : { set: {} }
    case 'plans': {
      const plan = input.planDate ?? state.planDate!
      return {
        set: {
          reviewAt: nextReview(plan, now, rules),
          ...(state.clockPausedAt !== null && {
            dueAt: deadlineOnDay(plan),
          }),
        },
      }
    }
    case 'stops': {
      // A case on account that is merged: its clock stands still only while it is on account.
      const resumed = resume(state, now, rules, calendar)
      return {
        ...resumed,
        set: { ...resumed.set, closedAt: now },
      }
    }
    case 'resumes':
      return resume(state, now, rules, calendar)
    case 'restarts':
      return {
        set: { closedAt: null },
      }
  }
}

function resume(state: CaseState, now: Date, rules: CaseRules, calendar: WorkingCalendar): { set: Partial<CaseState>, missingYear?: number } {
  if (state.clockPausedAt === null)
    return { set: {} }
  const set: Partial<CaseState> = { clockPausedAt: null, dueBeforePause: null, dueAt: null }
  if (state.dueBeforePause === null) // its deadline was unknown before, and still is
    return { set }
  const moved = deadlineAfterPause({
    term: termClass(rules, state.term),
    dueAt: state.dueBeforePause,
    pausedAt: state.clockPausedAt,
    resumedAt: now,
  }, calendar)
  return 'answer' in moved
    ? {
        set: { ...set, dueAt: moved.answer },
      }
    : {
        set: { ...set, dueMissingYear: moved.missingYear },
        missingYear: moved.missingYear,
      }
}

/** A deadline that moved has another warning; a case at rest has no card, and what goes on lowers one at most. */
function cardChange(before: CaseState, after: CaseState, context: DecisionContext): Partial<CaseState> {
  const reviewAt = after.clockPausedAt === null
    ? null
    : after.reviewAt
  const moved = after.dueAt?.getTime() !== before.dueAt?.getTime() || reviewAt !== before.reviewAt
  const warnAt = moved
    ? warningOf({ ...after, promised: after.promised || after.clockPausedAt !== null, reviewAt }, context)
    : after.warnAt
  if (!isTimed(after.status))
    return { warnAt, card: null }
  return {
    warnAt,
    card: moved
      ? lowerCard(before.card, cardAt(context.now, { ...after, warnAt }))
      : before.card,
  }
}

function nextReview(planDate: string, now: Date, rules: CaseRules): string {
  const review = textOfDay(chinaDayOf(now) + rules.reviewDays)
  return review < planDate
    ? review
    : planDate
}

/** By what the role is to the case: given to him, lying in his region, or whichever. */
export function mayAct(state: CaseState, who: Who, { actor, regions }: Pick<DecisionContext, 'actor' | 'regions'>): boolean {
  switch (who[actor.role]) {
    case 'any':
      return true
    case 'region':
      return regions.includes(actor.region ?? '')
    case 'own':
      return state.assignee !== null && state.assignee === actor.id
    default:
      return false
  }
}

function onlyDifferent(state: CaseState, set: Partial<CaseState>): Partial<CaseState> {
  return Object.fromEntries(Object.entries(set).filter(([name, value]) => {
    const before = state[name as keyof CaseState]
    return value instanceof Date && before instanceof Date
      ? value.getTime() !== before.getTime()
      : value !== before
  }))
}
