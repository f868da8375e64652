import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ProblemError } from './problem.ts'

/** Refuses larger bodies before they are read; a body of unknown length is counted while it comes in. */
export function limitBody(maxBytes: number): MiddlewareHandler {
  const tooLarge = () => new ProblemError('too-large', {
    detail: `At most ${maxBytes} bytes.`,
    members: { maxBytes },
  })
  const counting = bodyLimit({
    maxSize: maxBytes,
    onError: () => { throw tooLarge() },
  })
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD')
      return next()
    const length = c.req.header('Content-Length')
    // With its length told, the body need not be touched here (which costs as much as the rest of a small request).
    if (length === undefined || c.req.header('Transfer-Encoding') !== undefined)
      return counting(c, next)
    if (Number(length) > maxBytes)
      throw tooLarge()
    return next()
  }
}
