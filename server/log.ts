import type { Logger } from 'pino'
import pino from 'pino'

export type Log = Logger

/** Structured logs on standard output, one JSON object a line; levels as pino's, `silent` included. */
export function createLog(level: string): Log {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime })
}
