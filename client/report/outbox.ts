import type { OutboxStore } from './outbox-store.ts'

/** Something to be sent, kept until the server has answered it. */
export interface Outgoing {
  /** Its Idempotency-Key: however often it is sent, it is done once. */
  key: string
  path: string
  body: Record<string, unknown>
  photos: Blob[]
  /** Ids of photos that are on the server already, in the order of `photos`. */
  uploaded: string[]
  writtenAt: number
}

export type SendOutcome
  = { sent: unknown }
  /** Nobody answered, or not now: send it again. */
    | { retryAfterSeconds: number | null }
  /** Sending it again would not help. */
    | { refused: string, status: number }

export interface OutboxOptions {
  store: OutboxStore
  send: (item: Outgoing) => Promise<SendOutcome>
  /** Every change of what waits. */
  onChange: (items: Outgoing[], why: { busySeconds: number | null } | null) => void
  onSent: (item: Outgoing, answer: unknown) => void
  onRefused: (item: Outgoing, reason: { refused: string, status: number }) => void
}

const pausesSeconds = [2, 5, 15, 30, 60]

/**
 * Sends one after the other until each was answered: at once, after pauses that grow, when the phone is online again, and after
 * the page was opened anew. What was refused leaves the box, for its writer to change.
 */
export function createOutbox({ store, send, onChange, onSent, onRefused }: OutboxOptions) {
  let items: Outgoing[] = []
  let running = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function run(): Promise<void> {
    clearTimeout(timer)
    if (running)
      return
    running = true
    while (items.length > 0) {
      const item = items[0]!
      const outcome = await send(item)
      if ('retryAfterSeconds' in outcome) {
        const seconds = outcome.retryAfterSeconds ?? pausesSeconds[Math.min(failures, pausesSeconds.length - 1)]!
        failures++
        timer = setTimeout(run, seconds * 1000)
        onChange(items, { busySeconds: outcome.retryAfterSeconds })
        break
      }
      failures = 0
      items = items.slice(1)
      await store.remove(item.key)
      onChange(items, null)
      if ('sent' in outcome)
        onSent(item, outcome.sent)
      else
        onRefused(item, outcome)
    }
    running = false
  }

  return {
    /** Takes up what an earlier page left. */
    async open() {
      items = (await store.all()).sort((a, b) => a.writtenAt - b.writtenAt)
      onChange(items, null)
      await run()
    },
    async add(item: Outgoing) {
      items = [...items, item]
      await store.put(item)
      onChange(items, null)
      await run()
    },
    /** Now, not after the pause. */
    retry: run,
    stop: () => clearTimeout(timer),
  }
}

/** 128 random bits. (crypto.randomUUID exists on secure pages only, and an inner network may have none.) */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}
