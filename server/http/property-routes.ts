import type { PropertyRecord } from '#contract/property.ts'
import type { Context } from 'hono'
import type { PropertyDone, PropertyWork } from '../property/change-property.ts'
import type { KnownPlace } from '../property/property-places.ts'
import type { Caller } from './caller.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { PropertyCompanyInput, PropertyPlace, PropertyRecord as PropertyRecordSchema } from '#contract/property.ts'
import { LadderInput, PropertyOutcomeInput } from '#contract/renovation.ts'
import { scopeOf } from '../access/scope.ts'
import { changeCompany, notePropertyOutcome, takePropertyStep } from '../property/change-ladder.ts'
import { changeProperty } from '../property/change-property.ts'
import { propertyPlace } from '../property/property-places.ts'
import { listProperty, showProperty } from '../property/show-property.ts'
import { body, failures, json, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const tags = ['property']
const params = z.object({
  place: z.string().max(120),
})
const fresh = { 'Cache-Control': 'no-store' }

const listRoute = createRoute({
  method: 'get',
  path: '/property-ladders',
  tags,
  summary: 'Every compound with its property company and where that stands on the ladder 反馈 → 约谈 → 限期整改 → 调整物业',
  responses: {
    200: json(z.array(PropertyPlace), 'By community and name'),
  },
})
const readRoute = createRoute({
  method: 'get',
  path: '/property-ladders/{place}',
  tags,
  summary: 'The ladders of one compound, with each step\'s day, papers and calls, what comes next and who changed what',
  request: { params },
  responses: {
    200: json(PropertyRecordSchema, 'The present company\'s ladder first'),
    ...failures(404),
  },
})

function changeRoute<M extends 'put' | 'post', P extends string, Q extends z.ZodObject, T extends z.ZodType>(method: M, path: P, query: Q, schema: T, summary: string) {
  return createRoute({
    method,
    path,
    tags,
    summary,
    request: {
      params: query,
      body: body(schema),
    },
    responses: {
      200: json(PropertyRecordSchema, 'As it is afterwards'),
      ...failures(404, 409, 422),
    },
  })
}
const companyRoute = changeRoute('put', '/property-ladders/{place}/company', params, PropertyCompanyInput, 'Notes which company has it in hand')
const stepRoute = changeRoute('post', '/property-ladders/{place}/steps', params, LadderInput, 'Takes a step of the ladder; one that leaves others out says why')
const outcomeRoute = changeRoute('put', '/property-ladders/{place}/steps/{step}/outcome', params.extend({
  step: z.string().max(200),
}), PropertyOutcomeInput, 'Notes whether the last step has helped')

export function propertyRoutes({ sql, cases: { now, places } }: Pick<HttpContext, 'sql' | 'cases'>) {
  async function placeOf(place: string, caller: Caller): Promise<KnownPlace> {
    const known = await propertyPlace(sql, places, place, scopeOf(caller.reach, caller))
    if (!known)
      throw new ProblemError('not-found', { detail: 'There is no such compound.' })
    return known
  }
  const shown = async (known: KnownPlace, caller: Caller): Promise<PropertyRecord> => await showProperty(sql, known, {
    now: now(),
    namesHidden: caller.reach === 'masked',
  })

  async function changed(c: Context, place: string, version: number, work: (work: PropertyWork) => Promise<PropertyDone>): Promise<PropertyRecord> {
    const caller = callerOf(c)
    const known = await placeOf(place, caller)
    const outcome = await changeProperty({ sql, now }, {
      known,
      version,
      by: { id: caller.userId, name: caller.name, role: caller.role },
    }, work)
    if ('stale' in outcome) {
      throw new ProblemError('stale', {
        detail: 'Somebody else has changed this since it was read.',
        members: { current: await shown(known, caller) },
      })
    }
    if ('missing' in outcome)
      throw new ProblemError('not-found', { detail: `There is no such ${outcome.missing}.` })
    if ('faults' in outcome)
      throw new ProblemError('invalid', { errors: outcome.faults })
    if ('obstacle' in outcome)
      throw new ProblemError('conflict', { detail: outcome.obstacle })
    audited(c, {
      action: `property.${outcome.part}`,
      target: place,
      before: outcome.before,
      after: outcome.after,
    })
    return await shown(known, caller)
  }

  return newApi()
    .openapi(listRoute, async (c) => {
      const caller = callerOf(c)
      return c.json(await listProperty(sql, places, {
        scope: scopeOf(caller.reach, caller),
        now: now(),
      }), 200, fresh)
    })
    .openapi(readRoute, async (c) => {
      const caller = callerOf(c)
      return c.json(await shown(await placeOf(c.req.valid('param').place, caller), caller), 200, fresh)
    })
    .openapi(companyRoute, async (c) => {
      const { version, company } = c.req.valid('json')
      return c.json(await changed(c, c.req.valid('param').place, version, work => changeCompany(work, company)), 200, fresh)
    })
    .openapi(stepRoute, async (c) => {
      const { version, step } = c.req.valid('json')
      return c.json(await changed(c, c.req.valid('param').place, version, work => takePropertyStep(work, step)), 200, fresh)
    })
    .openapi(outcomeRoute, async (c) => {
      const { version, ...input } = c.req.valid('json')
      const { place, step } = c.req.valid('param')
      return c.json(await changed(c, place, version, work => notePropertyOutcome(work, step, input)), 200, fresh)
    })
}
