import type { Outbox } from './outbox.ts'

export interface SlowReaderLimits {
  /** Bytes that may wait for one follower. */
  maxQueuedBytes: number
  /** Seconds in which something of what waits must leave. */
  maxStallSeconds: number
}

export type Eviction = 'queue' | 'stall'

export interface SlowReaders {
  /** Looks at all; call it about once a second. @returns bytes that wait in all */
  check: (outboxes: Iterable<Outbox>) => number
}

/**
 * Cuts off who does not read: otherwise one stalled screen makes the server hold everything that is sent (7 MB/s, until the
 * ping time-out 45 s later). A cut screen that can read again comes back by itself and gets what it missed.
 */
export function createSlowReaders(
  { maxQueuedBytes, maxStallSeconds }: SlowReaderLimits,
  onEvict: (outbox: Outbox, reason: Eviction, queuedBytes: number) => void,
  now: () => number = () => performance.now(),
): SlowReaders {
  /** Since when, and with how many bytes written, something has been waiting. */
  const waiting = new WeakMap<Outbox, { written: number, since: number }>()

  function judge(outbox: Outbox, queued: number): Eviction | null {
    if (queued === 0) {
      waiting.delete(outbox)
      return null
    }
    if (queued > maxQueuedBytes)
      return 'queue'
    const written = outbox.writtenBytes()
    const before = waiting.get(outbox)
    if (before?.written !== written) {
      waiting.set(outbox, {
        written,
        since: now(),
      })
      return null
    }
    return now() - before.since > maxStallSeconds * 1000
      ? 'stall'
      : null
  }

  return {
    check(outboxes) {
      let total = 0
      for (const outbox of outboxes) {
        const queued = outbox.queuedBytes()
        total += queued
        const reason = judge(outbox, queued)
        if (reason) {
          onEvict(outbox, reason, queued)
          outbox.cut()
        }
      }
      return total
    },
  }
}
