import type { Acted } from '../cases/act-on-case.ts'
import type { CaseContextWithSql } from '../cases/case-context.ts'
import type { Refusal } from '../cases/decide.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { CaseAction, CaseActionInput, CaseFeature } from '#contract/case.ts'
import { actOnCase } from '../cases/act-on-case.ts'
import { findCase } from '../../db/queries/cases.ts'
import { scopeOf } from '../access/scope.ts'
import { audited } from './audit-trail.ts'
import { actorOf, callerOf } from './caller.ts'
import { failures, geoJson, geoJsonType, newApi } from './api.ts'
import { ProblemError } from './problem.ts'
import { claimOf, RetryHeaders } from './retry-key.ts'

const actionRoute = createRoute({
  method: 'post',
  path: '/cases/{id}/actions/{action}',
  tags: ['cases'],
  summary: 'Does one thing to a case: dispatch, accept, resolve, call back, …',
  request: {
    params: z.object({
      id: z.string().max(60),
      action: CaseAction,
    }),
    headers: RetryHeaders.extend({
      'if-match': z.string().regex(/^(?:\*|(?:W\/)?"\d{1,9}")$/, 'must be the ETag of the case').optional(),
    }),
    body: {
      content: {
        'application/json': { schema: CaseActionInput },
      },
    },
  },
  responses: {
    200: geoJson(CaseFeature, 'The case afterwards'),
    ...failures(404, 409, 422),
  },
})

export function caseActionRoutes(context: CaseContextWithSql) {
  return newApi().openapi(actionRoute, async (c) => {
    const { id, action } = c.req.valid('param')
    const { 'idempotency-key': key, 'if-match': ifMatch } = c.req.valid('header')
    const { version = versionOf(ifMatch), ...rest } = c.req.valid('json')
    const input = {
      ...rest,
      ...(version !== undefined && { version }),
    }
    const caller = callerOf(c)
    const scope = scopeOf(caller.reach, caller)
    if (scope !== null && !await findCase(context.sql, id, scope))
      throw new ProblemError('not-found', { detail: 'There is no such case.' })
    const acted = await actOnCase(context, {
      id,
      action,
      input,
      actor: actorOf(caller),
      claim: claimOf(key, caller.userId, [action, id, input]),
    })
    const feature = featureOf(acted)
    const { status, version: now } = feature.properties
    audited(c, {
      action: `case.${action}`,
      target: id,
      after: { status, version: now },
    })
    return c.json(feature, 200, { ...geoJsonType, ETag: `"${feature.properties.version}"` })
  })
}

function versionOf(ifMatch: string | undefined): number | undefined {
  const digits = ifMatch?.match(/\d+/)?.[0]
  return digits === undefined
    ? undefined
    : Number(digits)
}

function featureOf(acted: Acted): CaseFeature {
  if ('done' in acted)
    return acted.done
  throw problemOfCase(acted)
}

/** Why a case was not acted on, as it is answered. */
export function problemOfCase(acted: Exclude<Acted, { done: unknown }>): ProblemError {
  if ('notFound' in acted)
    return new ProblemError('not-found', { detail: 'There is no such case.' })
  if ('keyReused' in acted)
    return new ProblemError('key-reused')
  if ('stale' in acted) {
    return new ProblemError('stale', {
      detail: 'Somebody changed the case since it was read; nothing was overwritten.',
      members: { current: acted.stale, changes: acted.changes },
    })
  }
  return problemOf(acted.refused)
}

function problemOf(refusal: Refusal): ProblemError {
  switch (refusal.reason) {
    case 'not-allowed':
      return new ProblemError('forbidden', { detail: refusal.detail })
    case 'missing':
      return new ProblemError('invalid', { errors: refusal.errors })
    default:
      return new ProblemError('conflict', {
        detail: refusal.detail,
        members: {
          reason: refusal.reason,
          ...('guard' in refusal && { guard: refusal.guard }),
        },
      })
  }
}
