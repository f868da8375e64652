import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { CareFacilityCollection, OfficerCollection, RegionCollection, RegionLevel, RenovationZoneCollection, WorksiteCollection } from '#contract/places.ts'
import { listCareFacilities } from '../../db/queries/care-facilities.ts'
import { listOfficers } from '../../db/queries/officers.ts'
import { listRegions } from '../../db/queries/regions.ts'
import { listRenovationZones } from '../../db/queries/renovation-zones.ts'
import { listWorksites } from '../../db/queries/worksites.ts'
import { scopeOf } from '../access/scope.ts'
import { callerOf } from './caller.ts'
import { failures, geoJson, geoJsonType, newApi } from './api.ts'
import { BboxQuery, RegionQuery } from './query.ts'

const overlayQuery = z.object({
  bbox: BboxQuery.optional(),
  region: RegionQuery.optional(),
})

/** The route of a layer that is small enough to be answered whole. */
function overlayRoute<P extends string, T extends z.ZodType>(path: P, schema: T, summary: string) {
  return createRoute({
    method: 'get',
    path,
    tags: ['layers'],
    summary,
    request: { query: overlayQuery },
    responses: {
      200: geoJson(schema, summary),
      ...failures(422),
    },
  })
}

const regionsRoute = createRoute({
  method: 'get',
  path: '/regions',
  tags: ['layers'],
  summary: 'Subdistricts, communities, villages and grids with their people',
  request: {
    query: z.object({
      level: RegionLevel.optional(),
      parent: RegionQuery.optional(),
    }),
  },
  responses: {
    200: geoJson(RegionCollection, 'Regions, coarse before fine'),
    ...failures(422),
  },
})

const zonesRoute = overlayRoute('/renovation-zones', RenovationZoneCollection, 'Old neighbourhoods under renovation')
const worksitesRoute = overlayRoute('/worksites', WorksiteCollection, 'Building sites and the wages they owe')
const facilitiesRoute = overlayRoute('/care-facilities', CareFacilityCollection, 'Elder-care facilities, closed ones too')
const officersRoute = overlayRoute('/officers', OfficerCollection, 'Officers and where they were last seen')

export function overlayRoutes({ sql }: Pick<HttpContext, 'sql'>) {
  return newApi()
    .openapi(regionsRoute, async c => c.json(collection(await listRegions(sql, c.req.valid('query'))), 200, geoJsonType))
    .openapi(zonesRoute, async c => c.json(collection(await listRenovationZones(sql, c.req.valid('query'))), 200, geoJsonType))
    .openapi(worksitesRoute, async c => c.json(collection(await listWorksites(sql, c.req.valid('query'))), 200, geoJsonType))
    .openapi(facilitiesRoute, async c => c.json(collection(await listCareFacilities(sql, c.req.valid('query'))), 200, geoJsonType))
    .openapi(officersRoute, async (c) => {
      const caller = callerOf(c)
      const officers = await listOfficers(sql, {
        ...c.req.valid('query'),
        scope: scopeOf(caller.reach, caller),
      })
      return c.json(collection(officers), 200, geoJsonType)
    })
}

function collection<F>(features: F[]) {
  return { type: 'FeatureCollection' as const, features }
}
