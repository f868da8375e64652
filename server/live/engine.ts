import type { Position } from '#contract/live.ts'
import type { Sql } from '../../db/connect.ts'
import type { LogHead, StoredEvent } from '../../db/queries/events.ts'
import type { PositionReport } from '../../db/queries/positions.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Start } from './catch-up.ts'
import type { LogState } from './follow-log.ts'
import type { Follower } from './follower.ts'
import type { LiveLimits } from './live-server.ts'
import type { Outbox } from './outbox.ts'
import type { Seat } from './seat.ts'
import type { View } from './view.ts'
import { cutConnections } from '../../db/connect.ts'
import { logHead } from '../../db/queries/events.ts'
import { createCatchUp } from './catch-up.ts'
import { createEventRing } from './event-ring.ts'
import { createFanOut } from './fan-out.ts'
import { createFlushPace } from './flush-pace.ts'
import { followLog } from './follow-log.ts'
import { loggedEvent } from './logged-event.ts'
import { createOlderEvents } from './older-events.ts'
import { Packet } from './packet.ts'
import { createPositions } from './positions.ts'
import { pulseOf } from './pulse.ts'
import { createSlowReaders } from './slow-readers.ts'
import { createSnapshotStore } from './snapshot-store.ts'

export interface EngineOptions {
  sql: Sql
  databaseUrl: string
  log: Log
  metrics: Metrics
  limits: LiveLimits
  /** Told of every event of the log, from the start of this process on; for what is held in memory beside the followers. */
  onEvents?: (events: StoredEvent[]) => void
  /** The log is another one than before, or has just been found: whatever was built from it must be built anew. */
  onReset?: () => void
  /** An account was changed or a session ended, at whatever server; with the account's id. */
  onAccess?: (userId: string) => void
}

export interface Engine {
  connect: (seat: Seat, outbox: Outbox) => Follower
  disconnect: (follower: Follower) => void
  isReady: () => boolean
  position: () => LogHead
  decide: (since: Position | undefined) => Promise<Start>
  follow: (follower: Follower, view: View, start: Start) => void
  reportPositions: (reports: PositionReport[]) => void
  positionOf: (officer: string) => PositionReport | undefined
  forgetPosition: (officer: string) => void
  state: () => LogState & { followers: number }
  stop: () => Promise<void>
}

/** A database that has not answered the reader of the log for so long does not answer others either: they need not wait. */
const silentSeconds = 6

