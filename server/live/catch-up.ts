import type { Position } from '#contract/live.ts'
import type { LogHead } from '../../db/queries/events.ts'
import type { Log } from '../log.ts'
import type { EventRing } from './event-ring.ts'
import type { FanOut } from './fan-out.ts'
import type { Follower } from './follower.ts'
import type { OlderEvents } from './older-events.ts'
import type { SnapshotStore } from './snapshot-store.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { changesPacket, chunksFor } from './changes.ts'

export interface CatchUpOptions {
  ring: EventRing
  fanOut: FanOut
  snapshots: SnapshotStore
  older: OlderEvents
  epoch: () => string
  /** Resolves when the ring has this number, or begins anew. */
  reached: (seq: number) => Promise<void>
  /** Asks the database how far the log goes. */
  readHead: () => Promise<LogHead>
  /** The log may have been replaced: look. */
  wakeLog: () => void
  /** Missing more than this, a snapshot is cheaper. */
  resumeLimit: number
  onJoined: (follower: Follower) => void
  log: Log
}

/** Where a follower starts: from nothing, or after an event that it has. */
export type Start = { mode: 'snapshot' } | { mode: 'resumed', since: number }

export interface CatchUp {
  decide: (since: Position | undefined) => Promise<Start>
  /** Sends all that is missing, then lets the follower into its view's room. Ends early when its turn is over. */
  bring: (follower: Follower, start: Start) => Promise<void>
}

/** How a follower gets from what it has to what everyone has, without a gap and without a repeat. */
export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { ring, fanOut, snapshots, older, epoch, reached, readHead, wakeLog, resumeLimit, onJoined, log } = options

  async function decide(since: Position | undefined): Promise<Start> {
    if (!since || since.epoch !== epoch())
      return { mode: 'snapshot' }
    if (since.seq > ring.last() && !await existsInLog(since))
      return { mode: 'snapshot' }
    return ring.last() - since.seq > resumeLimit
      ? { mode: 'snapshot' }
      : { mode: 'resumed', since: since.seq }
  }

  /** The follower may come from another process that is ahead of this one, or from a log that was set back. */
  async function existsInLog(since: Position): Promise<boolean> {
    // While the database is away nobody knows; it will be seen when it is back, and until then nothing is sent.
    const head = await readHead().catch(() => null)
    return head === null || (head.epoch === since.epoch && head.seq >= since.seq)
  }

  async function bring(follower: Follower, start: Start): Promise<void> {
    const turn = follower.turn
    const stillOn = () => follower.turn === turn && follower.outbox.open()
    for (let attempt = 0; stillOn(); attempt++) {
      try {
        const at = start.mode === 'resumed'
          ? start.since
          : await sendSnapshot(follower, stillOn)
        if (at !== null && await sendEvents(follower, at, stillOn))
          return onJoined(follower)
        start = { mode: 'snapshot' }
      }
      catch (error) {
        if (attempt === 0)
          log.warn({ err: error }, 'a follower cannot be served now; trying again')
        await sleep(Math.min(250 * 2 ** attempt, 2000), undefined, { ref: false })
      }
    }
  }

  /** @returns the number after which events must follow; null when it has to be done again */
  async function sendSnapshot(follower: Follower, stillOn: () => boolean): Promise<number | null> {
    const snapshot = await snapshots.get(follower.view!)
    if (snapshot.epoch !== epoch()) {
      // Read from a database that is not the followed one any more, or that the log is about to meet.
      snapshots.clear()
      wakeLog()
      await sleep(100, undefined, { ref: false })
      return null
    }
    for (const part of snapshot.parts) {
      const packet = await part
      if (!stillOn())
        return null
      await follower.outbox.sendAndWait(packet)
    }
    return snapshot.seq
  }

  /** @returns whether the follower is in the room now; if not, it needs a snapshot or its turn is over */
  async function sendEvents(follower: Follower, after: number, stillOn: () => boolean): Promise<boolean> {
    const view = follower.view!
    let at = after
    while (stillOn()) {
      if (at > ring.last())
        await reached(at)
      if (!stillOn())
        return false
      if (fanOut.join(follower, view, at))
        return true
      const events = await older.after(at, ring.last())
      if (!events)
        return false
      for (const chunk of chunksFor(events, view)) {
        if (!stillOn())
          return false
        await follower.outbox.sendAndWait(changesPacket(epoch(), at + 1, chunk))
        at = chunk.to
      }
    }
    return false
  }

  return { decide, bring }
}
