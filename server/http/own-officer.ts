import type { Context } from 'hono'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

/** The officer of the address, if the asker may speak for him. */
export function ownOfficer(c: Context): string {
  const caller = callerOf(c)
  const officer = c.req.param('id')!
  if (caller.reach === 'own' && officer !== caller.officer)
    throw noOfficer()
  return officer
}

export function noOfficer(): ProblemError {
  return new ProblemError('not-found', { detail: 'There is no such officer.' })
}
