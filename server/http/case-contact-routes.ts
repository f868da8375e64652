import type { CaseContext } from '../cases/case-context.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { CaseContact } from '#contract/ledger.ts'
import { findContact } from '../../db/queries/case-contact.ts'
import { scopeOf } from '../access/scope.ts'
import { failures, json, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const contactRoute = createRoute({
  method: 'get',
  path: '/cases/{id}/contact',
  tags: ['cases'],
  summary: 'Whom to call back. Every look is written into the audit trail',
  request: {
    params: z.object({
      id: z.string().max(60),
    }),
    query: z.object({
      reason: z.enum(['call-back', 'visit', 'check']).optional().describe('what for; it stands in the audit trail'),
    }),
  },
  responses: {
    200: json(CaseContact, 'Name and number, as far as they are known'),
    ...failures(404),
  },
})

/** 条例 art. 32: only who handles the case or calls back sees the complainant, never by the way. */
export function caseContactRoutes({ sql, cases }: Pick<HttpContext, 'sql'> & { cases: CaseContext }) {
  return newApi().openapi(contactRoute, async (c) => {
    const { id } = c.req.valid('param')
    const caller = callerOf(c)
    const found = await findContact(sql, id, scopeOf(caller.reach, caller))
    if (!found)
      throw new ProblemError('not-found', { detail: 'There is no such case.' })
    audited(c, {
      action: 'case.see-contact',
      target: id,
      after: { reason: c.req.valid('query').reason ?? null },
    })
    const open = (sealed: Buffer | null) => sealed && cases.personal.open(sealed)
    return c.json({
      name: open(found.contact_name),
      phone: open(found.contact_phone),
    }, 200, { 'Cache-Control': 'no-store' })
  })
}
