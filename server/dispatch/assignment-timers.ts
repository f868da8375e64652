import type { DispatchContext } from './suggest-for-case.ts'
import { dueAssignments } from '../../db/queries/assignments.ts'
import { lockCase, readCaseState } from '../../db/queries/case-states.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { followCase } from './follow-case.ts'
import { program } from './program.ts'
import { suggestForCase } from './suggest-for-case.ts'
import { takeStep } from './take-step.ts'

/**
 * Ends the offers that nobody answered in time, notes who has been seen at his case and calls back whose account was barred.
 * What is due stands in the database: several processes may look at once, and a restart forgets nothing. Returns how much was
 * looked at.
 */
export async function runAssignmentTimers(context: DispatchContext, now: Date): Promise<number> {
  const due = await dueAssignments(context.sql, now)
  for (const { id, case_id, step } of due) {
    const item = step === 'expire'
      ? await readCaseState(context.sql, case_id)
      : null
    const proposed = item
      ? await suggestForCase({
          ...context,
          now: () => now,
        }, item)
      : undefined
    await context.sql.begin(async (tx) => {
      if (step !== 'follow') {
        await takeStep(tx, {
          ...context,
          now: () => now,
        }, {
          id,
          step,
          input: {},
          actor: program,
          proposed,
        })
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
