import type { Sql } from '../../db/connect.ts'
import { connect } from '../../db/connect.ts'

export interface LogConnectionOptions {
  url: string
  channels: string[]
  onNotify: (channel: string, payload: string) => void
  /** The connection is gone; the next `ask` makes another. */
  onLost: () => void
  /** A query that takes longer means a dead connection. Milliseconds. */
  timeoutMs: number
}

export interface LogConnection {
  /** Listens to the channels if this connection does not yet. @returns whether something may have been missed before it did */
  listen: () => Promise<boolean>
  /** Asks a query; fails when the database does not answer in time. */
  ask: <T>(query: (sql: Sql) => Promise<T>) => Promise<T>
  /** Seconds since the database last answered; Infinity before the first time. */
  contactAge: () => number
  /** Gives the connection up without a goodbye: one that does not answer does not say goodbye either. */
  drop: () => void
}

/**
 * One connection for LISTEN and for reading the log: what answers on it proves that it still listens, so a half-open
 * connection is noticed. (postgres.js has a `listen` of its own, which gives up when its first new attempt fails.)
 */
export function logConnection({ url, channels, onNotify, onLost, timeoutMs }: LogConnectionOptions): LogConnection {
  let current: { sql: Sql, listening: boolean } | null = null
  let contactAt = Number.NEGATIVE_INFINITY

  function open() {
    const opened = { sql: null as unknown as Sql, listening: false }
    opened.sql = connect(url, {
      max: 1,
      name: 'huizhi log',
      connectSeconds: timeoutMs / 1000,
      arrays: false,
      onNotify,
      onClose() {
        opened.listening = false
        if (current === opened)
          onLost()
      },
    })
    return opened
  }

  async function ask<T>(query: (sql: Sql) => Promise<T>): Promise<T> {
    current ??= open()
    const asked = query(current.sql)
    asked.catch(() => {}) // in case it loses the race
    const limit = timeLimit(timeoutMs)
    try {
      const answer = await Promise.race([asked, limit.passed])
      contactAt = performance.now()
      return answer
    }
    finally {
      limit.clear()
    }
  }

  return {
    ask,
    async listen() {
      if (current?.listening)
        return false
      current ??= open()
      const { sql } = current
      current.listening = true
      for (const channel of channels)
        await ask(() => sql.unsafe(`listen ${channel}`))
      return true
    },
    contactAge: () => (performance.now() - contactAt) / 1000,
    drop() {
      void current?.sql.end({ timeout: 0 }).catch(() => {})
      current = null
    },
  }
}

/** A plain timer: an AbortSignal makes an error with a stack for each query that is answered in time, a twentieth of a busy process. */
function timeLimit(ms: number): { passed: Promise<never>, clear: () => void } {
  const { promise: passed, reject } = Promise.withResolvers<never>()
  let timer = setTimeout(() => {
    // A second wait lets an answer in that came while this process was busy with something else.
    timer = setTimeout(() => reject(new Error(`no answer from the database in ${ms} ms`)), 100)
    timer.unref()
  }, ms)
  timer.unref()
  return {
    passed,
    clear: () => clearTimeout(timer),
  }
}
