import type { CaseContextWithSql } from '../cases/case-context.ts'
import { dueAssignments } from '../../db/queries/assignments.ts'
import { lockCase } from '../../db/queries/case-states.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { followCase } from './follow-case.ts'
import { takeStep } from './take-step.ts'

const program = { id: 'system', role: 'system' } as const

/**
 * Ends the offers that nobody answered in time, notes who has been seen at his case and calls back whose account was barred.
 * What is due stands in the database: several processes may look at once, and a restart forgets nothing. Returns how much was
 * looked at.
 */
export async function runAssignmentTimers(context: CaseContextWithSql, now: Date): Promise<number> {
  const due = await dueAssignments(context.sql, now)
  for (const { id, case_id, step } of due) {
    await context.sql.begin(async (tx) => {
      if (step !== 'follow') {
        await takeStep(tx, {
          ...context,
          now: () => now,
        }, { id, step, input: {}, actor: program })
        return
      }
      const { locked } = await lockCase(tx, case_id)
      await appendBySubdistrict(tx, await followCase(tx, {
        action: 'locate',
        before: locked!,
        after: locked!,
        resolvedBy: locked!.resolved_by,
        actor: program,
        now,
        reason: null,
      }))
    })
  }
  return due.length
}
