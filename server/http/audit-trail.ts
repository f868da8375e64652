import type { Context, MiddlewareHandler } from 'hono'
import type { Caller } from './caller.ts'
import type { HttpContext } from './http-context.ts'
import { routeOf } from './guard.ts'

/** What a handler knows of what it did or showed, better than the address does. */
export interface Audited {
  action: string
  target: string | null
  before?: unknown
  after?: unknown
}

/** Tells the audit trail what was done. Needed for reads that must be accounted for; changes are recorded in any case. */
export function audited(c: Context, what: Audited): void {
  c.set('audited', what)
}

/** Says that this handler has written its entry itself, in the transaction of what it did. */
export function auditedBySelf(c: Context): void {
  c.set('audited', null)
}

/**
 * Records what somebody signed in changed, and what a handler says must be accounted for: who, what, from where. The answer
 * waits until the entry is written.
 */
export function auditTrail({ audit, log }: Pick<HttpContext, 'audit' | 'log'>): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const caller = c.get('caller') as Caller | undefined
    const told = c.get('audited') as Audited | null | undefined
    if (!caller || told === null || c.res.status >= 400)
      return
    if (told === undefined && ['GET', 'HEAD'].includes(c.req.method))
      return
    const { action, target, before = null, after = null } = told ?? {
      action: routeOf(c) ?? c.req.method,
      target: c.req.path,
    }
    await audit({
      actor: caller.userId,
      actorName: caller.name,
      role: caller.role,
      address: caller.address,
      action,
      target,
      before,
      after,
    }).catch((error: unknown) => {
      // It has been done, and cannot be undone by saying otherwise.
      log.error({
        err: error,
        action,
        target,
        actor: caller.userId,
      }, 'an entry of the audit trail was not written')
    })
  }
}
