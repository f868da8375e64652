import postgres from 'postgres'

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
export type Sql = postgres.Sql<Types>
/** The same inside `sql.begin(async tx => …)`. */
export type Tx = postgres.TransactionSql<Types>
/** For functions that work in and out of a transaction. */
export type SqlOrTx = postgres.ISql<Types>

export interface ConnectOptions {
  /** Connections at most; 10 unless told. They are opened when needed. */
  max?: number
  /** Shown in pg_stat_activity. */
  name?: string
  /** Seconds until a connection attempt counts as failed; 10 unless told. */
  connectSeconds?: number
}

/** Opens nothing by itself: the first query does. A lost connection is opened again by the next query. */
export function connect(url: string, { max = 10, name = 'huizhi', connectSeconds = 10 }: ConnectOptions = {}): Sql {
  return postgres(url, {
    max,
    types,
    connect_timeout: connectSeconds,
    backoff: attempt => Math.min(0.05 * 2 ** attempt, 1),
    onnotice: () => {},
    connection: { application_name: name },
  }) as unknown as Sql
}
