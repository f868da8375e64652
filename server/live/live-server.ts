import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Socket } from 'socket.io'
import type { ClientToServer, ServerToClient } from '#contract/live.ts'
import type { Role } from '#contract/role.ts'
import type { Sql } from '../../db/connect.ts'
import type { PositionReport } from '../../db/queries/positions.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { EngineOptions } from './engine.ts'
import type { LogState } from './follow-log.ts'
import { Server } from 'socket.io'
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
  /** Who is this? null = may not follow. */
  identify?: (request: IncomingMessage) => Promise<Role | null>
  limits?: Partial<LiveLimits>
  onEvents?: EngineOptions['onEvents']
  onReset?: EngineOptions['onReset']
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
  stop: () => Promise<void>
}

type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, { role: Role }>

/** Serves `/live` on an HTTP server: interface.md, "Live". */
export function startLive(options: LiveOptions): Live {
  const { http, contract, metrics, log, publicOrigin, identify = async () => 'duty' as const } = options
  const engine = createEngine({
    ...options,
    limits: {
      ...liveLimits,
      ...options.limits,
    },
  })

  const io = new Server<ClientToServer, ServerToClient, Record<string, never>, { role: Role }>(http, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    connectTimeout: 10_000,
    perMessageDeflate: false, // see CompressingServer
    wsEngine: CompressingServer,
    allowRequest: (request, answer) => answer(null, isAllowedOrigin(request, publicOrigin)),
  })
  io.of('/').use((_socket, next) => next(new Error('Use the namespace /live')))
  const namespace = io.of('/live')

  namespace.use((socket, next) => {
    identify(socket.request).then((role) => {
      if (!role)
        return next(new Error('Sign in first'))
      socket.data.role = role
      next()
    }, (error: unknown) => {
      log.error({ err: error }, 'cannot tell who connects')
      next(new Error('Try again later'))
    })
  })

  namespace.on('connection', (socket: LiveSocket) => {
    const follower = engine.connect(socket.data.role, outboxOf(socket))
    socket.on('follow', createFollowHandler({
      engine,
      follower,
      contract,
      metrics,
      log,
    }))
    socket.on('disconnect', () => engine.disconnect(follower))
  })

  return {
    state: engine.state,
    reportPositions: engine.reportPositions,
    async stop() {
      await engine.stop()
      // Not a "server disconnect", after which stock clients do not come back: just a lost connection.
      io.engine.close()
      namespace.removeAllListeners()
    },
  }
}

/** A page of another origin must not follow with the cookies of a browser that is signed in here. Programs send no origin. */
function isAllowedOrigin({ headers: { origin, host } }: IncomingMessage, publicOrigin: string | undefined): boolean {
  return origin === undefined || origin === publicOrigin || (URL.canParse(origin) && new URL(origin).host === host)
}
