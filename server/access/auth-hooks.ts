import type { Sql } from '../../db/connect.ts'
import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { dropOneTimePassword, findAccount, passwordChanged } from '../../db/queries/accounts.ts'
import { ADDRESS_HEADER } from '../http/client-address.ts'
import { record } from './audit.ts'
import { askSecondFactor } from './ask-second-factor.ts'
import { passwordFault } from './password-rules.ts'
import { SCREEN_COOKIE_SECONDS } from './screen-cookie.ts'
import { LOCK_SECONDS, lockedFor, signInFailed, signInSucceeded } from './sign-in-lock.ts'

/** What somebody changes about the own sign-in. (With a session, a verified code sets up the second factor.) */
const changes: Record<string, string> = {
  '/change-password': 'account.change-password',
  '/two-factor/verify-totp': 'account.set-up-second-factor',
  '/two-factor/generate-backup-codes': 'account.new-backup-codes',
}
/** Where an account with a second factor is not in yet. The library takes the session back after these hooks, or we do. */
const halfWay = new Set(['/sign-in/username', '/callback/:id'])

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
      if (ctx.path === '/two-factor/enable' && (await getSessionFromCtx(ctx))?.user.demo === true)
        throw new APIError('FORBIDDEN', { code: 'DEMO_ACCOUNT', message: 'accounts of the demo sign in with the password alone' })
      if (typeof ctx.body?.newPassword === 'string') {
        const session = await getSessionFromCtx(ctx)
        const fault = ctx.body.newPassword === ctx.body.currentPassword
          ? 'same'
          : passwordFault(ctx.body.newPassword, session?.user.name)
        if (fault)
          throw new APIError('BAD_REQUEST', { code: `PASSWORD_${fault.toUpperCase().replaceAll('-', '_')}`, message: `password refused: ${fault}` })
      }
    }),
    after: createAuthMiddleware(async (ctx) => {
      const { returned, newSession, session } = ctx.context
      const failed = returned instanceof APIError && returned.statusCode >= 400
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
      if (failed && ctx.path.startsWith('/two-factor/verify'))
        await write('session.second-factor-failed', addressIn(ctx), session?.user ?? null)
      if (failed)
        return

      const changed = changes[ctx.path]
      if (changed && session) {
        if (ctx.path === '/change-password')
          await passwordChanged(sql, session.user.id)
        await write(changed, addressIn(ctx), session.user)
        return
      }
      if (!newSession)
        return
      if (ctx.path === '/device/token')
        await setSessionCookie(ctx, newSession as never, false, { maxAge: SCREEN_COOKIE_SECONDS })
      if (ctx.path === '/callback/:id')
        await dropOneTimePassword(sql, newSession.user.id)
      const isHalf = newSession.user.twoFactorEnabled === true && halfWay.has(ctx.path)
      await write(isHalf
        ? 'session.first-factor'
        : 'session.sign-in', addressIn(ctx), newSession.user)
      if (isHalf && ctx.path === '/callback/:id')
        await askSecondFactor(ctx, newSession, returned)
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
