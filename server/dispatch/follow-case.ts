import type { CaseAction } from '#contract/case.ts'
import type { Tx } from '../../db/connect.ts'
import type { CaseRow } from '../../db/queries/cases.ts'
import type { PlacedDraft } from '../cases/append-by-subdistrict.ts'
import type { Actor } from '../cases/case-state.ts'
import { insertAssignmentStep, lockOpenAssignment, moveAssignments, patchAssignment } from '../../db/queries/assignments.ts'
import { afterCaseChange } from './after-case-change.ts'
import { assignmentEvent } from './assignment-event.ts'

/** A case that has just been written, in the transaction that did it. */
export interface CaseChanged {
  action: CaseAction
  before: CaseRow
  after: CaseRow
  resolvedBy: string | null
  actor: Actor
  now: Date
  reason: string | null
}

/** Lets the open assignment of a case follow what was done to the case by another way than the assignment's own steps. */
export async function followCase(tx: Tx, { action, before, after, resolvedBy, actor, now, reason }: CaseChanged): Promise<PlacedDraft[]> {
  const open = await lockOpenAssignment(tx, after.id)
  if (before.subdistrict !== after.subdistrict)
    await moveAssignments(tx, after.id, after.subdistrict)
  if (!open)
    return []
  const next = afterCaseChange(open, {
    action,
    status: after.status,
    assignee: after.assignee,
    resolvedBy,
  })
  if (next === 'unchanged') {
    return action === 'locate'
      ? [
          assignmentEvent('located', { ...open, subdistrict: after.subdistrict }, after, before),
        ]
      : []
  }
  const isAccepted = next.state === 'accepted'
  const row = await patchAssignment(tx, open.id, isAccepted
    ? { state: next.state, answer_by: null, accepted_at: now }
    : {
        state: next.state,
        answer_by: null,
        ended_at: now,
        end_cause: next.end,
        reason,
        help_at: null,
        help_reason: null,
      })
  await insertAssignmentStep(tx, row, {
    at: now,
    said_at: null,
    step: isAccepted
      ? 'accept'
      : next.state === 'done'
        ? 'done'
        : 'overtake',
    actor: actor.id,
    from_state: open.state,
    to_state: row.state,
    reason,
  })
  return [
    assignmentEvent(row.state, row, after, before),
  ]
}
