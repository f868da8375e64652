import type { EventDraft, StoredEvent } from './events.ts'

/** What a NOTIFY on the channel `log` says: the newest number, and the event itself when it came alone and is small. */
export interface LogNotice { seq: number, event: StoredEvent | null }

/** PostgreSQL takes payloads below 8,000 bytes; the numbers before the event need at most 33. */
const mostBytes = 7900

/**
 * The part of a notice that is known before the event has a number; empty when it is to be read from the log. A lone event
 * that comes with its notice spares the way to the screens a question to the database.
 */
export function noticeOf(subdistrict: string, drafts: EventDraft[]): string {
  if (drafts.length !== 1)
    return ''
  const { type, id, regions = [], leftRegions = [], feature, set, geometry, gone, whole = null } = drafts[0]!
  const text = JSON.stringify({
    subdistrict,
    type,
    id,
    regions,
    leftRegions,
    data: { feature, set, geometry, gone },
    whole,
  })
  return Buffer.byteLength(text) <= mostBytes
    ? text
    : ''
}

/** `17`, or `17 1774512000000 {…}`: number, time, event. */
export function parseNotice(payload: string): LogNotice {
  const seqEnd = payload.indexOf(' ')
  if (seqEnd < 0) {
    return {
      seq: Number(payload),
      event: null,
    }
  }
  const atEnd = payload.indexOf(' ', seqEnd + 1)
  const seq = Number(payload.slice(0, seqEnd))
  return {
    seq,
    event: {
      seq,
      at: Number(payload.slice(seqEnd + 1, atEnd)),
      ...JSON.parse(payload.slice(atEnd + 1)),
    },
  }
}
