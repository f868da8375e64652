import type { Sql } from '../../db/connect.ts'
import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api'
import { findAccount, passwordChanged } from '../../db/queries/accounts.ts'
import { ADDRESS_HEADER } from '../http/client-address.ts'
import { record } from './audit.ts'
import { passwordFault } from './password-rules.ts'
import { LOCK_SECONDS, lockedFor, signInFailed, signInSucceeded } from './sign-in-lock.ts'

/** What the server adds to the library's own routes: the lock after failures, rules for new passwords, the audit trail. */
export function authHooks(sql: Sql, auditKey: Buffer) {
  const write = (action: string, address: string, who: { id: string, name: string, role?: string | null } | null) =>
    sql.begin(tx => record(tx, auditKey, [
      {
        actor: who?.id ?? 'anonymous',
        actorName: who?.name ?? '',
        role: who?.role ?? null,
        address,
        action,
        target: who?.id ?? null,
        before: null,
        after: null,
      },
    ]))

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
      if (ctx.path === '/sign-out') {
        const session = await getSessionFromCtx(ctx)
        if (session)
          await write('session.sign-out', addressIn(ctx), session.user)
      }
      if (typeof ctx.body?.newPassword === 'string') {
        const session = await getSessionFromCtx(ctx)
        const fault = passwordFault(ctx.body.newPassword, session?.user.name)
        if (fault)
          throw new APIError('BAD_REQUEST', { code: `PASSWORD_${fault.toUpperCase().replaceAll('-', '_')}`, message: `password refused: ${fault}` })
      }
    }),
    after: createAuthMiddleware(async (ctx) => {
      const failed = ctx.context.returned instanceof APIError
      if (ctx.path === '/sign-in/username') {
        const attempt = attemptOf(ctx)
        if (failed) {
          await signInFailed(sql, attempt)
          // A mistyped name may be a password: what names no account is not written down.
          await write('session.sign-in-failed', attempt.address, await findAccount(sql, { username: attempt.username }))
        }
        else {
          await signInSucceeded(sql, attempt)
        }
      }
      const { newSession, session } = ctx.context
      if (!failed && newSession && ctx.path !== '/change-password')
        await write('session.sign-in', addressIn(ctx), newSession.user)
      if (failed && ctx.path.startsWith('/two-factor/verify'))
        await write('session.second-factor-failed', addressIn(ctx), session?.user ?? null)
      if (!failed && ctx.path === '/change-password' && session) {
        await passwordChanged(sql, session.user.id)
        await write('account.change-password', addressIn(ctx), session.user)
      }
    }),
  }
}

interface AuthContext { body?: { username?: unknown }, headers?: Headers | undefined }

function attemptOf(ctx: AuthContext) {
  return {
    username: String(ctx.body?.username ?? '').trim().toLowerCase(),
    address: addressIn(ctx),
  }
}

/** Set by the server itself, never taken from outside. */
function addressIn({ headers }: AuthContext): string {
  return headers?.get(ADDRESS_HEADER) ?? 'unknown'
}
