import type { LoggedEvent } from './logged-event.ts'

export interface EventRing {
  /** Forgets all; the next event is number `seq` + 1. */
  reset: (seq: number) => void
  push: (events: readonly LoggedEvent[]) => void
  /** number of the oldest event held; last() + 1 when there is none */
  first: () => number
  last: () => number
  /** Whether every event after number `seq` is here (or there is none). */
  reachesBackTo: (seq: number) => boolean
  /** Events `from` to `to`, both included; all must be held. */
  slice: (from: number, to: number) => readonly LoggedEvent[]
  bytes: () => number
}

/**
 * The newest events, bounded by count and by size: followers who come back after a short absence are served from memory,
 * so that a thousand of them cost the database nothing.
 */
export function createEventRing({ maxEvents = 20_000, maxBytes = 32 * 2 ** 20 } = {}): EventRing {
  let events: LoggedEvent[] = []
  /** events[0..dropped) are no longer held; cut off now and then, since shifting an array one by one is slow */
  let dropped = 0
  let last = 0
  let bytes = 0

  const count = () => events.length - dropped

  function dropOldest() {
    bytes -= sizeOf(events[dropped]!)
    dropped++
    if (dropped > 1024 && dropped * 2 > events.length) {
      events = events.slice(dropped)
      dropped = 0
    }
  }

  return {
    reset(seq) {
      events = []
      dropped = 0
      bytes = 0
      last = seq
    },
    push(more) {
      for (const event of more) {
        if (event.seq !== last + 1)
          throw new Error(`event ${event.seq} after ${last}: the log has no gaps`)
        last = event.seq
        events.push(event)
        bytes += sizeOf(event)
      }
      while (count() > maxEvents || (bytes > maxBytes && count() > 1))
        dropOldest()
    },
    first: () => last - count() + 1,
    last: () => last,
    reachesBackTo: seq => seq >= last - count(),
    slice(from, to) {
      const first = last - count() + 1
      if (from < first || to > last)
        throw new RangeError(`events ${from}–${to} asked, ${first}–${last} held`)
      return events.slice(dropped + from - first, dropped + to - first + 1)
    },
    bytes: () => bytes,
  }
}

/** About what an event holds in memory: its texts (one or two bytes a character) and the object around them. */
function sizeOf(event: LoggedEvent): number {
  return 2 * event.text.length + 200
}
