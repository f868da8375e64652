import type { Logger } from 'pino'
import pino from 'pino'

export type Log = Logger

/**
 * Structured logs on standard error, one JSON object a line; levels as pino's, `silent` included.
 * Standard output is for people: stages of the start and addresses.
 */
export function createLog(level: string): Log {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }))
}
