import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { CallForecast, ForecastSubject } from '#contract/forecast.ts'
import { scopeOf } from '../access/scope.ts'
import { forecastPlaces } from '../forecast/forecast-places.ts'
import { failures, json, newApi } from './api.ts'
import { callerOf } from './caller.ts'

const forecastRoute = createRoute({
  method: 'get',
  path: '/forecasts/{subject}',
  tags: ['figures'],
  summary: 'Calls to expect next month by renovation zone or worksite, with the model\'s error in past months beside that of naive forecasts',
  request: {
    params: z.object({
      subject: ForecastSubject,
    }),
  },
  responses: {
    200: json(z.array(CallForecast), 'One for each subdistrict; a screen on the wall gets only those that are better than every naive one'),
    ...failures(422),
  },
})

export function forecastRoutes({ sql, cases: { now } }: Pick<HttpContext, 'sql' | 'cases'>) {
  return newApi().openapi(forecastRoute, async (c) => {
    const caller = callerOf(c)
    const forecasts = await forecastPlaces(sql, {
      subject: c.req.valid('param').subject,
      scope: scopeOf(caller.reach, caller),
      now: now(),
    })
    return c.json(caller.role === 'wall'
      ? forecasts.filter(({ outcome }) => outcome === 'better')
      : forecasts, 200, { 'Cache-Control': 'no-store' })
  })
}
