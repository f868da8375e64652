import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { largestUploadBytes } from '../uploads/kinds.ts'
import { ProblemError } from './problem.ts'

/** A case with the longest text, in the wordiest encoding, fits several times. */
const MOST_BYTES = 256 * 1024
/** Of a form around a file. */
const ENVELOPE_BYTES = 64 * 1024

/** A file of cases: the importer takes workbooks to this size too. Some 100,000 cases as CSV; more go by `npm run import`. */
export const largestImportBytes = 20 * 1024 * 1024

/** Bodies that are read as they come; what reads them counts the bytes. */
const streamed: Record<string, number> = {
  '/api/v1/uploads': largestUploadBytes + ENVELOPE_BYTES,
  '/api/v1/imports/cases': largestImportBytes,
  '/api/v1/imports/cases/columns': largestImportBytes,
  '/api/v1/reports/photos': largestUploadBytes + ENVELOPE_BYTES,
}

/** Refuses larger bodies before they are read; a body of unknown length is counted while it comes in. */
export function limitBodies(): MiddlewareHandler {
  const counting = bodyLimit({
    maxSize: MOST_BYTES,
    onError: () => {
      throw tooLarge(MOST_BYTES)
    },
  })
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || c.get('bodyIsLimited'))
      return next()
    c.set('bodyIsLimited', true)
    const stream = streamed[c.req.path]
    const length = c.req.header('Content-Length')
    if (length !== undefined && Number(length) > (stream ?? MOST_BYTES))
      throw tooLarge(stream ?? MOST_BYTES)
    // With its length told, the body need not be touched here (which costs as much as the rest of a small request).
    const isTold = length !== undefined && c.req.header('Transfer-Encoding') === undefined
    return stream === undefined && !isTold
      ? counting(c, next)
      : next()
  }
}

function tooLarge(maxBytes: number): ProblemError {
  return new ProblemError('too-large', {
    detail: `At most ${maxBytes} bytes.`,
    members: { maxBytes },
  })
}
