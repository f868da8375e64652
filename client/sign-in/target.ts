import type { Me } from '#contract/access.ts'
import { desks } from '../desk/desks.ts'

/**
 * Where to go after signing in: what was asked for, if it is a page of our own, else the first desk of the role.
 * `to` comes from the address and may have been put there by anybody: another host in it, in whatever writing, is not followed.
 */
export function targetOf(to: string | null, pages: Me['pages'], origin: string): string {
  return ownPath(to, origin) ?? firstPage(pages)
}

/** Path, query and fragment of an address on `origin`; null for anything else, and for the sign-in page itself. */
export function ownPath(to: string | null, origin: string): string | null {
  if (!to?.startsWith('/') || !URL.canParse(to, origin))
    return null
  const url = new URL(to, origin)
  return url.origin === origin && !/^\/(?:sign-in|api)(?:\/|$)/.test(url.pathname)
    ? url.pathname + url.search + url.hash
    : null
}

function firstPage(pages: Me['pages']): string {
  const page = desks.find(name => name !== 'wall' && pages.includes(name))
  return page
    ? `/${page}`
    : '/'
}
