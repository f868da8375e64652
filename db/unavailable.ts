/**
 * What postgres.js and PostgreSQL say when the database cannot be reached or has just gone: nothing is wrong with the
 * request, and the same may succeed a moment later.
 */
const codes = new Set([
  // postgres.js
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  // the operating system
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  // PostgreSQL: admin shutdown, crash of a neighbour, still starting, connection failures, too many connections
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '08001',
  '08004',
  '53300',
])

/** True when a query failed because the database is away; a request that meets it answers 503 with Retry-After. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AggregateError)
    return error.errors.some(isDatabaseAway)
  if (!(error instanceof Error) || !('code' in error))
    return false
  // ENOENT of a connect is a missing Unix socket; any other is a missing file.
  return codes.has(String(error.code)) || (error.code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect')
}

/** True when a transaction failed and has certainly changed nothing: PostgreSQL said no, and not by going away. */
export function isRolledBack(error: unknown): boolean {
  return error instanceof Error && !isDatabaseAway(error)
}
