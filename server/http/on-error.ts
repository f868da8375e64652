import type { Context, ErrorHandler } from 'hono'
import type { Log } from '../log.ts'
import { HTTPException } from 'hono/http-exception'
import { isDatabaseAway } from '../../db/unavailable.ts'
import { answerAsOpen311, open311Path } from './open311-answer.ts'
import { answerProblem, ProblemError, problemOfStatus } from './problem.ts'

/** The one place where an error becomes an answer. What the program did not expect is logged, and told nobody. */
export function onError(log: Log): ErrorHandler {
  return (error: unknown, c: Context) => {
    const problem = problemOf(error)
    const request = { method: c.req.method, path: c.req.path }
    if (problem.status === 500)
      log.error({ err: error, ...request }, 'a fault in the program')
    else if (problem.status > 500 && c.req.path !== '/readyz') // whoever asks that knows what to do with a no
      log.warn({ err: error, ...request }, 'not available')
    return open311Path.test(c.req.path)
      ? answerAsOpen311(c, problem)
      : answerProblem(c, problem)
  }
}

function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError)
    return error
  if (error instanceof HTTPException) {
    return new ProblemError(problemOfStatus(error.status), error.message
      ? { detail: error.message }
      : {})
  }
  const code = String((error as { code?: unknown } | null)?.code)
  // Class 40: lost a race with another transaction; 53: no room left.
  if (isDatabaseAway(error) || /^(?:40|53)\w{3}$/.test(code)) {
    return new ProblemError('database-away', {
      headers: { 'Retry-After': '2' },
    })
  }
  // Class 22: a value that the schema let through but PostgreSQL cannot hold.
  if (/^22\w{3}$/.test(code))
    return new ProblemError('invalid', { detail: 'A value cannot be stored.' })
  return new ProblemError('internal')
}
