import type { LayerName } from '#contract/live.ts'
import type { LogHead, StoredEvent } from '../../db/queries/events.ts'
import type { Log } from '../log.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { layerAges, logHead, readEvents, renewEpoch } from '../../db/queries/events.ts'
import { parseNotice } from '../../db/queries/log-notice.ts'
import { logConnection } from './log-connection.ts'

export interface FollowLogOptions {
  url: string
  log: Log
  /** Before the first events, and whenever the numbers start to mean something else: the next event is `seq` + 1. */
  onReset: (start: LogHead) => void
  /** Every event exactly once, in order, without gaps. The next ones are read when this is done. */
  onEvents: (events: StoredEvent[]) => void | Promise<void>
  /** NOTIFY on another of the `channels`. */
  onNotify?: (channel: string, payload: string) => void
  channels?: string[]
  /** Events before the head to begin with, so that followers who come back find them in memory. */
  replay?: number
  /** Looks for itself this often: a missed NOTIFY costs a second, not an event. Milliseconds. */
  pollMs?: number
  /** A query that takes longer means a dead connection. Milliseconds. */
  timeoutMs?: number
}

export interface LogState {
  epoch: string
  /** last event handed on */
  seq: number
  /** newest event known to exist */
  head: number
  /** seconds since the database last answered; Infinity before the first time */
  contactAge: number
  /** seconds since each layer was last known to be true */
  ages: Partial<Record<LayerName, number>>
  /** the last attempt to reach the database failed */
  lost: boolean
  /** the head was reached, and the database answers */
  ready: boolean
}

export interface FollowedLog {
  state: () => LogState
  /** Looks now instead of at the next poll. */
  wake: () => void
  stop: () => Promise<void>
}

const batchSize = 1000
/** In a busy log, NOTIFYs that come within this time share a read; in a quiet one each is read at once. Milliseconds. */
const readGapMs = 10
const contactLostSeconds = 3

/**
 * Reads the log as it grows, for one process, for ever. The cursor moves only over events that were handed on, so nothing
 * is lost or repeated whatever happens to the connection.
 */
export function followLog(options: FollowLogOptions): FollowedLog {
  const { url, log, onReset, onEvents, onNotify, channels = [], replay = 0, pollMs = 1000, timeoutMs = 5000 } = options
  let cursor: LogHead | null = null
  let head = 0
  let ages: Partial<Record<LayerName, number>> = {}
  let polledAt = Number.NEGATIVE_INFINITY
  let readAt = Number.NEGATIVE_INFINITY
  let caughtUp = false
  let failures = 0
  let woken = true
  /** Lone events that came with their notices and are not handed on yet. */
  let brought: StoredEvent[] = []
  let nap = new AbortController()
  const end = new AbortController()

  const database = logConnection({
    url,
    channels: ['log', ...channels],
    timeoutMs,
    onLost() {
      brought = []
      wake()
    },
    onNotify(channel, payload) {
      if (channel !== 'log')
        return onNotify?.(channel, payload)
      const { seq, event } = parseNotice(payload)
      head = Math.max(head, seq)
      if (!cursor || head <= cursor.seq)
        return
      if (event)
        brought.push(event)
      wake()
    },
  })

  function wake() {
    woken = true
    nap.abort()
  }

  async function look(): Promise<void> {
    if (await database.listen() || performance.now() - polledAt >= pollMs)
      await poll()
    await readOn()
  }

  /** Finds out whether it is still the same log, and how old the layers are. */
  async function poll(): Promise<void> {
    const [found, layers] = await database.ask(sql => Promise.all([
      logHead(sql),
      layerAges(sql),
    ]))
    if (cursor && found.epoch === cursor.epoch && found.seq < cursor.seq) {
      log.warn({ found, cursor }, 'the log went back: its numbers get a new epoch')
      await database.ask(sql => renewEpoch(sql, found))
      return poll()
    }
    ages = layers
    head = found.seq
    polledAt = performance.now()
    if (cursor?.epoch !== found.epoch) {
      reset({
        epoch: found.epoch,
        seq: Math.max(0, found.seq - replay),
      })
    }
  }

  function reset(start: LogHead) {
    cursor = start
    caughtUp = false
    brought = []
    onReset(start)
  }

  async function readOn(): Promise<void> {
    let more = cursor !== null
    while (more && cursor && !end.signal.aborted) {
      const after = cursor.seq
      const { events, mayBeMore } = await next(after)
      more = mayBeMore
      if (events.length === 0)
        break
      if (events[0]!.seq !== after + 1) {
        log.warn({ after, found: events[0]!.seq }, 'the log has a hole: everyone takes a snapshot')
        reset({ epoch: cursor.epoch, seq: events[0]!.seq - 1 })
      }
      await onEvents(events)
      cursor = { epoch: cursor.epoch, seq: events.at(-1)!.seq }
      head = Math.max(head, cursor.seq)
    }
    caughtUp = true
  }

  /** What follows `after`: brought by notices when nothing lies between, else read. */
  async function next(after: number): Promise<{ events: StoredEvent[], mayBeMore: boolean }> {
    const known = brought.filter(({ seq }) => seq > after).filter(({ seq }, index) => seq === after + 1 + index)
    brought = []
    if (known.length > 0)
      return { events: known, mayBeMore: head > after + known.length }
    readAt = performance.now()
    const events = await database.ask(sql => readEvents(sql, after, batchSize))
    return { events, mayBeMore: events.length === batchSize }
  }

  async function run(): Promise<void> {
    while (!end.signal.aborted) {
      woken = false
      nap = new AbortController()
      try {
        await look()
        if (failures > 0)
          log.info('the log is followed again')
        failures = 0
      }
      catch (error) {
        database.drop()
        if (failures++ === 0 && !end.signal.aborted)
          log.warn({ err: error }, 'lost the log; trying again')
        nap = new AbortController() // the loss itself is no reason to hurry
        woken = false
      }
      if (end.signal.aborted)
        break
      if (woken) {
        await pause(readAt + readGapMs - performance.now())
      }
      else {
        await pause(failures > 0
          ? Math.min(50 * 2 ** failures, 1000)
          : pollMs, nap.signal)
      }
    }
  }

  const running = run()

  return {
    state() {
      const contactAge = database.contactAge()
      const sincePoll = Number.isFinite(polledAt)
        ? (performance.now() - polledAt) / 1000
        : 0
      return {
        epoch: cursor?.epoch ?? '',
        seq: cursor?.seq ?? 0,
        head,
        contactAge,
        ages: Object.fromEntries(Object.entries(ages).map(([layer, age]) => [layer, age + sincePoll])),
        lost: failures > 0,
        ready: caughtUp && contactAge < contactLostSeconds,
      }
    },
    wake,
    async stop() {
      end.abort()
      wake()
      database.drop()
      await running
    },
  }
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (ms > 0)
    await sleep(ms, undefined, { signal }).catch(() => {})
}
