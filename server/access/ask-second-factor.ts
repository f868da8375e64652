import type { Session, User } from 'better-auth'
import { randomBytes } from 'node:crypto'
import { deleteSessionCookie } from 'better-auth/cookies'

type EndpointContext = Parameters<typeof deleteSessionCookie>[0]

const SECONDS = 10 * 60

/**
 * Takes a session back that was given by the provider of sign-on alone, and sends the browser to the page that asks for the
 * second factor. The library does the same by itself after a password only (its plugin two-factor): the names of the cookie
 * and of the stored values are the plugin's.
 */
export async function askSecondFactor(ctx: EndpointContext, { session, user }: { session: Session, user: User }, returned: unknown): Promise<never> {
  const { internalAdapter, createAuthCookie, secret } = ctx.context
  deleteSessionCookie(ctx, true)
  await internalAdapter.deleteSession(session.token)
  ctx.context.setNewSession(null)
  const cookie = createAuthCookie('two_factor', { maxAge: SECONDS })
  const identifier = `2fa-${randomBytes(15).toString('base64url')}`
  const expiresAt = new Date(Date.now() + SECONDS * 1000)
  await internalAdapter.createVerificationValue({
    value: user.id,
    identifier,
    expiresAt,
  })
  await internalAdapter.createVerificationValue({
    value: '0',
    identifier: `2fa-attempts-${identifier}`,
    expiresAt,
  })
  await ctx.setSignedCookie(cookie.name, identifier, secret, cookie.attributes)
  throw ctx.redirect(askingAt(locationOf(returned)))
}

/** Where the library would have sent the browser. */
function locationOf(returned: unknown): string {
  const headers = (returned as { headers?: unknown }).headers
  return new Headers(headers as Record<string, string>).get('location') ?? '/'
}

/** The sign-in page, which is where it was going anyway if the page of ours began it. */
function askingAt(wanted: string): string {
  const url = new URL(wanted, 'http://here.invalid')
  const query = url.pathname === '/sign-in'
    ? url.searchParams
    : new URLSearchParams({ to: wanted })
  query.set('step', 'code')
  return `/sign-in?${query}`
}
