import type { Acted } from '../cases/act-on-case.ts'
import type { CaseContext } from '../cases/case-context.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { LedgerBulkResult } from '#contract/ledger.ts'
import { LedgerBulkInput, LedgerBulkResult as LedgerBulkResultSchema } from '#contract/ledger.ts'
import { findCase } from '../../db/queries/cases.ts'
import { scopeOf } from '../access/scope.ts'
import { actOnCase } from '../cases/act-on-case.ts'
import { body, failures, json, newApi } from './api.ts'
import { auditedBySelf } from './audit-trail.ts'
import { actorOf, callerOf } from './caller.ts'
import { claimOf, RetryHeaders } from './retry-key.ts'

const bulkRoute = createRoute({
  method: 'post',
  path: '/ledger/actions',
  tags: ['ledger'],
  summary: 'Does one thing to up to 200 cases, each by the same rules as alone; each answers for itself',
  request: {
    headers: RetryHeaders,
    body: body(LedgerBulkInput),
  },
  responses: {
    200: json(z.object({
      results: z.array(LedgerBulkResultSchema),
    }), 'What became of each, in the order asked'),
    ...failures(422),
  },
})

/** Sent again with its key after a lost answer, what was done is not done twice: each case has a key of its own made from it. */
export function ledgerBulkRoutes({ sql, cases, audit }: Pick<HttpContext, 'sql' | 'audit'> & { cases: CaseContext }) {
  return newApi().openapi(bulkRoute, async (c) => {
    const { 'idempotency-key': key } = c.req.valid('header')
    const { action, input, cases: asked } = c.req.valid('json')
    const caller = callerOf(c)
    const scope = scopeOf(caller.reach, caller)
    auditedBySelf(c)

    const results: LedgerBulkResult[] = []
    // One after the other: each takes the log's lock, and a desk's bulk must not stand before the calls that come in.
    for (const { id, version } of asked) {
      const said = { ...input, version }
      const acted: Acted = scope !== null && !await findCase(sql, id, scope)
        ? { notFound: true }
        : await actOnCase({ ...cases, sql }, {
            id,
            action,
            input: said,
            actor: actorOf(caller),
            claim: claimOf(key && `${key}:${id}`, caller.userId, [action, id, said]),
          })
      results.push(resultOf(id, acted))
      if ('done' in acted) {
        const { status, version: now } = acted.done.properties
        await audit({
          actor: caller.userId,
          actorName: caller.name,
          role: caller.role,
          address: caller.address,
          action: `case.${action}`,
          target: id,
          before: null,
          after: { status, version: now, bulk: asked.length },
        })
      }
    }
    return c.json({ results }, 200)
  })
}

function resultOf(id: string, acted: Acted): LedgerBulkResult {
  if ('done' in acted) {
    const { status, version } = acted.done.properties
    return {
      id,
      done: { status, version },
      refused: null,
    }
  }
  return {
    id,
    done: null,
    refused: refusalOf(acted),
  }
}

function refusalOf(acted: Exclude<Acted, { done: unknown }>): NonNullable<LedgerBulkResult['refused']> {
  if ('notFound' in acted)
    return { reason: 'not-found', guard: null, detail: 'There is no such case.' }
  if ('keyReused' in acted)
    return { reason: 'key-reused', guard: null, detail: 'The Idempotency-Key belongs to another request.' }
  if ('stale' in acted)
    return { reason: 'stale', guard: null, detail: 'Somebody changed the case since it was read; nothing was overwritten.' }
  const { refused } = acted
  return {
    reason: refused.reason,
    guard: 'guard' in refused
      ? refused.guard
      : null,
    detail: refused.reason === 'missing'
      ? refused.errors.map(({ message }) => message).join(' · ')
      : refused.detail,
  }
}
