import type { AssignmentState, AssignmentStep } from '#contract/dispatch.ts'
import type { CaseAction, CaseStatus } from '#contract/case.ts'

/** The program's own: the answer was not given in time; the position was seen at the case; the officer's account was barred. */
export type Step = AssignmentStep | 'expire' | 'near' | 'dismiss'

export interface StepRow {
  step: Step
  from: readonly AssignmentState[]
  to: AssignmentState | 'unchanged'
  /** worker: the officer himself · desk: duty officers · program: a timer or a position */
  by: 'worker' | 'desk' | 'program'
  needs?: readonly ('reason' | 'evidence' | 'officer')[]
  /** What the case does with it, in this order; an action that its status has behind it already is left out. */
  caseActions?: readonly CaseAction[]
}

/** An assignment that still binds somebody. */
export const openStates: readonly AssignmentState[] = [
  'offered',
  'accepted',
  'en-route',
  'arrived',
]
const taken: readonly AssignmentState[] = ['accepted', 'en-route', 'arrived']

/**
 * The life of an assignment (派出 → 接单 → 在途 → 到场 → 办结, and its ends) as one table. It sits on the case's: accepting
 * it is 签收, being there is 办理, done is 办结, and where it ends without being done the case waits again (撤回派单).
 */
export const assignmentSteps: readonly StepRow[] = [
  {
    step: 'accept',
    from: ['offered'],
    to: 'accepted',
    by: 'worker',
    caseActions: ['accept'],
  },
  {
    step: 'decline',
    from: ['offered'],
    to: 'declined',
    by: 'worker',
    needs: ['reason'],
    caseActions: ['recall'],
  },
  {
    step: 'en-route',
    from: ['accepted'],
    to: 'en-route',
    by: 'worker',
  },
  {
    step: 'arrive',
    from: ['accepted', 'en-route'],
    to: 'arrived',
    by: 'worker',
    caseActions: ['start'],
  },
  // Whoever had no line may report it done without having said that he set out.
  {
    step: 'done',
    from: taken,
    to: 'done',
    by: 'worker',
    needs: ['evidence'],
    caseActions: ['start', 'resolve'],
  },
  {
    step: 'help',
    from: taken,
    to: 'unchanged',
    by: 'worker',
    needs: ['reason'],
  },
  {
    step: 'helped',
    from: taken,
    to: 'unchanged',
    by: 'desk',
  },
  {
    step: 'recall',
    from: openStates,
    to: 'recalled',
    by: 'desk',
    needs: ['reason'],
    caseActions: ['recall'],
  },
  {
    step: 'reassign',
    from: openStates,
    to: 'recalled',
    by: 'desk',
    needs: ['reason', 'officer'],
    caseActions: ['recall', 'dispatch'],
  },
  {
    step: 'expire',
    from: ['offered'],
    to: 'expired',
    by: 'program',
    caseActions: ['recall'],
  },
  {
    step: 'dismiss',
    from: openStates,
    to: 'recalled',
    by: 'program',
    caseActions: ['recall'],
  },
  {
    step: 'near',
    from: ['accepted', 'en-route'],
    to: 'unchanged',
    by: 'program',
  },
]

/** Statuses in which the case of an assignment may be; the table of cases leads to no other without ending it. */
export const caseStatusesOf: Record<'offered' | 'accepted' | 'en-route' | 'arrived', readonly CaseStatus[]> = {
  'offered': ['dispatched'],
  'accepted': ['accepted', 'in-progress', 'extension-requested'],
  'en-route': ['accepted', 'in-progress', 'extension-requested'],
  'arrived': ['in-progress', 'extension-requested'],
}

export function isOpen(state: AssignmentState): state is keyof typeof caseStatusesOf {
  return openStates.includes(state)
}
