import type { Sql } from '../../db/connect.ts'
import type { Log } from '../log.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { forgetAnswers } from '../../db/queries/idempotency.ts'

const hoursKept = 24

/** Once an hour, until `signal`: what was answered to an Idempotency-Key a day ago is not asked for again. */
export async function forgetOldAnswers({ sql, log, signal }: { sql: Sql, log: Log, signal: AbortSignal }): Promise<void> {
  while (!signal.aborted) {
    await forgetAnswers(sql, hoursKept).catch(error => log.warn({ err: error }, 'old answers could not be forgotten'))
    await sleep(3_600_000, undefined, { signal, ref: false }).catch(() => {})
  }
}
