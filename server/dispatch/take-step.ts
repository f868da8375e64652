import type { AssignmentStepInput, Suggestions } from '#contract/dispatch.ts'
import type { CaseAction, CaseStatus } from '#contract/case.ts'
import type { Tx } from '../../db/connect.ts'
import type { AssignmentPatch, AssignmentRow } from '../../db/queries/assignments.ts'
import type { CaseRow } from '../../db/queries/cases.ts'
import type { Acted } from '../cases/act-on-case.ts'
import type { CaseContextWithSql } from '../cases/case-context.ts'
import type { Actor } from '../cases/case-state.ts'
import type { Step, StepRow } from './assignment-steps.ts'
import type { StepActor, StepDecision } from './decide-step.ts'
import type { Offered } from './offer-case.ts'
import { findAssignment, insertAssignmentStep, patchAssignment } from '../../db/queries/assignments.ts'
import { lockCase } from '../../db/queries/case-states.ts'
import { act } from '../cases/act-on-case.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { assignmentEvent } from './assignment-event.ts'
import { decideStep } from './decide-step.ts'
import { offerCase } from './offer-case.ts'

export interface StepRequest {
  id: string
  step: Step
  input: AssignmentStepInput
  actor: Actor & StepActor
  /** What was proposed for the case at that moment: kept with a reassignment; after a decline or a time-out the next comes from it. */
  proposed?: Suggestions | undefined
}

export type Stepped
  = | { done: AssignmentRow }
    | { notFound: true }
    | { refused: Exclude<StepDecision, { ok: unknown }>, current: AssignmentRow }
    | { acted: Exclude<Acted, { done: unknown }> }
    | { notOffered: Exclude<Offered, { offered: unknown }> }

/** An action of the case is left out where its status has it behind it. */
const goesFrom: Partial<Record<CaseAction, readonly CaseStatus[]>> = {
  start: ['accepted'],
}

/** Takes one step of an assignment, and its case's, in the caller's transaction; unless it is done, roll back. */
export async function takeStep(tx: Tx, context: CaseContextWithSql, { id, step, input, actor, proposed }: StepRequest): Promise<Stepped> {
  const now = context.now()
  const known = await findAssignment(tx, id)
  if (!known)
    return { notFound: true }
  const { locked } = await lockCase(tx, known.case_id)
  const current = (await findAssignment(tx, id))!
  const decision = decideStep({
    state: current.state,
    officer: current.officer,
    nearAt: current.near_at,
    helpAt: current.help_at,
  }, step, input, actor)
  if (!('ok' in decision))
    return { refused: decision, current }

  const row = decision.ok
  let stepped: AssignmentRow | null = null
  const write = async (tx: Tx, place: CaseRow) => {
    if (stepped)
      return []
    stepped = await patchAssignment(tx, id, {
      ...patchOf(row, input, current, now),
      ...(row.to === 'declined' || row.to === 'expired') && {
        proposed: nextOf(proposed, current.officer),
      },
    })
    await insertAssignmentStep(tx, stepped, {
      at: now,
      said_at: input.at === undefined
        ? null
        : new Date(input.at),
      step,
      actor: actor.id,
      from_state: current.state,
      to_state: stepped.state,
      reason: input.reason ?? null,
    })
    return [
      assignmentEvent(row.to === 'unchanged'
        ? step
        : stepped.state, stepped, place),
    ]
  }

  let status = locked!.status
  for (const action of row.caseActions ?? []) {
    if (goesFrom[action] && !goesFrom[action].includes(status))
      continue
    if (action === 'dispatch') {
      const offered = await offerCase(tx, context, {
        caseId: current.case_id,
        actor,
        officer: input.officer!,
        note: input.note,
        answerMinutes: input.answerMinutes,
        despite: input.despite,
        proposed,
      })
      return 'offered' in offered
        ? { done: offered.offered }
        : { notOffered: offered }
    }
    const acted = await act(tx, context, {
      id: current.case_id,
      action,
      input: {
        ...input.reason !== undefined && { reason: input.reason },
        ...input.evidence && { evidence: input.evidence },
      },
      // Whoever may take the step may do what it does to the case; the history names him.
      actor: action === 'recall'
        ? { ...actor, role: 'system' }
        : actor,
      alongside: (tx, { after }) => write(tx, after),
    })
    if (!('done' in acted))
      return { acted }
    status = acted.done.properties.status
  }
  if (!stepped)
    await appendBySubdistrict(tx, await write(tx, locked!))
  return { done: stepped! }
}

/** Whoever would not is not asked again; he was still to be asked when the proposal was made. */
function nextOf(proposed: Suggestions | undefined, lastAsked: string): string | null {
  return proposed?.suggested.find(({ officer }) => officer !== lastAsked)?.officer ?? null
}

/** A clock of a phone may be wrong: what it says is held between the last step and now. */
function timeOf({ at }: AssignmentStepInput, current: AssignmentRow, now: Date): Date {
  const said = at === undefined
    ? now.getTime()
    : Date.parse(at)
  const earliest = (current.arrived_at ?? current.set_out_at ?? current.accepted_at ?? current.offered_at).getTime()
  return new Date(Math.min(now.getTime(), Math.max(earliest, said)))
}

function patchOf({ step, to }: StepRow, input: AssignmentStepInput, current: AssignmentRow, now: Date): AssignmentPatch {
  const at = timeOf(input, current, now)
  const reason = input.reason ?? null
  const ended = {
    answer_by: null,
    ended_at: at,
    reason,
    help_at: null,
    help_reason: null,
  }
  switch (step) {
    case 'accept':
      return { state: 'accepted', accepted_at: at, answer_by: null }
    case 'en-route':
      return { state: 'en-route', set_out_at: at }
    case 'arrive':
      return { state: 'arrived', arrived_at: at }
    case 'near':
      return { near_at: now }
    case 'help':
      return { help_at: at, help_reason: reason }
    case 'helped':
      return { help_at: null, help_reason: null }
    case 'done':
      return { ...ended, state: 'done', reason: null }
    case 'decline':
    case 'expire':
      return { ...ended, state: to as AssignmentRow['state'] }
    case 'recall':
      return { ...ended, state: 'recalled', end_cause: 'recalled' }
    case 'reassign':
      return { ...ended, state: 'recalled', end_cause: 'reassigned' }
    case 'dismiss':
      return { ...ended, state: 'recalled', end_cause: 'dismissed' }
  }
}
