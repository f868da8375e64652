import type { CaseNeed } from '#contract/case-work.ts'
import type { CaseAction, CaseActionInput, CaseStatus } from '#contract/case.ts'
import type { Actor, CaseState } from './case-state.ts'
import type { Guard } from './guards.ts'

/** Which answer of an action a row is about; actions without an answer have one row. */
export type Outcome = 'granted' | 'denied' | 'satisfied' | 'dissatisfied' | 'unreached'

/** any: every case · region: those that lie in his region · own: those that were given to him. */
export type Relation = 'any' | 'region' | 'own'
export type Who = Partial<Record<Actor['role'], Relation>>

/**
 * What happens to the deadline. pauses: it stands still and the plan date takes its place. resumes: it goes on where it
 * stood. moves: the plan date becomes the deadline. stops: the case is over, or another one answers for it. restarts: a case that was over is not, and
 * its old deadline counts again (its age is kept). plans: it goes on standing still, the plan and its review are dated anew.
 */
export type Clock = 'pauses' | 'plans' | 'resumes' | 'moves' | 'stops' | 'restarts'

export interface Transition {
  action: CaseAction
  outcome?: Outcome
  /** The action's name on the diagram and in the ledger. */
  name: string
  from: readonly CaseStatus[]
  to: CaseStatus | 'unchanged'
  needs?: readonly CaseNeed[]
  guards?: readonly Guard[]
  /** The clock runs on when absent. */
  clock?: Clock
  who: Who
  /** Type of the event that the log gets. */
  event: `case.${string}`
  /** What else changes, beside the status and the clock. */
  sets?: (state: CaseState, input: CaseActionInput, by: { actorId: string, now: Date }) => Partial<CaseState>
}

// Whoever keeps the accounts does not work on cases (等保: separate roles).
const centre: Who = { duty: 'any' }
const handlers: Who = { duty: 'any', community: 'region', grid: 'own' }
const supervisors: Who = { duty: 'any', inspector: 'any' }

const open: readonly CaseStatus[] = [
  'registered',
  'dispatched',
  'accepted',
  'return-requested',
  'in-progress',
  'extension-requested',
  'resolved',
  'reopened',
  'suspended',
]
const answered: readonly CaseStatus[] = ['resolved', 'closed', 'merged']

/**
 * The life of a case (受理 → 派单 → 签收 → 办理 → 办结 → 回访 → 销号 → 归档, and the side roads) as one table.
 * Rules that a status alone cannot express are in `guards`. `registered` is where every case begins; 归档 is
 * reached only through a call-back that ended satisfied.
 *
 * Sources: 济南市12345市民服务热线条例 art. 24 (plan date), 27 (call-back, 重办), 28 (督办), 29 (one handler);
 * 潍坊 for the single return.
 */
