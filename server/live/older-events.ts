import type { Sql } from '../../db/connect.ts'
import type { LoggedEvent } from './logged-event.ts'
import { readEvents } from '../../db/queries/events.ts'
import { loggedEvent } from './logged-event.ts'

export interface OlderEvents {
  /**
   * Events after number `after` up to the end of their block, at least one; `upTo` is the newest that exists.
   * null when the log no longer holds them.
   */
  after: (after: number, upTo: number) => Promise<LoggedEvent[] | null>
  clear: () => void
}

/**
 * Events that are no longer in memory, read from the database in blocks that all who need them share: the log never
 * changes, so a thousand followers who come back after different absences cost a handful of reads.
 */
export function createOlderEvents(sql: Sql, { blockSize = 1000, keptBlocks = 20, onRead = (_count: number) => {} } = {}): OlderEvents {
  const blocks = new Map<string, Promise<LoggedEvent[]>>()

  function block(from: number, to: number): Promise<LoggedEvent[]> {
    const key = `${from}-${to}`
    const known = blocks.get(key)
    if (known)
      return known
    const read = readEvents(sql, from - 1, blockSize, to).then((events) => {
      onRead(events.length)
      return events.map(loggedEvent)
    })
    blocks.set(key, read)
    read.catch(() => blocks.delete(key))
    if (blocks.size > keptBlocks)
      blocks.delete(blocks.keys().next().value!)
    return read
  }

  return {
    async after(after, upTo) {
      const from = after - (after % blockSize) + 1
      const events = await block(from, Math.min(from + blockSize - 1, upTo))
      const wanted = events.filter(({ seq }) => seq > after)
      return wanted[0]?.seq === after + 1
        ? wanted
        : null
    },
    clear: () => blocks.clear(),
  }
}
