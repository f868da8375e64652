import type { HandlingState } from '#contract/places.ts'
import type { HandlingNeed, HandlingStepName, HandlingTermName } from '#contract/wage-handling.ts'
import type { Role } from '#contract/role.ts'
import type { HandlingGuard } from './handling-guards.ts'

/** Which answer of a step a row is about; steps without an answer have one row. */
export type HandlingOutcome = 'part' | 'full' | 'confirmed' | 'denied' | 'paid' | 'unfounded'

export interface HandlingRule {
  step: HandlingStepName
  outcome?: HandlingOutcome
  /** null: it opens the handling */
  from: readonly (HandlingState | null)[]
  to: HandlingState | 'unchanged'
  needs: readonly HandlingNeed[]
  guards?: readonly HandlingGuard[]
  who: readonly Role[]
  /** Until when what follows has to come; 'payBy': the day that the order sets. The term runs on where absent. */
  term?: HandlingTermName | 'payBy' | 'none'
  /** Who took this step had it in hand, and is no second pair of eyes. */
  isWork?: true
}

/** The main way; what lies between is left out with a reason only. */
export const handlingWay: readonly HandlingState[] = [
  'complained',
  'checked',
  'ordered',
  'paid',
  'closed',
]
const open: readonly HandlingState[] = handlingWay.slice(0, -1)
const handlers: readonly Role[] = ['duty', 'community']
/** Who had it in hand is left out by the guards, not by the role. */
const others: readonly Role[] = ['duty', 'inspector']

/**
 * What is done about unpaid wages at a worksite, as one table: 投诉 → 核查 → 责令限期支付 → 支付凭证 → 回访 → 销案, and the side roads.
 *
 * Sources: 保障农民工工资支付条例 art. 4 (the subdistrict looks for disputes and settles them), 10 (who complained is told the result),
 * 29, 30, 36, 37 (who pays); 劳动保障监察条例 art. 17 (term), 26 (the order; up to once the sum on top when it is not obeyed). Call-back and
 * two keys as with a case (server/cases/transitions.ts).
 */
export const handlingSteps: readonly HandlingRule[] = [
  {
    step: 'complain',
    from: [null],
    to: 'complained',
    needs: ['yuan', 'people', 'note'],
    who: handlers,
    term: 'check',
  },
  {
    step: 'link',
    from: open,
    to: 'unchanged',
    needs: ['cases'],
    who: handlers,
  },
  {
    step: 'check',
    from: ['complained', 'checked'],
    to: 'checked',
    needs: ['yuan', 'people', 'note'],
    guards: ['not-proposed'],
    who: handlers,
    term: 'order',
    isWork: true,
  },

  // A second order goes to whoever has to pay next.
  {
    step: 'order',
    from: ['complained', 'checked', 'ordered'],
    to: 'ordered',
    needs: [
      'addressee',
      'article',
      'yuan',
      'people',
      'payBy',
      'issuer',
    ],
    guards: ['not-proposed'],
    who: handlers,
    term: 'payBy',
    isWork: true,
  },
  {
    step: 'transfer',
    from: ['checked', 'ordered'],
    to: 'unchanged',
    needs: ['unit', 'note'],
    guards: ['not-proposed'],
    who: handlers,
    isWork: true,
  },
  {
    step: 'receipt',
    from: open,
    to: 'unchanged',
    needs: ['ofStep', 'receivedBy', 'manner'],
    guards: ['has-papers'],
    who: handlers,
    isWork: true,
  },
  {
    step: 'pay',
    outcome: 'part',
    from: ['complained', 'checked', 'ordered'],
    to: 'unchanged',
    needs: ['yuan', 'people', 'documents'],
    guards: ['not-proposed'],
    who: handlers,
    isWork: true,
  },
  {
    step: 'pay',
    outcome: 'full',
    from: ['complained', 'checked', 'ordered'],
    to: 'paid',
    needs: ['yuan', 'people', 'documents'],
    guards: ['not-proposed'],
    who: handlers,
    term: 'call-back',
    isWork: true,
  },
  {
    step: 'call-back',
    outcome: 'confirmed',
    from: ['paid'],
    to: 'unchanged',
    needs: ['confirmed', 'people'],
    guards: ['independent', 'not-proposed'],
    who: others,
    term: 'close',
  },

  // The proofs count no more: it is checked anew.
  {
    step: 'call-back',
    outcome: 'denied',
    from: ['paid'],
    to: 'checked',
    needs: ['confirmed', 'people', 'note'],
    guards: ['independent', 'not-proposed'],
    who: others,
    term: 'order',
  },
  {
    step: 'propose-close',
    outcome: 'paid',
    from: ['paid'],
    to: 'unchanged',
    needs: [],
    guards: ['not-proposed', 'confirmed'],
    who: handlers,
    isWork: true,
  },
  {
    step: 'propose-close',
    outcome: 'unfounded',
    from: ['checked'],
    to: 'unchanged',
    needs: ['note'],
    guards: ['not-proposed', 'nothing-owed'],
    who: handlers,
    isWork: true,
  },

  // Two keys: whoever asks for the closing does not turn the second.
  {
    step: 'close',
    outcome: 'paid',
    from: ['paid'],
    to: 'closed',
    needs: [],
    guards: [
      'proposed',
      'confirmed',
      'second-key',
      'callers-answered',
    ],
    who: others,
    term: 'none',
  },
  {
    step: 'close',
    outcome: 'unfounded',
    from: ['checked'],
    to: 'closed',
    needs: [],
    guards: [
      'proposed',
      'nothing-owed',
      'second-key',
      'callers-answered',
    ],
    who: others,
    term: 'none',
  },
  {
    step: 'send-back',
    from: ['checked', 'paid'],
    to: 'unchanged',
    needs: ['note'],
    guards: ['proposed', 'second-key'],
    who: others,
  },
  {
    step: 'reopen',
    from: ['closed'],
    to: 'checked',
    needs: ['note'],
    who: ['duty', 'community', 'inspector'],
    term: 'order',
  },
]
