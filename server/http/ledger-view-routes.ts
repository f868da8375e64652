import type { LedgerViewRow } from '../../db/queries/ledger-views.ts'
import type { HttpContext } from './http-context.ts'
import { randomUUID } from 'node:crypto'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { LedgerView } from '#contract/ledger.ts'
import { LedgerViewInput, LedgerView as LedgerViewSchema } from '#contract/ledger.ts'
import { countLedgerViews, deleteLedgerView, insertLedgerView, listLedgerViews, updateLedgerView } from '../../db/queries/ledger-views.ts'
import { body, failures, json, newApi } from './api.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const tags = ['ledger']
const params = z.object({
  id: z.uuid(),
})
const atMost = 100

const listRoute = createRoute({
  method: 'get',
  path: '/ledger/views',
  tags,
  summary: 'Saved filters of the ledger: one\'s own, and those for everybody',
  responses: {
    200: json(z.array(LedgerViewSchema), 'Own ones first, by name'),
  },
})

const addRoute = createRoute({
  method: 'post',
  path: '/ledger/views',
  tags,
  summary: 'Keeps a filter under a name',
  request: {
    body: body(LedgerViewInput),
  },
  responses: {
    201: json(LedgerViewSchema, 'It is kept'),
    ...failures(409, 422),
  },
})

const changeRoute = createRoute({
  method: 'put',
  path: '/ledger/views/{id}',
  tags,
  summary: 'Changes one\'s own saved filter',
  request: {
    params,
    body: body(LedgerViewInput),
  },
  responses: {
    200: json(LedgerViewSchema, 'As it is now'),
    ...failures(404, 409, 422),
  },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/ledger/views/{id}',
  tags,
  summary: 'Removes one\'s own saved filter',
  request: { params },
  responses: {
    204: { description: 'It is gone' },
    ...failures(404),
  },
})

export function ledgerViewRoutes({ sql }: Pick<HttpContext, 'sql'>) {
  return newApi()
    .openapi(listRoute, async (c) => {
      const { userId } = callerOf(c)
      return c.json((await listLedgerViews(sql, userId)).map(row => viewFor(userId, row)), 200)
    })
    .openapi(addRoute, async (c) => {
      const { userId } = callerOf(c)
      if (await countLedgerViews(sql, userId) >= atMost)
        throw new ProblemError('conflict', { detail: `Nobody keeps more than ${atMost} views; remove one first.` })
      const added = await insertLedgerView(sql, {
        id: randomUUID(),
        owner: userId,
        ...c.req.valid('json'),
      })
      if (!added)
        throw nameTaken()
      return c.json(viewFor(userId, added), 201)
    })
    .openapi(changeRoute, async (c) => {
      const { userId } = callerOf(c)
      const changed = await updateLedgerView(sql, {
        id: c.req.valid('param').id,
        owner: userId,
        ...c.req.valid('json'),
      })
      if (changed === 'missing')
        throw notThere()
      if (changed === 'taken')
        throw nameTaken()
      return c.json(viewFor(userId, changed), 200)
    })
    .openapi(removeRoute, async (c) => {
      if (!await deleteLedgerView(sql, callerOf(c).userId, c.req.valid('param').id))
        throw notThere()
      return c.body(null, 204)
    })
}

function viewFor(userId: string, { id, owner, name, query, shared, updated_at }: LedgerViewRow): LedgerView {
  return {
    id,
    name,
    query,
    shared,
    mine: owner === userId,
    updatedAt: updated_at.toISOString(),
  }
}

function nameTaken(): ProblemError {
  return new ProblemError('conflict', {
    detail: 'There is a view of that name already.',
    members: { reason: 'name-taken' },
  })
}

function notThere(): ProblemError {
  return new ProblemError('not-found', { detail: 'There is no such view of yours.' })
}