/** From the log to the followers, without knowing of sockets: one a process, and nothing in it that cannot be rebuilt. */
export function createEngine({ sql, databaseUrl, log, metrics, limits, onEvents, onReset, onAccess }: EngineOptions): Engine {
  const followers = new Set<Follower>()
  const ring = createEventRing({ maxEvents: limits.ringEvents, maxBytes: limits.ringBytes })
  let epoch = ''
  let flushedTo = 0
  let reachedWaiting: { seq: number, resolve: () => void }[] = []

  const fanOut = createFanOut({
    ring,
    onSent(packet, events, members) {
      metrics.batchEvents.observe(events)
      metrics.deliveries.inc(events * members)
      metrics.sentBytes.inc(packet.size * members)
    },
    onLost: members => members.forEach(member => restart(member as Follower, { mode: 'snapshot' })),
  })
  const pace = createFlushPace({
    pending: () => ring.last() - flushedTo,
    flush() {
      flushedTo = ring.last()
      fanOut.flush()
    },
  })
  const older = createOlderEvents(sql, {
    onRead: () => metrics.logReads.inc({ why: 'resume' }),
  })
  const snapshots = createSnapshotStore({
    sql,
    isFresh: snapshot => snapshot.epoch === epoch && ring.reachesBackTo(snapshot.seq) && ring.last() - snapshot.seq <= 2000,
    onRead: seconds => metrics.snapshotSeconds.observe(seconds),
  })
  const positions = createPositions({
    sql,
    log,
    rooms: fanOut.rooms,
    onSent: (rows, members) => metrics.positionRows.inc(rows * members),
  })
  const followed = followLog({
    url: databaseUrl,
    log,
    replay: limits.replay,
    channels: ['positions', 'access'],
    onReset: reset,
    onEvents(events) {
      metrics.logReads.inc({ why: 'follow' })
      for (const { at } of events)
        metrics.logLagSeconds.observe(Math.max(0, Date.now() - at) / 1000)
      ring.push(events.map(loggedEvent))
      tellReached()
      pace.notice()
      for (const { type, id, data } of events) {
        if (type.startsWith('officer.') && data.set?.duty === 'off')
          positions.forget(id)
      }
      onEvents?.(events)
    },
    onNotify: (channel, payload) => channel === 'access'
      ? onAccess?.(payload)
      : positions.hear(payload),
  })
  const catchUp = createCatchUp({
    ring,
    fanOut,
    snapshots,
    older,
    log,
    epoch: () => epoch,
    reached,
    readHead: sharedHead(sql),
    wakeLog: followed.wake,
    resumeLimit: limits.resumeLimit,
    onJoined: positions.welcome,
  })
  const slowReaders = createSlowReaders(limits, (_outbox, reason, queuedBytes) => {
    metrics.evictions.inc({ reason })
    log.warn({ reason, queuedBytes }, 'cut off a follower that does not read')
  })
  const timers = [
    setInterval(pulse, limits.pulseMs),
    setInterval(watch, 1000),
  ]

  /** The numbers mean something else from now on. */
  function reset(start: LogHead) {
    epoch = start.epoch
    onReset?.()
    ring.reset(start.seq)
    flushedTo = start.seq
    fanOut.reset(epoch)
    snapshots.clear()
    older.clear()
    tellReached(true)
    for (const follower of followers) {
      if (follower.view)
        restart(follower, { mode: 'snapshot' })
    }
  }

  function restart(follower: Follower, start: Start) {
    fanOut.leave(follower)
    follower.turn++
    void catchUp.bring(follower, start)
  }

  function reached(seq: number): Promise<void> {
    return seq <= ring.last()
      ? Promise.resolve()
      : new Promise(resolve => reachedWaiting.push({ seq, resolve }))
  }

  function tellReached(all = false) {
    const due = reachedWaiting.filter(({ seq }) => all || seq <= ring.last())
    if (due.length > 0)
      reachedWaiting = reachedWaiting.filter(waiting => !due.includes(waiting))
    due.forEach(({ resolve }) => resolve())
  }

  function pulse() {
    flushedTo = ring.last()
    fanOut.settle()
    const packet = new Packet('pulse', JSON.stringify(pulseOf(followed.state(), ring.last(), positions.age(), Date.now())))
    for (const { view, outbox } of followers) {
      if (view)
        outbox.send(packet)
    }
  }

  function watch() {
    metrics.queuedBytes.set(slowReaders.check([...followers].map(({ outbox }) => outbox)))
    const { head, seq, contactAge, lost } = followed.state()
    if (lost && contactAge > silentSeconds)
      cutConnections(sql)
    metrics.logLagEvents.set(head - seq)
    metrics.logSeq.set(seq)
    metrics.logContactAge.set(contactAge)
    metrics.ringBytes.set(ring.bytes())
    metrics.views.set([
      ...fanOut.rooms(),
    ].length)
    metrics.followers.set(followers.size)
  }

  return {
    connect(seat, outbox) {
      const follower: Follower = { seat, outbox, view: null, turn: 0 }
      followers.add(follower)
      return follower
    },
    disconnect(follower) {
      follower.turn++
      fanOut.leave(follower)
      followers.delete(follower)
    },
    // While the database is away followers are still served from memory, so only the very beginning is not ready.
    isReady: () => epoch !== '',
    position: () => ({
      epoch,
      seq: ring.last(),
    }),
    decide: catchUp.decide,
    follow(follower, view, start) {
      follower.view = view
      restart(follower, start)
    },
    reportPositions: positions.report,
    positionOf: positions.of,
    forgetPosition: positions.forget,
    state: () => ({
      ...followed.state(),
      followers: followers.size,
    }),
    async stop() {
      timers.forEach(clearInterval)
      pace.stop()
      await Promise.all([
        followed.stop(),
        positions.stop(),
      ])
    },
  }
}

/** Asks once for all who ask at the same time. */
function sharedHead(sql: Sql): () => Promise<LogHead> {
  let asked: Promise<LogHead> | null = null
  return () => asked ??= logHead(sql).finally(() => asked = null)
}
