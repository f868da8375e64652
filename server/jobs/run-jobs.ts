import type { Sql, Tx } from '../../db/connect.ts'
import type { Log } from '../log.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { enlistJobs, hurryJob, nextJobAt, settleJob, takeDueJob } from '../../db/queries/jobs.ts'

export interface Job {
  name: string
  /** The next time after `now`. */
  next: (now: Date) => Date
  /** Its work; what it writes is there together with the note that it was done, or neither is. */
  run: (tx: Tx, now: Date) => Promise<unknown>
  /** Whether a new start of the program is a reason to do it at once. */
  atStart?: boolean
}

export interface JobsOptions {
  sql: Sql
  jobs: readonly Job[]
  /** Work that has a due time of its own in the database, as the cards of cases; done first. `next`: when there is more. */
  timed?: { run: (now: Date) => Promise<unknown>, next: () => Promise<Date | null> }
  log: Log
  now?: () => Date
  /** Somebody else may have added something earlier than what was next. Milliseconds. */
  longestSleepMs?: number
}

export interface Jobs {
  /** Ends after the job in hand, at most so long; an unfinished one is rolled back and done by the next who looks. */
  stop: () => Promise<void>
}

const stopWithinMs = 2000
const shortestSleepMs = 50

/**
 * Does what is due, in every process that runs this: each job is taken with `for update skip locked` in the transaction that
 * does it, so it is done once, also when a process dies in the middle of it, and what was missed while nobody ran is done by
 * the next start. A lost database is waited for.
 */
export function startJobs({ sql, jobs, timed, log, now = () => new Date(), longestSleepMs = 5000 }: JobsOptions): Jobs {
  const end = new AbortController()
  const names = jobs.map(({ name }) => name)

  async function run(): Promise<void> {
    let enlisted = false
    while (!end.signal.aborted) {
      let waitMs = longestSleepMs
      try {
        if (!enlisted) {
          await enlistJobs(sql, names)
          for (const { name, atStart } of jobs) {
            if (atStart)
              await hurryJob(sql, name)
          }
          enlisted = true
        }
        await timed?.run(now())
        while (!end.signal.aborted && await doOne()) { /* the next */ }
        const next = [
          await timed?.next() ?? null,
          await nextJobAt(sql, names),
        ].filter(moment => moment !== null)
        waitMs = Math.min(longestSleepMs, ...next.map(moment => moment.getTime() - now().getTime()))
      }
      catch (error) {
        if (!end.signal.aborted)
          log.warn({ err: error }, 'jobs could not be looked at; trying again')
      }
      await sleep(Math.max(shortestSleepMs, waitMs), undefined, { signal: end.signal, ref: false }).catch(() => {})
    }
  }

  async function doOne(): Promise<boolean> {
    return await sql.begin(async (tx) => {
      const at = now()
      const taken = await takeDueJob(tx, names, at)
      if (!taken)
        return false
      const job = jobs.find(({ name }) => name === taken.name)!
      let error: string | null = null
      await tx.savepoint(part => job.run(part, at)).catch((failure: unknown) => {
        error = String(failure)
        log.error({ err: failure, job: job.name }, 'a job failed; it will be tried again')
      })
      await settleJob(tx, job.name, {
        ranAt: at,
        nextAt: error === null
          ? job.next(at)
          : new Date(at.getTime() + retryMs(taken.failures)),
        error,
      })
      return true
    })
  }

  const running = run()
  return {
    async stop() {
      end.abort()
      await Promise.race([
        running,
        sleep(stopWithinMs, undefined, { ref: false }),
      ])
    },
  }
}

/** 10 s, then twice as long each time, an hour at most. */
function retryMs(failures: number): number {
  return Math.min(3_600_000, 10_000 * 2 ** Math.min(failures, 10))
}
