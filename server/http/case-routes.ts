import type { CaseContext } from '../cases/case-context.ts'
import type { CaseRegistration, Registered } from '../cases/register-cases.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { CaseCollection, CaseFeature, CaseInput, CaseKind, CaseStatus, Instant } from '#contract/case.ts'
import { RegisteredCase } from '#contract/case-work.ts'
import { findCase, findCases } from '../../db/queries/cases.ts'
import { maskedFeature } from '../access/mask.ts'
import { scopeOf } from '../access/scope.ts'
import { wrongReportedAt } from '../cases/reported-at.ts'
import { attachReportPhotos } from '../report/attach-report-photos.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { failures, geoJson, geoJsonType, newApi } from './api.ts'
import { ProblemError } from './problem.ts'
import { BboxQuery, CursorQuery, cursorText, listQuery, RegionQuery } from './query.ts'
import { claimOf, RetryHeaders } from './retry-key.ts'

const listRoute = createRoute({
  method: 'get',
  path: '/cases',
  tags: ['cases'],
  summary: 'Cases, newest first, or by change with updatedSince',
  request: {
    query: z.object({
      bbox: BboxQuery.optional(),
      status: listQuery(CaseStatus).optional(),
      kind: listQuery(CaseKind).optional(),
      region: RegionQuery.optional(),
      updatedSince: Instant.optional(),
      limit: z.coerce.number().int().min(1).max(5000).default(500),
      cursor: CursorQuery.optional(),
    }),
  },
  responses: {
    200: geoJson(CaseCollection, 'A page of cases; `nextCursor` leads to the next'),
    ...failures(422),
  },
})

const readRoute = createRoute({
  method: 'get',
  path: '/cases/{id}',
  tags: ['cases'],
  summary: 'One case; its ETag is its version',
  request: {
    params: z.object({
      id: z.string().max(60),
    }),
  },
  responses: {
    200: geoJson(CaseFeature, 'The case'),
    ...failures(404),
  },
})

const registerRoute = createRoute({
  method: 'post',
  path: '/cases',
  tags: ['cases'],
  summary: 'Registers a case; only content is required',
  request: {
    headers: RetryHeaders,
    body: {
      required: true,
      content: {
        'application/json': { schema: CaseInput },
      },
    },
  },
  responses: {
    201: {
      ...geoJson(RegisteredCase, 'The case, on record'),
      headers: {
        Location: {
          schema: { type: 'string' },
        },
      },
    },
    ...failures(422),
  },
})

export interface CaseRoutesContext extends Pick<HttpContext, 'sql'> {
  cases: CaseContext
  register: (registration: CaseRegistration) => Promise<Registered>
}

export function caseRoutes({ sql, cases, register }: CaseRoutesContext) {
  return newApi()
    .openapi(listRoute, async (c) => {
      const { bbox, status, kind, region, updatedSince, limit, cursor } = c.req.valid('query')
      if (cursor && (cursor.order === 'updated') !== (updatedSince !== undefined)) {
        throw new ProblemError('invalid', {
          errors: [
            { path: 'cursor', message: 'belongs to a query in the other order' },
          ],
        })
      }
      const caller = callerOf(c)
      const { features, nextCursor } = await findCases(sql, {
        scope: scopeOf(caller.reach, caller),
        bbox,
        statuses: status,
        kinds: kind,
        region,
        updatedSince: updatedSince === undefined
          ? undefined
          : new Date(updatedSince),
        limit,
        cursor,
      })
      return c.json({
        type: 'FeatureCollection' as const,
        features: caller.reach === 'masked'
          ? features.map(feature => maskedFeature('cases', feature))
          : features,
        nextCursor: cursorText(nextCursor),
      }, 200, geoJsonType)
    })
    .openapi(readRoute, async (c) => {
      const caller = callerOf(c)
      const feature = await findCase(sql, c.req.valid('param').id, scopeOf(caller.reach, caller))
      if (!feature)
        throw new ProblemError('not-found', { detail: 'There is no such case.' })
      const seen = caller.reach === 'masked'
        ? maskedFeature('cases', feature)
        : feature
      return c.json(seen, 200, { ...geoJsonType, ETag: `"${feature.properties.version}"` })
    })
    .openapi(registerRoute, async (c) => {
      const { photos = [], ...input } = c.req.valid('json')
      const wrong = input.reportedAt && wrongReportedAt(new Date(input.reportedAt), cases.now())
      if (wrong) {
        throw new ProblemError('invalid', {
          errors: [
            { path: 'reportedAt', message: wrong },
          ],
        })
      }
      const claim = claimOf(c.req.valid('header')['idempotency-key'], callerOf(c).userId, ['register', input, ...photos])
      const registered = await register({ input, claim })
      if ('keyReused' in registered)
        throw new ProblemError('key-reused')
      const feature = 'registered' in registered
        ? registered.registered
        : registered.replayed
      const { missing } = photos.length === 0
        ? { missing: [] }
        : await sql.begin(tx => attachReportPhotos(tx, feature.id, photos, callerOf(c).userId))
      audited(c, { action: 'case.register', target: feature.id })
      return c.json({
        ...feature,
        ...(missing.length > 0 && { missingPhotos: missing }),
      }, 201, { ...geoJsonType, Location: `/api/v1/cases/${feature.id}`, ETag: `"${feature.properties.version}"` })
    })
}
