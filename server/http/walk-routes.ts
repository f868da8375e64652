import type { DispatchContext } from '../dispatch/suggest-for-case.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Walk, WalkInput } from '#contract/positions.ts'
import { readCaseState } from '../../db/queries/case-states.ts'
import { scopeOf } from '../access/scope.ts'
import { toWgs84 } from '../cases/place-case.ts'
import { walkPath } from '../dispatch/walk-path.ts'
import { body, failures, json, newApi } from './api.ts'
import { auditedBySelf } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const walkRoute = createRoute({
  method: 'post',
  path: '/cases/{id}/walk',
  tags: ['dispatch'],
  summary: 'The way on foot through the streets to a case; where somebody stands is not kept',
  request: {
    params: z.object({
      id: z.string().max(60),
    }),
    body: body(WalkInput),
  },
  responses: {
    200: json(Walk, 'The way, or why it is not known'),
    ...failures(404, 422),
  },
})

export function walkRoutes({ sql, streets, rules }: Pick<DispatchContext, 'sql' | 'streets' | 'rules'>) {
  return newApi().openapi(walkRoute, async (c) => {
    // It changes nothing; in the address the place would stand in logs.
    auditedBySelf(c)
    const caller = callerOf(c)
    const item = await readCaseState(sql, c.req.valid('param').id, scopeOf(caller.reach, caller))
    if (!item)
      throw new ProblemError('not-found', { detail: 'There is no such case.' })
    const { lng, lat, datum } = c.req.valid('json')
    const fresh = { 'Cache-Control': 'no-store' }
    if (item.location === null)
      return c.json({ route: null, unknown: 'no-place' as const }, 200, fresh)
    const way = walkPath(await streets.of(item.subdistrict), toWgs84([lng, lat], datum), item.location, {
      speed: rules.dispatch.walkSpeed,
      limitMinutes: 180,
    })
    return c.json(way
      ? {
          route: {
            path: { type: 'LineString' as const, coordinates: way.path },
            metres: Math.round(way.metres),
            minutes: Math.round(way.minutes * 10) / 10,
          },
        }
      : { route: null, unknown: 'no-way' as const }, 200, fresh)
  })
}
