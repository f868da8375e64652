import type { Sql } from '../../db/connect.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '../../db/connect.ts'

export interface LeadershipOptions {
  databaseUrl: string
  /** Any number, the same in every process and for no other purpose. */
  lock: number
  /** Whenever this process becomes the one. */
  onLead: () => void
  /** Others take over this long after the one has died. Milliseconds. */
  retryMs?: number
}

export interface Leadership {
  leads: () => boolean
  /** Once it is known whether this process is the one. */
  settled: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * Of all processes that use this database, one at a time leads. It holds a lock that belongs to a connection, so whoever dies
 * lets go of it; that the connection still stands is asked at each retry.
 */
export function seekLeadership({ databaseUrl, lock, onLead, retryMs = 2000 }: LeadershipOptions): Leadership {
  const end = new AbortController()
  let leads = false
  let connection: Sql | null = null
  const first = Promise.withResolvers<void>()

  async function look(): Promise<void> {
    connection ??= connect(databaseUrl, {
      max: 1,
      name: 'huizhi leadership',
      arrays: false,
      onClose: () => leads = false,
    })
    if (leads) {
      await connection`select 1`
    }
    else {
      const [{ taken } = { taken: false }] = await connection<{ taken: boolean }[]>`select pg_try_advisory_lock(${lock}) as taken`
      leads = taken
      if (taken)
        onLead()
    }
  }

  async function run(): Promise<void> {
    while (!end.signal.aborted) {
      await look().catch(() => leads = false)
      first.resolve()
      await sleep(retryMs, undefined, { signal: end.signal, ref: false }).catch(() => {})
    }
    await connection?.end({ timeout: 1 })
  }

  const running = run()
  return {
    leads: () => leads,
    settled: () => first.promise,
    async stop() {
      end.abort()
      await running
    },
  }
}
