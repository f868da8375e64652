import type { Sql } from '../../db/connect.ts'
import type { AssignmentRow } from '../../db/queries/assignments.ts'
import type { AssignmentAnswer } from '../dispatch/act-on-assignment.ts'
import { assignmentOf } from '../../db/queries/assignments.ts'
import { assignmentChanges } from '../dispatch/show-assignments.ts'
import { problemOfCase } from './case-action-routes.ts'
import { ProblemError } from './problem.ts'

const obstacles = {
  'off-duty': 'The officer is not on duty.',
  'asked-before': 'The officer declined this case before, or did not answer.',
  'dismissed': 'The officer\'s account is barred: nobody is sent who cannot sign in.',
}

/** Why something was not done to an assignment; what came too late is told what happened since. */
export async function assignmentProblem(sql: Sql, answer: Exclude<AssignmentAnswer, { id: string }>): Promise<ProblemError> {
  if ('keyReused' in answer)
    return new ProblemError('key-reused')
  const { failed } = answer
  if ('notFound' in failed)
    return new ProblemError('not-found', { detail: 'There is no such assignment.' })
  if ('acted' in failed)
    return problemOfCase(failed.acted)
  if ('notOffered' in failed)
    return await assignmentProblem(sql, { failed: failed.notOffered })
  if ('busy' in failed)
    return await stale(sql, failed.busy, 'Somebody is sent there already.')
  if ('obstacle' in failed) {
    return new ProblemError('conflict', {
      detail: obstacles[failed.obstacle],
      members: { reason: failed.obstacle },
    })
  }
  if ('unknownOfficer' in failed) {
    return new ProblemError('invalid', {
      errors: [
        { path: 'officer', message: 'there is no such officer' },
      ],
    })
  }
  const { refused, current } = failed
  switch (refused.refused) {
    case 'not-allowed':
      return new ProblemError('forbidden', { detail: refused.detail })
    case 'missing':
      return new ProblemError('invalid', { errors: refused.errors })
    case 'stale':
      return await stale(sql, current, refused.detail)
  }
}

async function stale(sql: Sql, current: AssignmentRow, detail: string): Promise<ProblemError> {
  return new ProblemError('stale', {
    detail,
    members: {
      current: assignmentOf(rowOf(current)),
      changes: await assignmentChanges(sql, current.id),
    },
  })
}

/** An answer that was remembered with its key has its moments as text. */
function rowOf(row: AssignmentRow): AssignmentRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [
    name,
    (name.endsWith('_at') || name === 'answer_by') && typeof value === 'string'
      ? new Date(value)
      : value,
  ])) as unknown as AssignmentRow
}
