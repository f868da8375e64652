import type { Context } from 'hono'
import type { Caller } from './caller.ts'
import type { HttpContext } from './http-context.ts'
import type { WageHandling as Handling } from '#contract/wage-handling.ts'
import type { HandlingRequest } from '../wages/handling/take-step.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { HandlingHead, HandlingStepName, HandlingTerm, NewHandlingInput, NextStepInput, WageHandling } from '#contract/wage-handling.ts'
import { findHandling, listHandlings } from '../../db/queries/wage-handlings.ts'
import { scopeOf } from '../access/scope.ts'
import { setHandlingTerms } from '../wages/handling/set-handling-terms.ts'
import { headOf, showHandling } from '../wages/handling/show-handling.ts'
import { takeHandlingStep } from '../wages/handling/take-step.ts'
import { body, failures, json, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const tags = ['wages']
const params = z.object({
  id: z.string().max(100),
})
const fresh = { 'Cache-Control': 'no-store' }

const listRoute = createRoute({
  method: 'get',
  path: '/wage-handlings',
  tags,
  summary: 'What is done about unpaid wages, what is due first first; of one site or one case where asked',
  request: {
    query: z.object({
      worksite: z.string().max(100).optional(),
      case: z.string().max(40).optional(),
    }),
  },
  responses: {
    200: json(z.array(HandlingHead), 'At most 2,000'),
  },
})
const readRoute = createRoute({
  method: 'get',
  path: '/wage-handlings/{id}',
  tags,
  summary: 'A handling with all its steps, and what can be done next',
  request: { params },
  responses: {
    200: json(WageHandling, 'The handling'),
    ...failures(404),
  },
})
const openRoute = createRoute({
  method: 'post',
  path: '/worksites/{id}/wage-handlings',
  tags,
  summary: 'Opens a handling: the complaint',
  request: {
    params,
    body: body(NewHandlingInput),
  },
  responses: {
    201: json(WageHandling, 'The handling'),
    ...failures(404, 409, 422),
  },
})
const stepRoute = createRoute({
  method: 'post',
  path: '/wage-handlings/{id}/steps/{step}',
  tags,
  summary: 'Takes the next step of a handling',
  request: {
    params: params.extend({ step: HandlingStepName }),
    body: body(NextStepInput),
  },
  responses: {
    200: json(WageHandling, 'The handling afterwards'),
    ...failures(404, 409, 422),
  },
})
const termsRoute = createRoute({
  method: 'put',
  path: '/wage-handling-terms',
  tags,
  summary: 'Sets until when a step has to come, with the source',
  request: {
    body: body(z.array(HandlingTerm).min(1).max(4)),
  },
  responses: {
    200: json(z.array(HandlingTerm), 'The terms in force'),
    ...failures(422),
  },
})

export function wageHandlingRoutes({ sql, cases: { personal, calendar, now } }: Pick<HttpContext, 'sql' | 'cases'>) {
  async function shown(id: string, caller: Caller): Promise<Handling> {
    const row = await findHandling(sql, id, scopeOf(caller.reach, caller))
    if (!row)
      throw new ProblemError('not-found', { detail: 'There is no such handling.' })
    return await showHandling({
      sql,
      personal,
      now: now(),
      masked: caller.reach === 'masked',
    }, row, { id: caller.userId, role: caller.role })
  }

  async function take(c: Context, request: Pick<HandlingRequest, 'of' | 'step' | 'input'>): Promise<Handling> {
    const caller = callerOf(c)
    const outcome = await takeHandlingStep({
      sql,
      personal,
      calendar,
      now,
    }, {
      ...request,
      scope: scopeOf(caller.reach, caller),
      by: { id: caller.userId, name: caller.name, role: caller.role },
    })
    if ('notFound' in outcome)
      throw new ProblemError('not-found', { detail: 'There is no such worksite or handling.' })
    if ('stale' in outcome) {
      throw new ProblemError('stale', {
        detail: 'Somebody else has taken a step of this handling since it was read.',
        members: { current: await shown((request.of as { handling: string }).handling, caller) },
      })
    }
    if ('obstacle' in outcome)
      throw new ProblemError('conflict', { detail: outcome.obstacle })
    if ('faults' in outcome)
      throw new ProblemError('invalid', { errors: outcome.faults })
    const { receivedBy: _, ...said } = request.input
    audited(c, {
      action: `wages.handling-${request.step}`,
      target: `${outcome.worksite}/${outcome.taken}`,
      before: { state: outcome.from },
      after: { state: outcome.to, ...said },
    })
    return await shown(outcome.taken, caller)
  }

  return newApi()
    .openapi(listRoute, async (c) => {
      const caller = callerOf(c)
      const { worksite, case: caseId } = c.req.valid('query')
      const rows = await listHandlings(sql, {
        scope: scopeOf(caller.reach, caller),
        worksite,
        caseId,
      })
      return c.json(rows.map(row => headOf(row, now())), 200, fresh)
    })
    .openapi(readRoute, async c => c.json(await shown(c.req.valid('param').id, callerOf(c)), 200, fresh))
    .openapi(openRoute, async c => c.json(await take(c, {
      of: { worksite: c.req.valid('param').id },
      step: 'complain',
      input: c.req.valid('json').step,
    }), 201, fresh))
    .openapi(stepRoute, async (c) => {
      const { version, step: input } = c.req.valid('json')
      const { id, step } = c.req.valid('param')
      return c.json(await take(c, {
        of: { handling: id, version },
        step,
        input,
      }), 200, fresh)
    })
    .openapi(termsRoute, async (c) => {
      const terms = c.req.valid('json')
      const inForce = await setHandlingTerms(sql, terms)
      audited(c, { action: 'wages.set-handling-terms', target: null, after: terms })
      return c.json(inForce, 200, fresh)
    })
}
