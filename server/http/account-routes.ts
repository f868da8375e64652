import type { AccountRow } from '../../db/queries/accounts.ts'
import type { AccountOutcome } from '../access/manage-accounts.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Account, AccountChange, AccountInput, AccountWithPassword, BindableOfficer } from '#contract/access.ts'
import { bindableOfficers, listAccounts } from '../../db/queries/accounts.ts'
import { addManagedAccount, banManagedAccount, changeManagedAccount, removeManagedAccount, resetManagedAccount, signOutManagedAccount } from '../access/manage-accounts.ts'
import { body, failures, json, newApi } from './api.ts'
import { managingOf } from './managing.ts'
import { ProblemError } from './problem.ts'

const tags = ['accounts']
const params = z.object({
  id: z.string().max(100),
})

const listRoute = createRoute({
  method: 'get',
  path: '/accounts',
  tags,
  summary: 'Everybody who may sign in',
  responses: {
    200: json(z.array(Account), 'By name'),
  },
})

const officersRoute = createRoute({
  method: 'get',
  path: '/accounts/officers',
  tags,
  summary: 'Officers that the account of a grid worker can be bound to',
  responses: {
    200: json(z.array(BindableOfficer), 'By id'),
  },
})

const addRoute = createRoute({
  method: 'post',
  path: '/accounts',
  tags,
  summary: 'Adds an account; its one-time password is told once',
  request: {
    body: body(AccountInput),
  },
  responses: {
    201: json(AccountWithPassword, 'The account and its password'),
    ...failures(422),
  },
})

const changeRoute = createRoute({
  method: 'patch',
  path: '/accounts/{id}',
  tags,
  summary: 'Changes name, role or place; whoever gets another role or place is signed out',
  request: {
    params,
    body: body(AccountChange),
  },
  responses: {
    200: json(Account, 'The account afterwards'),
    ...failures(404, 409, 422),
  },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/accounts/{id}',
  tags,
  summary: 'Removes an account for good',
  request: { params },
  responses: {
    204: { description: 'It is gone' },
    ...failures(404, 409),
  },
})

const banRoute = createRoute({
  method: 'put',
  path: '/accounts/{id}/ban',
  tags,
  summary: 'Keeps an account out and signs it out everywhere',
  request: {
    params,
    body: body(z.object({
      reason: z.string().trim().min(1).max(200),
    })),
  },
  responses: {
    200: json(Account, 'The account afterwards'),
    ...failures(404, 409, 422),
  },
})

const unbanRoute = createRoute({
  method: 'delete',
  path: '/accounts/{id}/ban',
  tags,
  summary: 'Lets an account in again',
  request: { params },
  responses: {
    200: json(Account, 'The account afterwards'),
    ...failures(404),
  },
})

const resetRoute = createRoute({
  method: 'post',
  path: '/accounts/{id}/reset',
  tags,
  summary: 'A new one-time password; forgets the second factor and signs out everywhere',
  request: { params },
  responses: {
    200: json(AccountWithPassword, 'The account and its new password'),
    ...failures(404, 409),
  },
})

const signOutRoute = createRoute({
  method: 'post',
  path: '/accounts/{id}/sign-out',
  tags,
  summary: 'Signs an account out everywhere',
  request: { params },
  responses: {
    200: json(Account, 'The account afterwards'),
    ...failures(404),
  },
})

/** Who may come in, managed by administrators. Each change is in the audit trail. */
export function accountRoutes(context: Pick<HttpContext, 'sql' | 'auditKey'>) {
  return newApi()
    .openapi(listRoute, async c => c.json((await listAccounts(context.sql)).map(wireAccount), 200))
    .openapi(officersRoute, async c => c.json(await bindableOfficers(context.sql), 200))
    .openapi(addRoute, async (c) => {
      const added = done(await addManagedAccount(managingOf(c, context), c.req.valid('json')))
      return c.json({
        account: wireAccount(added.account),
        password: added.password,
      }, 201, { 'Cache-Control': 'no-store' })
    })
    .openapi(changeRoute, async (c) => {
      const { account } = done(await changeManagedAccount(managingOf(c, context), c.req.valid('param').id, c.req.valid('json')))
      return c.json(wireAccount(account), 200)
    })
    .openapi(removeRoute, async (c) => {
      done(await removeManagedAccount(managingOf(c, context), c.req.valid('param').id))
      return c.body(null, 204)
    })
    .openapi(banRoute, async (c) => {
      const { account } = done(await banManagedAccount(managingOf(c, context), c.req.valid('param').id, c.req.valid('json').reason))
      return c.json(wireAccount(account), 200)
    })
    .openapi(unbanRoute, async (c) => {
      const { account } = done(await banManagedAccount(managingOf(c, context), c.req.valid('param').id, null))
      return c.json(wireAccount(account), 200)
    })
    .openapi(resetRoute, async (c) => {
      const reset = done(await resetManagedAccount(managingOf(c, context), c.req.valid('param').id))
      return c.json({
        account: wireAccount(reset.account),
        password: reset.password,
      }, 200, { 'Cache-Control': 'no-store' })
    })
    .openapi(signOutRoute, async (c) => {
      const { account } = done(await signOutManagedAccount(managingOf(c, context), c.req.valid('param').id))
      return c.json(wireAccount(account), 200)
    })
}

const details = {
  'self': 'Your own account: another administrator has to do it.',
  'last-admin': 'Without this account there would be no administrator.',
}

function done<T>(outcome: AccountOutcome<T>): { account: AccountRow } & T {
  if (!('refused' in outcome))
    return outcome
  switch (outcome.refused) {
    case 'not-found':
      throw new ProblemError('not-found', { detail: 'There is no such account.' })
    case 'invalid':
      throw new ProblemError('invalid', {
        errors: [
          { path: outcome.path, message: outcome.message },
        ],
      })
    default:
      throw new ProblemError('conflict', {
        detail: details[outcome.refused],
        members: { reason: outcome.refused },
      })
  }
}

function wireAccount({ createdAt, lastSeen, ...account }: AccountRow): Account {
  return {
    ...account,
    role: account.role as Account['role'],
    createdAt: createdAt.toISOString(),
    lastSeen: lastSeen?.toISOString() ?? null,
  }
}
