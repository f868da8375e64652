import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { SiteSums, SumsBy, ZoneSums } from '#contract/sums.ts'
import { scopeOf } from '../access/scope.ts'
import { siteSums } from '../sums/site-sums.ts'
import { zoneSums } from '../sums/zone-sums.ts'
import { failures, json, newApi } from './api.ts'
import { callerOf } from './caller.ts'

const fresh = { 'Cache-Control': 'no-store' }
const by = SumsBy.default('community')

const zonesRoute = createRoute({
  method: 'get',
  path: '/renovation-sums',
  tags: ['renovation'],
  summary: 'Zones, leftover issues, calls and consent added up by community or grid',
  request: {
    query: z.object({
      by,
      days: z.coerce.number().int().min(1).max(730).default(30).describe('of calls, today included'),
    }),
  },
  responses: {
    200: json(ZoneSums, 'The sums, numerators and denominators apart'),
    ...failures(422),
  },
})

const sitesRoute = createRoute({
  method: 'get',
  path: '/worksite-sums',
  tags: ['wages'],
  summary: 'Worksites, people and wages owed added up by community or grid',
  request: {
    query: z.object({ by }),
  },
  responses: {
    200: json(SiteSums, 'The sums, numerators and denominators apart'),
    ...failures(422),
  },
})

/** Overlays added up by region; a community sees its own. */
export function sumsRoutes({ sql, cases }: Pick<HttpContext, 'sql' | 'cases'>) {
  return newApi()
    .openapi(zonesRoute, async (c) => {
      const caller = callerOf(c)
      return c.json(await zoneSums(sql, {
        ...c.req.valid('query'),
        scope: scopeOf(caller.reach, caller),
        now: cases.now(),
      }), 200, fresh)
    })
    .openapi(sitesRoute, async (c) => {
      const caller = callerOf(c)
      return c.json(await siteSums(sql, {
        ...c.req.valid('query'),
        scope: scopeOf(caller.reach, caller),
        now: cases.now(),
      }), 200, fresh)
    })
}
