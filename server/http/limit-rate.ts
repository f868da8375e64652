import type { Context, MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import type { Caller } from './caller.ts'
import type { RateLimitName, RateLimits } from './rate-limit-settings.ts'
import { addressOf } from './client-address.ts'
import { incomingOf } from './incoming.ts'
import { networkOf } from './network-of.ts'
import { ProblemError } from './problem.ts'
import { createRateLimiter } from './rate-limiter.ts'

/** What is counted before anybody knows who asks: where guessing and flooding cost the server most. */
const before: [RegExp, RateLimitName][] = [
  [/^\/api\/auth\/(?:sign-in|two-factor\/verify|change-password|device\/code)/, 'sign-in'],
  [/^\/api\/v1\/reports(?:\/|$)/, 'report'],
]

/**
 * Two handlers, one to run before the guard (by address) and one after it (by account, or by address where nobody signed in).
 * What is above its limit is answered with 429 and Retry-After. Built pages are not counted: they lie in memory.
 */
export function limitRate(limits: RateLimits, { trustedProxies }: Pick<Config, 'trustedProxies'>): { beforeGuard: MiddlewareHandler, afterGuard: MiddlewareHandler } {
  const limiters = Object.fromEntries(Object.entries(limits).map(([name, limit]) => [
    name,
    limit && createRateLimiter(limit),
  ])) as Record<RateLimitName, ReturnType<typeof createRateLimiter> | null>

  function count(name: RateLimitName, key: () => string) {
    const seconds = limiters[name]?.take(key()) ?? 0
    if (seconds > 0) {
      throw new ProblemError('too-many-requests', {
        detail: `Try again in ${seconds} s.`,
        headers: {
          'Retry-After': String(seconds),
        },
      })
    }
  }
  const network = (c: Context) => networkOf(addressOf(incomingOf(c), trustedProxies))
  const earlyLimitOf = (c: Context) => c.req.method === 'GET' || c.req.method === 'HEAD'
    ? undefined
    : before.find(([path]) => path.test(c.req.path))?.[1]

  return {
    beforeGuard(c, next) {
      const name = earlyLimitOf(c)
      if (name)
        count(name, () => network(c))
      return next()
    },
    afterGuard(c, next) {
      const caller = c.get('caller') as Caller | undefined
      if (caller) {
        count(nameFor(c), () => caller.userId)
        if (c.req.method === 'POST' && c.req.path === '/api/v1/uploads')
          count('upload', () => caller.userId)
      }
      else if (/^\/api\/v1\/trackers\/(?:owntracks|osmand)$/.test(c.req.path)) {
        count('tracker', () => network(c))
      }
      else if (/^\/(?:api|open311|tiles)\//.test(c.req.path) && !earlyLimitOf(c)) {
        count('anonymous', () => network(c))
      }
      return next()
    },
  }
}

function nameFor(c: Context): RateLimitName {
  return c.req.header('Authorization')
    ? 'program'
    : 'person'
}
