import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Problem } from '#contract/problem.ts'
import { HTTPException } from 'hono/http-exception'

/** Every kind of failed request by its machine-readable name. */
const problems = {
  'malformed': { status: 400, title: 'The request cannot be read' },
  'not-signed-in': { status: 401, title: 'Sign in first' },
  'forbidden': { status: 403, title: 'This is not allowed' },
  'must-change-password': { status: 403, title: 'Choose a password of your own first' },
  'must-enrol-second-factor': { status: 403, title: 'Set up the second factor first' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'conflict': { status: 409, title: 'The present state does not allow it' },
  'stale': { status: 409, title: 'It has changed meanwhile' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The media type of the body is not understood' },
  'misdirected': { status: 421, title: 'This server does not answer under that name' },
  'invalid': { status: 422, title: 'The request has invalid values' },
  'key-reused': { status: 422, title: 'The Idempotency-Key belongs to another request' },
  'too-many-requests': { status: 429, title: 'Too many requests; try again later' },
  'internal': { status: 500, title: 'A fault in the program' },
  'not-ready': { status: 503, title: 'The server is not ready' },
  'database-away': { status: 503, title: 'The database cannot be reached; try again shortly' },
  'busy': { status: 503, title: 'The server is at its limit; try again shortly' },
} as const satisfies Record<string, { status: ContentfulStatusCode, title: string }>

export type ProblemName = keyof typeof problems

export interface ProblemDetails {
  detail?: string
  errors?: { path: string, message: string }[]
  /** Members of its own, as RFC 9457 allows. */
  members?: Record<string, unknown>
  headers?: Record<string, string>
}

/** A failed request: thrown anywhere below a handler, answered by `onError`. */
export class ProblemError extends HTTPException {
  readonly problem: Problem & Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(name: ProblemName, { detail, errors, members, headers = {} }: ProblemDetails = {}) {
    const { status, title } = problems[name]
    super(status, { message: detail ?? title })
    this.headers = headers
    this.problem = {
      type: `urn:huizhi:problem:${name}`,
      title,
      status,
      ...(detail !== undefined && { detail }),
      ...(errors && { errors }),
      ...members,
    }
  }
}

/** The kind that fits a bare status, as libraries throw it. */
export function problemOfStatus(status: number): ProblemName {
  const found = Object.entries(problems).find(([, problem]) => problem.status === status)
  return (found?.[0] ?? (status < 500
    ? 'malformed'
    : 'internal')) as ProblemName
}

export function answerProblem(c: Context, { problem, headers }: ProblemError): Response {
  return c.json(problem, problem.status as ContentfulStatusCode, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    ...headers,
  })
}
