import type { Socket } from 'node:net'
import type postgresJs from 'postgres'
import { postgres } from './mended-postgres.ts'

/**
 * How values cross the border to SQL, apart from what postgres.js does by itself
 * (jsonb ↔ value, timestamptz ↔ Date, bytea ↔ Buffer, arrays ↔ arrays).
 */
const types = {
  // Sequence numbers and OSM ids: far below 2^53.
  int8: {
    to: 20,
    from: [20],
    serialize: (value: number) => String(value),
    parse: (text: string) => Number(text),
  },
  // A day has no time zone, so it stays the text 'YYYY-MM-DD' (a Date would move it by a day at some offsets).
  day: {
    to: 1082,
    from: [1082],
    serialize: (value: string) => value,
    parse: (text: string) => text,
  },
  // `point` ↔ [lng, lat].
  point: {
    to: 600,
    from: [600],
    serialize: ([lng, lat]: [number, number]) => `(${lng},${lat})`,
    parse: (text: string) => text.slice(1, -1).split(',').map(Number) as [number, number],
  },
}

type Types = Record<'int8', number> & Record<'day', string> & Record<'point', [number, number]>

/** A pool of connections, called as a template: sql`select …`. */
export type Sql = postgresJs.Sql<Types>
/** The same inside `sql.begin(async tx => …)`. */
export type Tx = postgresJs.TransactionSql<Types>
/** For functions that work in and out of a transaction. */
export type SqlOrTx = postgresJs.ISql<Types>

export interface ConnectOptions {
  /** Connections at most; 10 unless told. They are opened when needed. */
  max?: number
  /** Shown in pg_stat_activity. */
  name?: string
  /** Seconds until a connection attempt counts as failed; 10 unless told. */
  connectSeconds?: number
  /** Told of every NOTIFY on a channel to which one of the connections listens. */
  onNotify?: (channel: string, payload: string) => void
  /**
   * Whether a new connection asks for the types of arrays; needed where arrays are parameters or columns; true unless told.
   * When the database goes away in just that moment, postgres.js rejects a promise that nobody holds.
   */
  arrays?: boolean
  /** Told when a connection ended, however that came. */
  onClose?: () => void
}

/** Open sockets by pool: what postgres.js shares among the connections of one pool names it. */
const socketsOf = new WeakMap<object, Set<Socket>>()
Object.assign(globalThis, {
  [Symbol.for('huizhi.database-socket')](pool: object, socket: Socket) {
    const sockets = socketsOf.get(pool) ?? new Set()
    socketsOf.set(pool, sockets.add(socket))
    socket.once('close', () => sockets.delete(socket))
  },
})

/**
 * Ends all connections of a pool at once; what was asked on them fails as with a lost connection, and the next query opens a
 * new one. For a server that has stopped answering without saying so: a query would wait for it a quarter of an hour.
 */
export function cutConnections(sql: Sql): void {
  const { shared } = sql.options as unknown as { shared: object }
  for (const socket of socketsOf.get(shared) ?? [])
    socket.destroy(Object.assign(new Error('The database did not answer'), { code: 'CONNECTION_CLOSED' }))
}

/** Opens nothing by itself: the first query does. A lost connection is opened again by the next query. */
export function connect(url: string, { max = 10, name = 'huizhi', connectSeconds = 10, arrays = true, onNotify, onClose }: ConnectOptions = {}): Sql {
  const notifications = { onnotify: onNotify } // postgres.js knows it, its types do not
  return postgres(url, {
    ...notifications,
    max,
    types,
    connect_timeout: connectSeconds,
    backoff: attempt => Math.min(0.05 * 2 ** attempt, 1),
    onnotice: () => {},
    onclose: onClose,
    fetch_types: arrays,
    connection: { application_name: name },
  }) as unknown as Sql
}
