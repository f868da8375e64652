import type { HttpContext } from './http-context.ts'
import { Hono } from 'hono'
import { addressOf, withAddress } from './client-address.ts'
import { incomingOf } from './incoming.ts'

/**
 * What of the accounts' library is open to the outside; all else it could do (changing roles, approving a screen in one's own
 * name, signing in past the lock by mail address) is not. Accounts and screens are managed by our own routes, with an audit entry.
 */
const open = [
  'POST /sign-in/username',
  'POST /sign-in/social',
  'GET /callback/:id',
  'POST /sign-out',
  'GET /get-session',
  'POST /change-password',
  'POST /revoke-sessions',
  'POST /two-factor/enable',
  'POST /two-factor/verify-totp',
  'POST /two-factor/verify-backup-code',
  'POST /two-factor/generate-backup-codes',
  'POST /device/code',
  'POST /device/token',
]

/** `/api/auth`: sign-in, sessions, second factors, pairing. */
export function authRoutes({ auth, config }: Pick<HttpContext, 'auth' | 'config'>): Hono {
  const app = new Hono()
  for (const route of open) {
    const [method, path] = route.split(' ') as [string, string]
    app.on(method, `/api/auth${path}`, c => auth(withAddress(c.req.raw, addressOf(incomingOf(c), config.trustedProxies))))
  }
  return app
}
