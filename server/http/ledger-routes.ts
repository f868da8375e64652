import type { Caller } from './caller.ts'
import type { CaseContext } from '../cases/case-context.ts'
import type { HttpContext } from './http-context.ts'
import type { LedgerFilterQuery } from './ledger-query.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { LedgerCaller, LedgerPage } from '#contract/ledger.ts'
import { findLedger } from '../../db/queries/ledger.ts'
import { maskedFeature } from '../access/mask.ts'
import { scopeOf } from '../access/scope.ts'
import { body, failures, json, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { filterOf, LedgerCursorQuery, ledgerCursorText, LedgerFilterQuery as LedgerFilterQuerySchema } from './ledger-query.ts'
import { ProblemError } from './problem.ts'

const listRoute = createRoute({
  method: 'get',
  path: '/ledger',
  tags: ['ledger'],
  summary: 'Cases by any mixture of filters in any order, page by page or from a row on',
  request: {
    query: LedgerFilterQuerySchema.extend({
      limit: z.coerce.number().int().min(1).max(500).default(100),
      cursor: LedgerCursorQuery.optional(),
      offset: z.coerce.number().int().min(0).max(1_000_000).optional().describe('rows from the beginning; not with a cursor'),
    }),
  },
  responses: {
    200: json(LedgerPage, 'A page; `nextCursor` leads to the next'),
    ...failures(422),
  },
})

const callersRoute = createRoute({
  method: 'post',
  path: '/ledger/callers',
  tags: ['ledger'],
  summary: 'For a telephone number, by what its cases are found in the ledger: the number itself belongs in no address',
  request: {
    body: body(z.object({
      phone: z.string().trim().min(3).max(40),
    })),
  },
  responses: {
    200: json(LedgerCaller, 'What to pass as `caller`'),
    ...failures(422),
  },
})

export function ledgerRoutes({ sql, cases }: Pick<HttpContext, 'sql'> & { cases: CaseContext }) {
  return newApi()
    .openapi(listRoute, async (c) => {
      const { limit, cursor, offset, ...query } = c.req.valid('query')
      const caller = callerOf(c)
      const now = cases.now()
      const { total, totalIsExact, features, next } = await findLedger(sql, {
        filter: filterFor(caller, query, now),
        ...query.sort,
        limit,
        after: cursor,
        offset: cursor
          ? undefined
          : offset,
      })
      return c.json({
        asOf: now.toISOString(),
        total,
        totalIsExact,
        features: caller.reach === 'masked'
          ? features.map(feature => maskedFeature('cases', feature))
          : features,
        nextCursor: ledgerCursorText(next),
      }, 200)
    })
    .openapi(callersRoute, async (c) => {
      const { phone } = c.req.valid('json')
      const caller = cases.personal.phoneHash(phone)
      audited(c, { action: 'case.search-phone', target: caller })
      return c.json({ caller }, 200, { 'Cache-Control': 'no-store' })
    })
}

/** The filter within what the caller may see. What is hidden from him cannot be asked for either: an answer would tell it. */
export function filterFor(caller: Caller, query: LedgerFilterQuery, now: Date) {
  const hidden = caller.reach === 'masked'
    ? (['q', 'caller', 'assignee'] as const).filter(name => query[name] !== undefined)
    : []
  if (hidden.length > 0 || (caller.reach === 'masked' && query.sort.sort === 'assignee'))
    throw new ProblemError('forbidden', { detail: 'The text of cases and who has them are not shown to this role, and cannot be searched.' })
  return {
    ...filterOf(query, now),
    scope: scopeOf(caller.reach, caller),
  }
}
