import type { AddressInfo } from 'node:net'
import type { Socket } from 'socket.io-client'
import type { Feature } from '#contract/geometry.ts'
import type { Changes, ClientToServer, FollowAnswer, FollowRefusal, FollowRequest, LayerName, LogEvent, Position, Positions, Pulse, ServerToClient, Snapshot } from '#contract/live.ts'
import type { Role } from '#contract/role.ts'
import type { Outcome } from '../../client/state/follow.ts'
import type { Live, LiveOptions } from '../../server/live/live-server.ts'
import type { Seat } from '../../server/live/seat.ts'
import type { TestDatabase } from './database.ts'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { io } from 'socket.io-client'
import { onAnswered, onChanges, onConnected, onPulse, onSnapshot, startFollowing } from '../../client/state/follow.ts'
import { applyEvents, emptyLayers, replaceLayers } from '../../client/state/layers.ts'
import { startLive } from '../../server/live/live-server.ts'
import { createLog } from '../../server/log.ts'
import { createMetrics } from '../../server/metrics.ts'
import { credentials } from './account.ts'
import { eventually } from './eventually.ts'

export interface LiveWorld {
  live: Live
  url: string
  metrics: LiveOptions['metrics']
  stop: () => Promise<void>
}

/** A live server of its own on a test database. */
export async function liveWorld(db: Pick<TestDatabase, 'sql' | 'url'>, options: Partial<LiveOptions> = {}): Promise<LiveWorld> {
  const http = createServer()
  const metrics = createMetrics()
  const live = startLive({
    http,
    sql: db.sql,
    databaseUrl: db.url,
    log: createLog('silent'),
    metrics,
    contract: 'test',
    identify: async () => seatOf('duty'),
    ...options,
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  await eventually(() => live.state().ready)
  return {
    live,
    metrics,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async stop() {
      await live.stop()
      http.closeAllConnections()
      http.close()
    },
  }
}

/** A place as the account of a role has it. */
export function seatOf(role: Role, bound: Partial<Seat> = {}): Seat {
  return {
    role,
    region: null,
    officer: null,
    sessionId: null,
    ...bound,
  }
}

export type LiveSocket = Socket<ServerToClient, ClientToServer>

export function connectTo(url: string, headers: Record<string, string> = credentials.headers): LiveSocket {
  return io(`${url}/live`, {
    transports: ['websocket'],
    extraHeaders: headers,
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 500,
  })
}

/** Everything that came, and the state that a real screen has after it: the same code as in the browser. */
export interface Screen {
  socket: LiveSocket
  answers: FollowAnswer[]
  snapshots: Snapshot[]
  changes: Changes[]
  positions: Positions[]
  pulses: Pulse[]
  layer: (name: LayerName) => Map<string, Feature>
  ids: (name?: LayerName) => string[]
  position: () => Position | null
  /** All events that came, in the order in which they came. */
  events: () => LogEvent[]
  /** Waits until it has this event. */
  reaches: (seq: number, seconds?: number) => Promise<void>
  close: () => void
}

export interface ScreenOptions {
  /** Restarts its connection after so long a silence, as the client does after 10 s. Milliseconds. */
  silentMs?: number
  /** Brings a message to the screen: later, twice, never. By itself at once. */
  deliver?: (bring: () => void) => void
  /** What it shows at the door; else what the file's `signIn` got. */
  headers?: Record<string, string>
}

/** A screen that reconnects and asks again, as the client does. */
export function screenOn(url: string, what: Omit<FollowRequest, 'since'> = {}, from: Position | null = null, { silentMs = 10_000, deliver = bring => bring(), headers }: ScreenOptions = {}): Screen {
  const socket = connectTo(url, headers)
  const layers = emptyLayers()
  const answers: FollowAnswer[] = []
  const changes: Changes[] = []
  let followed = {
    ...startFollowing(),
    position: from,
  }
  let heardAt = performance.now()
  const watch = setInterval(() => {
    if (performance.now() - heardAt < silentMs)
      return
    heardAt = performance.now()
    socket.disconnect().connect()
  }, silentMs / 4)

  function take(outcome: Outcome) {
    followed = outcome.next
    if (outcome.replace)
      replaceLayers(layers, outcome.replace.layers, new Map())
    if (outcome.apply)
      applyEvents(layers, outcome.apply, new Map())
    if (outcome.ask)
      ask(outcome.ask.since)
  }

  function ask(since: Position | null) {
    socket.timeout(5000).emit('follow', {
      ...what,
      ...since && { since },
    }, (late, answer) => {
      if (late || 'error' in answer)
        return setTimeout(() => socket.disconnect().connect(), 200)
      answers.push(answer)
      take(onAnswered(followed))
    })
  }

  const screen: Screen = {
    socket,
    answers,
    snapshots: [],
    changes,
    positions: [],
    pulses: [],
    layer: name => layers[name],
    ids: (name = 'cases') => [
      ...layers[name].keys(),
    ].sort(),
    position: () => followed.position,
    events: () => changes.flatMap(({ events }) => events),
    reaches: async (seq, seconds = 10) => {
      await eventually(() => (followed.position?.seq ?? -1) >= seq, { seconds, what: `a screen did not reach ${seq}` })
    },
    close() {
      clearInterval(watch)
      socket.close()
    },
  }
  socket.on('connect', () => take(onConnected(followed)))
  socket.on('snapshot', (snapshot) => {
    heardAt = performance.now()
    screen.snapshots.push(snapshot)
    deliver(() => take(onSnapshot(followed, snapshot)))
  })
  socket.on('changes', (packet) => {
    heardAt = performance.now()
    changes.push(packet)
    deliver(() => take(onChanges(followed, packet)))
  })
  socket.on('positions', positions => screen.positions.push(positions))
  socket.on('pulse', (pulse) => {
    heardAt = performance.now()
    screen.pulses.push(pulse)
    deliver(() => take(onPulse(followed, pulse)))
  })
  return screen
}

/** One `follow` on a bare socket. */
export function follow(socket: LiveSocket, request: unknown): Promise<FollowAnswer | FollowRefusal> {
  return new Promise(resolve => socket.emit('follow', request as FollowRequest, resolve))
}

/** True when each message begins where the one before ended. */
export function hasNoGap(changes: Changes[]): boolean {
  return changes.every(({ from, to, events }, index) =>
    to >= from
    && (index === 0 || from === changes[index - 1]!.to + 1)
    && events.every(({ seq }, at) => seq >= from && seq <= to && (at === 0 || seq > events[at - 1]!.seq)))
}
