import type { Sql } from '../../db/connect.ts'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { passwordFault } from './password-rules.ts'
import { LOCK_SECONDS, lockedFor, signInFailed, signInSucceeded } from './sign-in-lock.ts'

/** What the server adds to the library's own routes: the lock after failures, the rules for new passwords. */
export function authHooks(sql: Sql) {
  return {
    before: createAuthMiddleware(async (ctx) => {
      if (ctx.path === '/sign-in/username') {
        const seconds = await lockedFor(sql, attemptOf(ctx))
        if (seconds > 0) {
          throw new APIError('TOO_MANY_REQUESTS', { code: 'LOCKED', message: `try again in ${seconds} s` }, {
            'Retry-After': String(Math.min(seconds, LOCK_SECONDS)),
          })
        }
      }
      const password = ctx.body?.newPassword ?? (ctx.path === '/admin/create-user'
        ? ctx.body?.password
        : undefined)
      if (typeof password === 'string') {
        const fault = passwordFault(password, ctx.context.session?.user.name)
        if (fault)
          throw new APIError('BAD_REQUEST', { code: `PASSWORD_${fault.toUpperCase().replaceAll('-', '_')}`, message: `password refused: ${fault}` })
      }
    }),
    after: createAuthMiddleware(async (ctx) => {
      if (ctx.path === '/sign-in/username') {
        if (ctx.context.returned instanceof APIError)
          await signInFailed(sql, attemptOf(ctx))
        else
          await signInSucceeded(sql, attemptOf(ctx))
      }
      if (ctx.path === '/change-password' && !(ctx.context.returned instanceof APIError) && ctx.context.session)
        await sql`update users set "mustChangePassword" = false where id = ${ctx.context.session.user.id}`
    }),
  }
}

function attemptOf(ctx: { body?: { username?: unknown }, headers?: Headers }) {
  return {
    username: String(ctx.body?.username ?? ''),
    address: ctx.headers?.get('x-huizhi-address') ?? 'unknown',
  }
}
