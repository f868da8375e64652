import type { HttpContext } from './http-context.ts'
import { randomUUID } from 'node:crypto'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { PlanLayers } from '#contract/plan-file.ts'
import { PlanData, Scenario, ScenarioInput } from '#contract/plan.ts'
import { deleteScenario, listScenarios, putScenario, readScenario } from '../../db/queries/plan-scenarios.ts'
import { geoPackageOf } from '../geopackage/geopackage-thread.ts'
import { readPlanData } from '../care/read-plan-data.ts'
import { body, failures, json, newApi } from './api.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const tags = ['care planning']
const params = z.object({
  id: z.string().max(60),
})

const dataRoute = createRoute({
  method: 'get',
  path: '/plan-data',
  tags,
  summary: 'Streets, gates, walls, houses with their elders and facilities, for a browser that computes coverage itself',
  request: {
    query: z.object({
      subdistrict: z.string().max(20).optional(),
    }),
  },
  responses: {
    200: json(PlanData, 'The data and their basis'),
    ...failures(404, 422),
  },
})

const listRoute = createRoute({
  method: 'get',
  path: '/plan-scenarios',
  tags,
  summary: 'Saved plans, the newest first',
  responses: {
    200: json(z.array(Scenario), 'At most 200'),
  },
})

const createScenarioRoute = createRoute({
  method: 'post',
  path: '/plan-scenarios',
  tags,
  summary: 'Saves a plan under a name',
  request: {
    body: body(ScenarioInput),
  },
  responses: {
    201: json(Scenario, 'The plan with its id'),
    ...failures(422),
  },
})

const readRoute = createRoute({
  method: 'get',
  path: '/plan-scenarios/{id}',
  tags,
  summary: 'One saved plan',
  request: { params },
  responses: {
    200: json(Scenario, 'The plan'),
    ...failures(404),
  },
})

const updateRoute = createRoute({
  method: 'put',
  path: '/plan-scenarios/{id}',
  tags,
  summary: 'Replaces a saved plan',
  request: {
    params,
    body: body(ScenarioInput),
  },
  responses: {
    200: json(Scenario, 'The plan afterwards'),
    ...failures(404, 422),
  },
})

const deleteRoute = createRoute({
  method: 'delete',
  path: '/plan-scenarios/{id}',
  tags,
  summary: 'Removes a saved plan',
  request: { params },
  responses: {
    204: { description: 'Removed' },
    ...failures(404),
  },
})

const geoPackageType = 'application/geopackage+sqlite3'

const geoPackageRoute = createRoute({
  method: 'post',
  path: '/plan-geopackages',
  tags,
  summary: 'Layers of a plan that a browser has computed, as a GeoPackage; nothing is kept',
  request: {
    body: body(PlanLayers),
  },
  responses: {
    200: {
      description: 'The file: a table a layer, EPSG:4326, and the table `plan` of the facts',
      content: {
        [geoPackageType]: {
          schema: { type: 'string', format: 'binary' } as const,
        },
      },
    },
    ...failures(422),
  },
})

const missing = () => new ProblemError('not-found', { detail: 'There is no such plan.' })

export function planRoutes({ sql }: Pick<HttpContext, 'sql'>) {
  return newApi()
    .openapi(dataRoute, async (c) => {
      const answer = await readPlanData(sql, c.req.valid('query').subdistrict ?? null)
      if ('notFound' in answer)
        throw new ProblemError('not-found', { detail: 'There is no such subdistrict.' })
      if ('tooMany' in answer) {
        throw new ProblemError('invalid', {
          errors: [
            { path: 'subdistrict', message: `must be given: there are ${answer.tooMany} of them` },
          ],
        })
      }
      return c.json(answer as unknown as z.infer<typeof PlanData>, 200)
    })
    .openapi(listRoute, async c => c.json(await listScenarios(sql), 200))
    .openapi(createScenarioRoute, async c => c.json(await putScenario(sql, randomUUID(), c.req.valid('json'), callerOf(c)), 201))
    .openapi(readRoute, async (c) => {
      const scenario = await readScenario(sql, c.req.valid('param').id)
      if (!scenario)
        throw missing()
      return c.json(scenario, 200)
    })
    .openapi(updateRoute, async (c) => {
      const { id } = c.req.valid('param')
      if (!await readScenario(sql, id))
        throw missing()
      return c.json(await putScenario(sql, id, c.req.valid('json'), callerOf(c)), 200)
    })
    .openapi(deleteRoute, async (c) => {
      if (!await deleteScenario(sql, c.req.valid('param').id))
        throw missing()
      return c.body(null, 204)
    })
    .openapi(geoPackageRoute, async (c) => {
      const layers = c.req.valid('json')
      const file = await geoPackageOf(layers)
      if (file === null) {
        throw new ProblemError('busy', {
          detail: 'Other files are being written; try again in a moment.',
          headers: { 'Retry-After': '5' },
        })
      }
      return c.body(file, 200, {
        'Content-Type': geoPackageType,
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(layers.name)}.gpkg`,
        'Cache-Control': 'no-store',
      }) as never
    })
}
