import type { Context, MiddlewareHandler } from 'hono'
import type { Identity } from '../access/identity.ts'
import type { Reach } from '../access/policy.ts'
import type { Caller } from './caller.ts'
import type { HttpContext } from './http-context.ts'
import { matchedRoutes } from 'hono/route'
import { reachOf, routePolicy } from '../access/policy.ts'
import { isFromHere } from './admission.ts'
import { addressOf } from './client-address.ts'
import { arrivalIn, incomingOf } from './incoming.ts'
import { ProblemError } from './problem.ts'

/** Before a handler runs: who asks, and whether the policy lets them. What is served from the folder of pages is public. */
export function guard({ identify, config }: Pick<HttpContext, 'identify' | 'config'>): MiddlewareHandler {
  return async (c, next) => {
    const route = routeOf(c)
    const rule = route === null
      ? 'public'
      : routePolicy[route]
    if (rule === 'public')
      return next()
    const arrival = arrivalIn(c)
    if (rule === 'local' && isFromHere(arrival))
      return next()

    const identity = await identify(c.req.raw.headers, arrival)
    if (!identity) {
      throw new ProblemError('not-signed-in', {
        headers: { 'WWW-Authenticate': 'Bearer' },
      })
    }
    if (identity.standing !== 'full' && rule !== 'any-standing')
      throw new ProblemError(identity.standing)
    const reach = reachOf(rule, identity.role)
    if (reach === null)
      throw new ProblemError('forbidden', { detail: `The role ${identity.role} may not do this.` })
    c.set('caller', callerFrom(identity, reach, addressOf(incomingOf(c), config.trustedProxies)))
    await next()
  }
}

function callerFrom({ userId, sessionId, name, role, region, officer }: Identity, reach: Reach, address: string): Caller {
  return {
    userId,
    sessionId,
    name,
    role,
    region,
    officer,
    reach,
    address,
  }
}

/** `GET /api/v1/cases/{id}`, the key of its rule; null where no route of ours answers. */
export function routeOf(c: Context): string | null {
  const method = c.req.method === 'HEAD'
    ? 'GET'
    : c.req.method
  const route = matchedRoutes(c).findLast(route => route.method === method)
  return route
    ? policyKey(method, route.path)
    : null
}

/** `/tiles/:z/:file{[0-9]+}` → `GET /tiles/{z}/{file}` */
export function policyKey(method: string, path: string): string {
  return `${method} ${path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, '{$1}')}`
}
