import type { Sql } from '../../db/connect.ts'
import type { TrackRow } from '../../db/queries/tracks.ts'
import type { Log } from '../log.ts'
import { insertTracks, makeTrackDays } from '../../db/queries/tracks.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { metresBetween } from './judge-fix.ts'

export interface TrackWriter {
  add: (row: TrackRow) => void
  /** An officer's waiting places are not written. */
  drop: (officer: string) => void
  /** Writes what waits. */
  flush: () => Promise<void>
  stop: () => Promise<void>
}

/** Who stands still is kept every half minute, who walks every ten metres: no more than a replay needs (PIPL art. 6). */
const everySeconds = 30
const everyMetres = 10
const flushMs = 5000
const rowsAtOnce = 2000
/** While the database is away so many wait; older ones go first. */
const mostWaiting = 200_000

/** Gathers places and writes them some thousands at a time. */
export function createTrackWriter(sql: Sql, log: Log): TrackWriter {
  const last = new Map<string, TrackRow>()
  const madeDays = new Set<string>()
  let waiting: TrackRow[] = []
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => void flush(), flushMs).unref()

  function flush(): Promise<void> {
    running = running.then(write)
    return running
  }

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const rows = waiting.slice(0, rowsAtOnce)
      try {
        const days = [
          ...new Set(rows.map(({ seenAt }) => textOfDay(chinaDayOf(new Date(seenAt))))),
        ].filter(day => !madeDays.has(day))
        if (days.length > 0) {
          await makeTrackDays(sql, days)
          days.forEach(day => madeDays.add(day))
        }
        await insertTracks(sql, rows)
      }
      catch (error) {
        log.debug({ err: error }, 'tracks not written; trying again')
        madeDays.clear()
        waiting = waiting.slice(-mostWaiting)
        return
      }
      const written = new Set(rows)
      waiting = waiting.filter(row => !written.has(row))
    }
  }

  return {
    add(row) {
      const before = last.get(row.officer)
      if (before?.device === row.device && row.seenAt - before.seenAt < everySeconds * 1000 && metresBetween(before, row) < everyMetres)
        return
      last.set(row.officer, row)
      waiting.push(row)
    },
    drop(officer) {
      last.delete(officer)
      waiting = waiting.filter(row => row.officer !== officer)
    },
    flush,
    async stop() {
      clearInterval(timer)
      await flush()
    },
  }
}

/** The days whose tables there should be: today's and the next three. */
export function trackDaysAhead(now: Date): string[] {
  return [0, 1, 2, 3].map(ahead => textOfDay(chinaDayOf(now) + ahead))
}
