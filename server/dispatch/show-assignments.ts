import type { AssignmentChange, AssignmentShown } from '#contract/dispatch.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import type { AssignmentFilter } from '../../db/queries/assignments.ts'
import type { StepActor } from './decide-step.ts'
import { assignmentOf, listAssignments, readAssignmentSteps } from '../../db/queries/assignments.ts'
import { casesOfIds } from '../../db/queries/cases.ts'
import { possibleSteps } from './decide-step.ts'

/** Assignments with their cases. A worker whose assignment has ended no longer sees its case, unless it is still his. */
export async function showAssignments(sql: SqlOrTx, filter: AssignmentFilter, actor: StepActor): Promise<AssignmentShown[]> {
  const rows = await listAssignments(sql, filter)
  const cases = await casesOfIds(sql, rows.map(({ case_id }) => case_id))
  return rows.map((row) => {
    const task = cases.get(row.case_id) ?? null
    return {
      ...assignmentOf(row),
      officerName: row.officer_name,
      task: actor.role === 'grid' && task?.properties.assignee !== actor.officer
        ? null
        : task,
      possible: possibleSteps({
        state: row.state,
        officer: row.officer,
        nearAt: row.near_at,
        helpAt: row.help_at,
      }, actor),
    }
  })
}

/** What happened to an assignment, oldest first. */
export async function assignmentChanges(sql: SqlOrTx, id: string): Promise<AssignmentChange[]> {
  return (await readAssignmentSteps(sql, id)).map(step => ({
    at: step.at.toISOString(),
    saidAt: step.said_at?.toISOString() ?? null,
    step: step.step,
    actor: step.actor,
    actorName: step.actor_name,
    from: step.from_state,
    to: step.to_state,
    reason: step.reason,
  }))
}
