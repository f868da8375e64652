import type { Me } from '#contract/access.ts'
import type { Identity } from '../access/identity.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { Me as MeSchema } from '#contract/access.ts'
import { demoAccounts, noteScreenSeen } from '../../db/queries/accounts.ts'
import { pagesOf } from '../access/policy.ts'
import { keptScreenCookie } from '../access/screen-cookie.ts'
import { json, newApi } from './api.ts'
import { arrivalIn } from './incoming.ts'

const meRoute = createRoute({
  method: 'get',
  path: '/me',
  tags: ['accounts'],
  summary: 'Who is signed in here, and what the menus may offer. Answers everybody',
  responses: {
    200: json(MeSchema, 'account is null for nobody'),
  },
})

export function meRoutes({ sql, identify, signOn }: Pick<HttpContext, 'sql' | 'identify' | 'signOn'>) {
  return newApi().openapi(meRoute, async (c) => {
    const identity = await identify(c.req.raw.headers, arrivalIn(c))
    if (identity?.role === 'wall') {
      await noteScreenSeen(sql, identity.sessionId)
      const cookie = keptScreenCookie(c.req.header('Cookie'))
      if (cookie)
        c.header('Set-Cookie', cookie)
    }
    const isPerson = identity !== null && identity.role !== 'wall'
    const me: Me = {
      account: identity && shown(identity),
      pages: identity?.standing === 'full'
        ? pagesOf(identity.role)
        : [],
      signOn,
      demo: isPerson
        ? []
        : await demoAccounts(sql),
    }
    return c.json(me, 200, { 'Cache-Control': 'no-store' })
  })
}

function shown({ userId, name, role, region, officer, standing, expiresAt }: Identity): NonNullable<Me['account']> {
  return {
    id: userId,
    name,
    role,
    region,
    officer,
    standing,
    expiresAt: role === 'wall'
      ? null
      : expiresAt.toISOString(),
  }
}
