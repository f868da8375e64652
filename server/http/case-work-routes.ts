import type { CaseContextWithSql } from '../cases/case-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { CaseWork, SimilarCases, SimilarQuestion } from '#contract/case-work.ts'
import { scopeOf } from '../access/scope.ts'
import { caseWork } from '../cases/case-work.ts'
import { similarToCall, similarToCase } from '../cases/similar-cases.ts'
import { body, failures, json, newApi } from './api.ts'
import { auditedBySelf } from './audit-trail.ts'
import { actorOf, callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const params = z.object({
  id: z.string().max(60),
})

const workRoute = createRoute({
  method: 'get',
  path: '/cases/{id}/work',
  tags: ['cases'],
  summary: 'Clock and history of a case, and what the asker may do next',
  request: { params },
  responses: {
    200: json(CaseWork, 'All that a case page shows beside the case itself'),
    ...failures(404),
  },
})

const similarRoute = createRoute({
  method: 'get',
  path: '/cases/{id}/similar',
  tags: ['cases'],
  summary: 'Open cases that may be about the same matter',
  request: { params },
  responses: {
    200: json(SimilarCases, 'Proposals for 并单'),
    ...failures(404),
  },
})

const callRoute = createRoute({
  method: 'post',
  path: '/cases/similar',
  tags: ['cases'],
  summary: 'Open cases that may be about the same matter as a call that is being taken; nothing is written',
  request: {
    body: body(SimilarQuestion),
  },
  responses: {
    200: json(SimilarCases, 'Proposals for 并单'),
    ...failures(422),
  },
})

const noCase = () => new ProblemError('not-found', { detail: 'There is no such case.' })
const fresh = { 'Cache-Control': 'no-store' }

export function caseWorkRoutes(context: CaseContextWithSql) {
  return newApi()
    .openapi(workRoute, async (c) => {
      const caller = callerOf(c)
      const work = await caseWork(context, c.req.valid('param').id, actorOf(caller), scopeOf(caller.reach, caller))
      if (!work)
        throw noCase()
      return c.json(work, 200, fresh)
    })
    .openapi(similarRoute, async (c) => {
      const caller = callerOf(c)
      const similar = await similarToCase(context, c.req.valid('param').id, scopeOf(caller.reach, caller))
      if (!similar)
        throw noCase()
      return c.json(similar, 200, fresh)
    })
    .openapi(callRoute, async (c) => {
      const caller = callerOf(c)
      auditedBySelf(c) // a look at what is there, asked while somebody types
      return c.json(await similarToCall(context, c.req.valid('json'), scopeOf(caller.reach, caller)), 200, fresh)
    })
}
