import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { LocationInput } from '#contract/case.ts'
import { Coverage, CoverageQuery } from '#contract/coverage.ts'
import { CareFacility, CareFacilityFeature } from '#contract/places.ts'
import { changeFacility } from '../care/change-facility.ts'
import { failures, geoJson, geoJsonType, json, newApi } from './api.ts'
import { ProblemError } from './problem.ts'

const FacilityChange = z.object({
  open: z.boolean(),
  capacity: CareFacility.shape.capacity.pipe(z.number().max(1_000_000).nullable()),
  location: LocationInput,
}).partial().refine(change => Object.keys(change).length > 0, 'must hold at least one of open, capacity, location').meta({ id: 'FacilityChange' })

const changeRoute = createRoute({
  method: 'patch',
  path: '/care-facilities/{id}',
  tags: ['elder care'],
  summary: 'Opens, closes, moves or resizes a facility; coverage follows',
  request: {
    params: z.object({
      id: z.string().max(100),
    }),
    body: {
      required: true,
      content: {
        'application/json': { schema: FacilityChange },
      },
    },
  },
  responses: {
    200: geoJson(CareFacilityFeature, 'The facility afterwards'),
    ...failures(404, 422),
  },
})

const coverageRoute = createRoute({
  method: 'get',
  path: '/coverage',
  tags: ['elder care'],
  summary: 'Whom the elder-care circle reaches on foot, and whom it misses',
  request: { query: CoverageQuery },
  responses: {
    200: json(Coverage, 'Three rates, by community too, the reach and the missed buildings'),
    ...failures(422),
  },
})

export function careRoutes({ sql, cases: { places }, coverage }: Pick<HttpContext, 'sql' | 'cases' | 'coverage'>) {
  return newApi()
    .openapi(changeRoute, async (c) => {
      const changed = await changeFacility({ sql, places }, c.req.valid('param').id, c.req.valid('json'))
      if ('notFound' in changed)
        throw new ProblemError('not-found', { detail: 'There is no such facility.' })
      if ('outside' in changed) {
        throw new ProblemError('invalid', {
          errors: [
            { path: 'location', message: 'lies outside every known subdistrict' },
          ],
        })
      }
      return c.json(changed.changed, 200, geoJsonType)
    })
    .openapi(coverageRoute, async c => c.json(await coverage.compute(c.req.valid('query')), 200))
}
