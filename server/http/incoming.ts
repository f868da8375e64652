import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import type { Arrival } from './admission.ts'
import { arrivalOf } from './admission.ts'

/** The request as Node has it, with its socket; undefined for a call inside the process. */
export function incomingOf(c: Context): IncomingMessage | undefined {
  return (c.env as { incoming?: IncomingMessage } | undefined)?.incoming
}

export function arrivalIn(c: Context): Arrival {
  const incoming = incomingOf(c)
  return incoming
    ? arrivalOf(incoming)
    : {
        method: c.req.method,
        remoteAddress: null,
        header: name => c.req.header(name),
      }
}
