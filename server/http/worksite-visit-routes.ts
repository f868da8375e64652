import type { HttpContext } from './http-context.ts'
import type { Caller } from './caller.ts'
import type { VisitFilter } from '../../db/queries/worksite-visits.ts'
import type { VisitChanged } from '../wages/visits/plan-visits.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Day } from '#contract/wages.ts'
import { VisitAction, VisitActionInput, VisitPlanInput, WorksiteVisit } from '#contract/worksite-visit.ts'
import { listVisits } from '../../db/queries/worksite-visits.ts'
import { scopeOf } from '../access/scope.ts'
import { endVisit, planVisits } from '../wages/visits/plan-visits.ts'
import { showVisit } from '../wages/visits/show-visit.ts'
import { visitCsv } from '../wages/visits/visit-csv.ts'
import { body, failures, json, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const tags = ['wages']
const fresh = { 'Cache-Control': 'no-store' }
const Range = z.object({
  from: Day.optional().describe('what is planned and not done from before stays in the list'),
  to: Day.optional(),
  worksite: z.string().max(100).optional(),
})

const listRoute = createRoute({
  method: 'get',
  path: '/worksite-visits',
  tags,
  summary: 'Visits to worksites by the day for which they are planned',
  request: { query: Range },
  responses: {
    200: json(z.array(WorksiteVisit), 'At most 2,000'),
    ...failures(422),
  },
})
const csvRoute = createRoute({
  method: 'get',
  path: '/worksite-visits.csv',
  tags,
  summary: 'The same for a spreadsheet; who took it is on record',
  request: {
    query: Range.extend({
      language: z.enum(['zh', 'en']).optional(),
    }),
  },
  responses: {
    200: {
      description: 'A line a visit',
      content: {
        'text/csv': {
          schema: z.string(),
        },
      },
    },
    ...failures(422),
  },
})
const planRoute = createRoute({
  method: 'post',
  path: '/worksite-visits',
  tags,
  summary: 'Plans visits, all or none',
  request: {
    body: body(VisitPlanInput),
  },
  responses: {
    201: json(z.array(z.string()), 'Their ids, in the order given'),
    ...failures(422),
  },
})
const actionRoute = createRoute({
  method: 'post',
  path: '/worksite-visits/{id}/{action}',
  tags,
  summary: 'A visit is done, with what was found; moved or cancelled, with why',
  request: {
    params: z.object({
      id: z.string().max(60),
      action: VisitAction,
    }),
    body: body(VisitActionInput),
  },
  responses: {
    200: json(WorksiteVisit, 'The visit afterwards'),
    ...failures(404, 409, 422),
  },
})

export function worksiteVisitRoutes({ sql, cases: { now } }: Pick<HttpContext, 'sql' | 'cases'>) {
  async function shown(caller: Caller, filter: Omit<VisitFilter, 'scope'>): Promise<WorksiteVisit[]> {
    const rows = await listVisits(sql, {
      ...filter,
      scope: scopeOf(caller.reach, caller),
    })
    return rows.map(row => showVisit(row, {
      now: now(),
      masked: caller.reach === 'masked',
    }))
  }

  function writerOf(caller: Caller) {
    return {
      sql,
      now,
      scope: scopeOf(caller.reach, caller),
      by: { id: caller.userId, name: caller.name },
    }
  }

  return newApi()
    .openapi(listRoute, async c => c.json(await shown(callerOf(c), c.req.valid('query')), 200, fresh))
    .openapi(csvRoute, async (c) => {
      const { language = 'zh', ...range } = c.req.valid('query')
      const visits = await shown(callerOf(c), range)
      audited(c, {
        action: 'wages.export-visits',
        target: null,
        after: { ...range, rows: visits.length },
      })
      return c.body(visitCsv(visits, language), 200, {
        ...fresh,
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="worksite-visits.csv"',
      })
    })
    .openapi(planRoute, async (c) => {
      const { visits } = c.req.valid('json')
      const ids = idsOf(await planVisits(writerOf(callerOf(c)), visits))
      audited(c, { action: 'wages.plan-visits', target: null, after: visits })
      return c.json(ids, 201, fresh)
    })
    .openapi(actionRoute, async (c) => {
      const caller = callerOf(c)
      const { id, action } = c.req.valid('param')
      const input = c.req.valid('json')
      idsOf(await endVisit(writerOf(caller), { id, action, input }))
      const [visit] = await shown(caller, { id })
      audited(c, {
        action: `wages.visit-${action}`,
        target: `${visit!.worksite}/${id}`,
        after: input,
      })
      return c.json(visit!, 200, fresh)
    })
}

function idsOf(outcome: VisitChanged): string[] {
  if ('notFound' in outcome)
    throw new ProblemError('not-found', { detail: 'There is no such visit.' })
  if ('obstacle' in outcome)
    throw new ProblemError('conflict', { detail: outcome.obstacle })
  if ('faults' in outcome)
    throw new ProblemError('invalid', { errors: outcome.faults })
  return outcome.ids
}
