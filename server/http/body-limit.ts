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

/** Bodies that are read as a whole and may be large: plans with drawn parcels, and plans as layers. */
const larger: readonly (readonly [path: RegExp, bytes: number])[] = [
  [/^\/api\/v1\/plan-scenarios(?:\/|$)/, 4 * 1024 * 1024],
  [/^\/api\/v1\/plan-geopackages$/, 64 * 1024 * 1024],
]

/** Refuses larger bodies before they are read; a body of unknown length is counted while it comes in. */
export function limitBodies(): MiddlewareHandler {
  const countingTo = (maxSize: number) => bodyLimit({
    maxSize,
    onError: () => {
      throw tooLarge(maxSize)
    },
  })
  const counting = new Map([
    MOST_BYTES,
    ...larger.map(([, bytes]) => bytes),
  ].map(bytes => [
    bytes,
    countingTo(bytes),
  ]))
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || c.get('bodyIsLimited'))
      return next()
    c.set('bodyIsLimited', true)
    const stream = streamed[c.req.path]
    const most = stream ?? larger.find(([path]) => path.test(c.req.path))?.[1] ?? MOST_BYTES
    const length = c.req.header('Content-Length')
    if (length !== undefined && Number(length) > most)
      throw tooLarge(most)
    // With its length told, the body need not be touched here (which costs as much as the rest of a small request).
    const isTold = length !== undefined && c.req.header('Transfer-Encoding') === undefined
    return stream === undefined && !isTold
      ? counting.get(most)!(c, next)
      : next()
  }
}

function tooLarge(maxBytes: number): ProblemError {
  return new ProblemError('too-large', {
    detail: `At most ${maxBytes} bytes.`,
    members: { maxBytes },
  })
}
