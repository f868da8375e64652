/** Browsers keep no cookie longer than 400 days (RFC 6265bis §5.5). A screen asks who it is every minute, and gets it anew. */
export const SCREEN_COOKIE_SECONDS = 400 * 86_400

/** `Set-Cookie` that keeps a screen's session cookie, as it came, for another 400 days; null where none came. */
export function keptScreenCookie(cookies: string | undefined): string | null {
  const [, prefix, value] = cookies?.match(/(?:^|;\s*)(__Secure-)?huizhi\.session_token=([^;]+)/) ?? []
  if (value === undefined)
    return null
  return [
    `${prefix ?? ''}huizhi.session_token=${value}`,
    `Max-Age=${SCREEN_COOKIE_SECONDS}`,
    'Path=/',
    'HttpOnly',
    ...(prefix
      ? ['Secure']
      : []),
    'SameSite=Strict',
  ].join('; ')
}
