import type { ReferredCase } from '../../../db/queries/demo.ts'
import type { CaseContextWithSql } from '../../cases/case-context.ts'
import type { Log } from '../../log.ts'
import type { Random } from '../random.ts'
import type { BacklogCase } from './backlog.ts'
import type { DemoCrew } from './crew.ts'
import { casesByRef } from '../../../db/queries/demo.ts'
import { actOnCase } from '../../cases/act-on-case.ts'
import { stepsOf } from './course-steps.ts'

/** So many cases are worked on at once: more would only wait for the log's lock. */
const AT_ONCE = 6

/** Brings the imported backlog to where it stands, by the same commands that people use. Returns how many steps were taken. */
export async function takeCourses({ context, backlog, crew, now, log, random, signal }: {
  context: CaseContextWithSql
  backlog: readonly BacklogCase[]
  crew: DemoCrew
  now: Date
  log: Log
  random: Random
  signal?: AbortSignal | undefined
}): Promise<number> {
  const toDo = backlog.filter(item => !item.closedAt && item.course.to !== 'registered')
  const known = new Map((await casesByRef(context.sql, toDo.map(item => item.ref))).map(row => [row.ref, row]))
  let taken = 0
  const work = async (item: BacklogCase, row: ReferredCase) => {
    for (const step of stepsOf(item, crew.nextFor(row), now, random)) {
      if (signal?.aborted)
        return
      const acted = await actOnCase({
        ...context,
        now: () => step.at,
      }, {
        id: row.id,
        action: step.action,
        input: step.input,
        actor: step.actor,
      })
      if (!('done' in acted)) {
        log.debug({ case: row.id, step, acted }, 'a step of the demo was refused')
        return
      }
      taken++
    }
  }
  const queue = toDo.flatMap(item => known.has(item.ref)
    ? [
        {
          item,
          row: known.get(item.ref)!,
        },
      ]
    : [])
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = queue.shift(); next; next = queue.shift())
      await work(next.item, next.row)
  }))
  return taken
}