export const transitions: readonly Transition[] = [
  {
    action: 'locate',
    name: '定位',
    from: [...open, 'closed', 'merged'],
    to: 'unchanged',
    needs: ['location'],
    who: handlers,
    event: 'case.located',
  },
  {
    action: 'dispatch',
    name: '派单',
    from: ['registered', 'reopened', 'dispatched'],
    to: 'dispatched',
    needs: ['assignee'],
    who: centre,
    event: 'case.dispatched',
    sets: (_, input) => ({ assignee: input.assignee ?? null }),
  },

  // The one who was sent declined, did not answer or is called back (server/dispatch): the case waits again, its clock runs on.
  {
    action: 'recall',
    name: '撤回派单',
    from: [
      'dispatched',
      'accepted',
      'in-progress',
      'extension-requested',
    ],
    to: 'registered',
    who: { duty: 'any', system: 'any' },
    event: 'case.recalled',
    sets: () => ({ assignee: null }),
  },
  {
    action: 'accept',
    name: '签收',
    from: ['dispatched'],
    to: 'accepted',
    who: handlers,
    event: 'case.accepted',
  },
  {
    action: 'contact',
    name: '联系诉求人',
    from: [
      'registered',
      'dispatched',
      'accepted',
      'return-requested',
      'in-progress',
      'extension-requested',
      'reopened',
      'suspended',
    ],
    to: 'unchanged',
    who: handlers,
    event: 'case.contacted',
    sets: (state, _, by) => ({ contactedAt: state.contactedAt ?? by.now }),
  },

  // Photos and notes as they come in, as from the call itself or from a visit: proof of the work belongs to reporting it done.
  {
    action: 'add-evidence',
    name: '补充材料',
    from: [...open, 'closed', 'merged'],
    to: 'unchanged',
    needs: ['evidence'],
    who: handlers,
    event: 'case.evidence-added',
  },
  {
    action: 'request-return',
    name: '退单申请',
    from: ['dispatched', 'accepted'],
    to: 'return-requested',
    needs: ['reason'],
    guards: ['first-return'],
    who: handlers,
    event: 'case.return-requested',
  },
  {
    action: 'rule-return',
    outcome: 'granted',
    name: '异议裁定: 准予退单',
    from: ['return-requested'],
    to: 'registered',
    needs: ['granted', 'reason'],
    who: centre,
    event: 'case.return-ruled',
    sets: () => ({ assignee: null, returnRuled: true }),
  },
  {
    action: 'rule-return',
    outcome: 'denied',
    name: '异议裁定: 不予退单',
    from: ['return-requested'],
    to: 'dispatched',
    needs: ['granted', 'reason'],
    who: centre,
    event: 'case.return-ruled',
    sets: () => ({ returnRuled: true }),
  },
  {
    action: 'start',
    name: '办理',
    from: ['accepted', 'reopened'],
    to: 'in-progress',
    guards: ['assigned'],
    who: handlers,
    event: 'case.started',
  },
  {
    action: 'request-extension',
    name: '延期申请',
    from: ['accepted', 'in-progress'],
    to: 'extension-requested',
    needs: ['reason', 'planDate'],
    guards: ['plan-ahead'],
    who: handlers,
    event: 'case.extension-requested',
  },
  {
    action: 'rule-extension',
    outcome: 'granted',
    name: '准予延期',
    from: ['extension-requested'],
    to: 'in-progress',
    needs: ['granted', 'planDate'],
    guards: ['plan-ahead'],
    clock: 'moves',
    who: centre,
    event: 'case.extension-ruled',
  },
  {
    action: 'rule-extension',
    outcome: 'denied',
    name: '不予延期',
    from: ['extension-requested'],
    to: 'in-progress',
    needs: ['granted', 'reason'],
    who: centre,
    event: 'case.extension-ruled',
  },
  {
    action: 'suspend',
    name: '挂账',
    from: [
      'dispatched',
      'accepted',
      'in-progress',
      'reopened',
    ],
    to: 'suspended',
    needs: ['reason', 'planDate'],
    guards: ['assigned', 'plan-ahead'],
    clock: 'pauses',
    who: handlers,
    event: 'case.suspended',
    sets: (_, input) => ({ planDate: input.planDate ?? null }),
  },
  {
    action: 'review',
    name: '挂账复核',
    from: ['suspended'],
    to: 'unchanged',
    needs: ['reason'],
    guards: ['plan-ahead', 'plan-still-ahead'],
    clock: 'plans',
    who: handlers,
    event: 'case.reviewed',
    sets: (state, input) => ({ planDate: input.planDate ?? state.planDate }),
  },
  {
    action: 'resume',
    name: '恢复办理',
    from: ['suspended'],
    to: 'in-progress',
    clock: 'resumes',
    who: handlers,
    event: 'case.resumed',
    sets: () => ({ planDate: null, reviewAt: null }),
  },

  // A fresh report asks for a fresh answer: an earlier call-back says nothing about this work.
  {
    action: 'resolve',
    name: '办结',
    from: ['in-progress', 'extension-requested'],
    to: 'resolved',
    needs: ['evidence'],
    who: handlers,
    event: 'case.resolved',
    sets: (_, __, by) => ({
      satisfied: null,
      solved: null,
      calledBackAt: null,
      resolvedBy: by.actorId,
      resolvedAt: by.now,
      closeProposedBy: null,
    }),
  },
  {
    action: 'call-back',
    outcome: 'satisfied',
    name: '回访: 满意',
    from: answered,
    to: 'unchanged',
    needs: ['satisfied'],
    guards: ['independent', 'head-answered'],
    who: centre,
    event: 'case.called-back',
    sets: (_, input, by) => ({
      satisfied: true,
      solved: input.solved ?? null,
      calledBackAt: by.now,
      dissatisfiedInRow: 0,
    }),
  },
  {
    action: 'call-back',
    outcome: 'dissatisfied',
    name: '回访: 不满意或未解决，重办',
    from: answered,
    to: 'reopened',
    needs: ['satisfied'],
    guards: ['independent', 'head-answered'],
    clock: 'restarts',
    who: centre,
    event: 'case.called-back',
    sets: (state, input, by) => ({
      satisfied: false,
      solved: input.solved ?? null,
      calledBackAt: by.now,
      dissatisfiedInRow: state.dissatisfiedInRow + 1,
      mergedInto: null,
      resolvedAt: null,
      closeProposedBy: null,
    }),
  },
  {
    action: 'call-back',
    outcome: 'unreached',
    name: '回访: 未联系上',
    from: answered,
    to: 'unchanged',
    needs: ['satisfied'],
    guards: ['independent', 'head-answered'],
    who: centre,
    event: 'case.called-back',
  },
  {
    action: 'supervise',
    name: '督办',
    from: open,
    to: 'unchanged',
    needs: ['reason'],
    who: supervisors,
    event: 'case.supervised',
    sets: () => ({ supervised: true }),
  },

  // Two keys: whoever asks for the closing does not grant it.
  {
    action: 'propose-close',
    name: '销号申请',
    from: ['resolved'],
    to: 'unchanged',
    guards: ['called-back', 'all-called-back'],
    who: handlers,
    event: 'case.close-proposed',
    sets: (_, __, by) => ({ closeProposedBy: by.actorId }),
  },
  {
    action: 'close',
    name: '销号',
    from: ['resolved'],
    to: 'closed',
    guards: ['called-back', 'all-called-back', 'second-key'],
    clock: 'stops',
    who: centre,
    event: 'case.closed',
  },
  {
    action: 'archive',
    name: '归档',
    from: ['closed', 'merged'],
    to: 'archived',
    guards: ['called-back', 'all-called-back', 'head-over'],
    who: centre,
    event: 'case.archived',
  },
  {
    action: 'merge',
    name: '并单',
    from: open,
    to: 'merged',
    needs: ['into'],
    guards: ['mergeable'],
    clock: 'stops',
    who: { duty: 'any', system: 'any' },
    event: 'case.merged',
    sets: (_, input) => ({
      mergedInto: input.into ?? null,
      satisfied: null,
      solved: null,
      calledBackAt: null,
      closeProposedBy: null,
    }),
  },
  {
    action: 'split',
    name: '拆单',
    from: ['merged'],
    to: 'registered',
    needs: ['reason'],
    clock: 'restarts',
    who: centre,
    event: 'case.split',
    sets: () => ({
      mergedInto: null,
      assignee: null,
      resolvedAt: null,
      resolvedBy: null,
      satisfied: null,
      solved: null,
      calledBackAt: null,
    }),
  },
]
