import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Socket } from 'socket.io'
import type { ClientToServer, ServerToClient } from '#contract/live.ts'
import type { Sql } from '../../db/connect.ts'
import type { PositionReport } from '../../db/queries/positions.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { EngineOptions } from './engine.ts'
import type { Follower } from './follower.ts'
import type { LogState } from './follow-log.ts'
import type { Seat } from './seat.ts'
import { Server } from 'socket.io'
import { admit, arrivalOf } from '../http/admission.ts'
import { CompressingServer } from './compressing-server.ts'
import { createEngine } from './engine.ts'
import { createFollowHandler } from './follow-handler.ts'
import { outboxOf } from './outbox.ts'

export interface LiveOptions {
  http: HttpServer
  sql: Sql
  /** The log is followed on a connection of its own. */
  databaseUrl: string
  log: Log
  metrics: Metrics
  /** Hash of the contract (server/contract/hash.ts). */
  contract: string
  /** Browsers of this origin may connect, besides those of the server's own. */
  publicOrigin?: string | undefined
  /** Whose socket is this? null = may not follow. */
  identify: (request: IncomingMessage) => Promise<Seat | null>
  /** Those of the seats that still have what they came in with. */
  stillSeated?: (seats: Seat[]) => Promise<Set<Seat>>
  limits?: Partial<LiveLimits>
  onEvents?: EngineOptions['onEvents']
  onReset?: EngineOptions['onReset']
  onAccess?: EngineOptions['onAccess']
}

export interface LiveLimits {
  /** Bytes that may wait for one follower. */
  maxQueuedBytes: number
  /** Seconds in which something of what waits must leave. */
  maxStallSeconds: number
  /** Followers that miss more events get a snapshot. */
  resumeLimit: number
  ringEvents: number
  ringBytes: number
  /** Events read at the start, for followers who come back after a restart. */
  replay: number
  pulseMs: number
}

export const liveLimits: LiveLimits = {
  maxQueuedBytes: 4 * 2 ** 20,
  maxStallSeconds: 20,
  resumeLimit: 20_000,
  ringEvents: 20_000,
  ringBytes: 32 * 2 ** 20,
  replay: 5000,
  pulseMs: 5000,
}

export interface Live {
  state: () => LogState & { followers: number }
  /** Officers were seen; screens of every process learn it within about a second. */
  reportPositions: (reports: PositionReport[]) => void
  /** An officer's latest position, by whichever process it was told. */
  positionOf: (officer: string) => PositionReport | undefined
  forgetPosition: (officer: string) => void
  stop: () => Promise<void>
}

type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, { seat: Seat }>

/** How often it is looked whether sessions have run out. Those that were ended are noticed at once. */
const everySeconds = 10

/** Serves `/live` on an HTTP server: interface.md, "Live". */
export function startLive(options: LiveOptions): Live {
  const { http, contract, metrics, log, publicOrigin, identify, stillSeated } = options
  const seated = new Map<Follower, () => void>()
  const engine = createEngine({
    ...options,
    onAccess(userId) {
      options.onAccess?.(userId)
      void unseat()
    },
    limits: {
      ...liveLimits,
      ...options.limits,
    },
  })

  const io = new Server<ClientToServer, ServerToClient, Record<string, never>, { seat: Seat }>(http, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    connectTimeout: 10_000,
    perMessageDeflate: false, // see CompressingServer
    wsEngine: CompressingServer,
    allowRequest: (request, answer) => answer(null, mayConnect(request, publicOrigin)),
  })
  // What its engine answers by itself: refusals, in a few words of JSON.
  http.prependListener('request', (request, answer) => {
    if (request.url?.startsWith('/socket.io/')) {
      answer.setHeader('X-Content-Type-Options', 'nosniff')
      answer.setHeader('Content-Security-Policy', 'default-src \'none\'; frame-ancestors \'none\'')
      answer.setHeader('Cache-Control', 'no-store')
    }
  })
  io.of('/').use((_socket, next) => next(new Error('Use the namespace /live')))
  const namespace = io.of('/live')

  namespace.use((socket, next) => {
    identify(socket.request).then((seat) => {
      if (!seat) {
        return next(Object.assign(new Error('Sign in first'), {
          data: { type: 'urn:huizhi:problem:not-signed-in' },
        }))
      }
      socket.data.seat = seat
      next()
    }, (error: unknown) => {
      log.error({ err: error }, 'cannot tell who connects')
      next(new Error('Try again later'))
    })
  })

  namespace.on('connection', (socket: LiveSocket) => {
    const follower = engine.connect(socket.data.seat, outboxOf(socket))
    seated.set(follower, () => socket.conn.close())
    socket.on('follow', createFollowHandler({
      engine,
      follower,
      contract,
      metrics,
      log,
    }))
    socket.on('disconnect', () => {
      seated.delete(follower)
      engine.disconnect(follower)
    })
  })

  /** Closes the sockets whose session has ended or whose rights are not what they were: they come back with what they have now. */
  async function unseat() {
    const bySession = [
      ...seated.keys(),
    ].filter(({ seat }) => seat.sessionId !== null)
    if (bySession.length === 0 || !stillSeated)
      return
    const kept = await stillSeated(bySession.map(({ seat }) => seat)).catch((error: unknown) => {
      // While the database is away nobody can tell; the next look is soon.
      log.debug({ err: error }, 'cannot tell whose sessions have ended')
      return null
    })
    for (const follower of kept
      ? bySession
      : []) {
      if (!kept!.has(follower.seat))
        seated.get(follower)?.()
    }
  }
  const watch = setInterval(unseat, everySeconds * 1000)

  return {
    state: engine.state,
    reportPositions: engine.reportPositions,
    positionOf: engine.positionOf,
    forgetPosition: engine.forgetPosition,
    async stop() {
      clearInterval(watch)
      await engine.stop()
      // Not a "server disconnect", after which stock clients do not come back: just a lost connection.
      io.engine.close()
      namespace.removeAllListeners()
    },
  }
}

/**
 * A page of another origin must not follow with the cookies of a browser that is signed in here: a handshake is looked at like a
 * change over HTTP. Programs send no origin.
 */
function mayConnect(request: IncomingMessage, publicOrigin: string | undefined): boolean {
  return 'admitted' in admit({
    ...arrivalOf(request),
    method: 'POST',
  }, { publicOrigin: publicOrigin ?? null })
}
