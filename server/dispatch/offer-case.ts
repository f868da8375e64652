import type { OfferInput, OfferObstacle, Suggestions } from '#contract/dispatch.ts'
import type { Tx } from '../../db/connect.ts'
import type { AssignmentRow } from '../../db/queries/assignments.ts'
import type { DispatchDecision } from '../../db/queries/suggestion.ts'
import type { CaseContextWithSql } from '../cases/case-context.ts'
import type { Actor } from '../cases/case-state.ts'
import type { Acted } from '../cases/act-on-case.ts'
import { randomUUID } from 'node:crypto'
import { insertAssignment, insertAssignmentStep, lockOpenAssignment, officersAskedInVain, officerStanding } from '../../db/queries/assignments.ts'
import { insertDecision } from '../../db/queries/suggestion.ts'
import { act } from '../cases/act-on-case.ts'
import { assignmentEvent } from './assignment-event.ts'

export interface Offer extends OfferInput {
  caseId: string
  actor: Actor
  /** What was proposed for the case at that moment; kept with the decision for review. */
  proposed?: Suggestions | undefined
}

export type Offered
  = | { offered: AssignmentRow }
    /** Somebody is sent there already. */
    | { busy: AssignmentRow }
    | { obstacle: OfferObstacle | 'dismissed' }
    | { unknownOfficer: true }
    | { acted: Exclude<Acted, { done: unknown }> }

/** Sends one officer to one case: 派单 and the offer in one transaction. Anything but `offered` has written nothing, or must be rolled back. */
export async function offerCase(tx: Tx, context: CaseContextWithSql, { caseId, actor, officer, note, answerMinutes, despite = [], version, proposed }: Offer): Promise<Offered> {
  const standing = await officerStanding(tx, officer)
  if (!standing)
    return { unknownOfficer: true }
  if (standing.dismissed)
    return { obstacle: 'dismissed' }
  if (standing.duty !== 'on' && !despite.includes('off-duty'))
    return { obstacle: 'off-duty' }

  let busy: AssignmentRow | null = null
  let offered: AssignmentRow | null = null
  let askedBefore = false
  const acted = await act(tx, context, {
    id: caseId,
    action: 'dispatch',
    input: {
      assignee: officer,
      ...version !== undefined && { version },
    },
    actor,
    async alongside(tx, { after, now }) {
      busy = await lockOpenAssignment(tx, caseId)
      askedBefore = !despite.includes('asked-before') && (await officersAskedInVain(tx, caseId)).includes(officer)
      if (busy || askedBefore)
        return []
      offered = await insertAssignment(tx, {
        subdistrict: after.subdistrict,
        id: randomUUID(),
        case_id: caseId,
        officer,
        offered_by: actor.account ?? actor.id,
        offered_at: now,
        answer_by: new Date(now.getTime() + (answerMinutes ?? context.rules.dispatch.answerMinutes[after.urgency]) * 60_000),
        note: note ?? null,
      })
      await insertAssignmentStep(tx, offered, {
        at: now,
        said_at: null,
        step: 'offer',
        actor: actor.id,
        from_state: null,
        to_state: 'offered',
        reason: null,
      })
      if (proposed)
        await insertDecision(tx, decisionOf(offered, proposed))
      return [
        assignmentEvent('offered', offered, after),
      ]
    },
  })
  if (busy)
    return { busy }
  if (askedBefore)
    return { obstacle: 'asked-before' }
  if (offered)
    return { offered }
  const open = await lockOpenAssignment(tx, caseId)
  return open && 'refused' in acted
    ? { busy: open }
    : { acted: acted as Exclude<Acted, { done: unknown }> }
}

function decisionOf({ subdistrict, id, offered_at, officer }: AssignmentRow, { suggested, leftOut, weights }: Suggestions): DispatchDecision {
  const index = suggested.findIndex(one => one.officer === officer)
  return {
    subdistrict,
    assignment_id: id,
    at: offered_at,
    officer,
    place: index < 0
      ? null
      : index + 1,
    proposed: suggested.slice(0, 20).map(({ officer, score, minutes }) => ({ officer, score, minutes })),
    left_out: leftOut.map(({ officer, reason }) => ({ officer, reason })),
    weights,
  }
}
