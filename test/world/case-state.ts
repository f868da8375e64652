import type { CaseAction, CaseActionInput } from '#contract/case.ts'
import type { Actor, CaseState } from '../../server/cases/case-state.ts'
import type { DecisionContext } from '../../server/cases/decide.ts'
import { chinaCalendar } from '../../server/cases/china-calendar.ts'
import { decide } from '../../server/cases/decide.ts'
import { defaultCaseRules } from '../../server/cases/terms.ts'

export const noon = new Date('2026-11-24T12:00:00+08:00')

/** A case that was just registered, unless said otherwise. */
export function aCase(said: Partial<CaseState> = {}): CaseState {
  return {
    status: 'registered',
    term: '5wd',
    dueAt: new Date('2026-12-01T23:59:59+08:00'),
    clockPausedAt: null,
    dueBeforePause: null,
    closedAt: null,
    assignee: null,
    supervised: false,
    satisfied: null,
    calledBackAt: null,
    dissatisfiedInRow: 0,
    mergedInto: null,
    returnRuled: false,
    resolvedBy: null,
    resolvedAt: null,
    contactedAt: null,
    solved: null,
    closeProposedBy: null,
    promised: false,
    dueMissingYear: null,
    warnAt: new Date('2026-11-30T23:59:59+08:00'),
    card: null,
    planDate: null,
    reviewAt: null,
    headStatus: null,
    complainantsToCall: 0,
    ...said,
  }
}

const duty: Actor = { id: 'd1', role: 'duty' }
const colleague: Actor = { id: 'd2', role: 'duty' }

export const decisionContext: DecisionContext = {
  actor: duty,
  regions: ['990101001', '990101001001', '990101001001001'],
  now: noon,
  rules: defaultCaseRules,
  calendar: chinaCalendar,
  target: null,
}

/** The case after some actions, by a duty officer and a colleague who calls back and closes; throws at the first refusal. */
export function after(state: CaseState, ...steps: [action: CaseAction, input?: CaseActionInput, actor?: Actor][]): CaseState {
  return steps.reduce((state, [action, input = {}, actor = action === 'call-back' || action === 'close'
    ? colleague
    : duty]) => {
    const decision = decide(state, action, input, { ...decisionContext, actor })
    if ('refused' in decision)
      throw new Error(JSON.stringify(decision.refused))
    return {
      ...state,
      ...decision.ok.set,
    }
  }, state)
}

/** Why an action is refused; null when it is not. */
export function refusalOf(state: CaseState, action: CaseAction, input: CaseActionInput = {}, context: Partial<DecisionContext> = {}) {
  const decision = decide(state, action, input, {
    ...decisionContext,
    ...context,
  })
  return 'refused' in decision
    ? decision.refused
    : null
}
