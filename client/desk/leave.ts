import { askAuth } from '../sign-in/ask-auth.ts'

type Reason = 'idle' | 'ended' | 'out' | 'everywhere'

/** To the sign-in page, which leads back to this place. `reason`: what it says about why. */
export function toSignIn(reason?: Reason): void {
  const query = new URLSearchParams({
    to: here(),
  })
  if (reason)
    query.set('why', reason)
  const language = new URLSearchParams(location.search).get('lang')
  if (language)
    query.set('lang', language)
  location.replace(`/sign-in?${query}`)
}

/** Ends this session, or all that the account has. Whoever signs in next begins at a place of their own. */
export async function signOut({ everywhere = false } = {}): Promise<void> {
  if (everywhere)
    await askAuth('/revoke-sessions')
  await askAuth('/sign-out')
  location.replace(`/sign-in?why=${everywhere ? 'everywhere' : 'out'}`)
}

/** The sign-in page as a place to change something about the own account, with the way back. */
export function accountPage(what: 'password' | 'second-factor'): string {
  return `/sign-in?${new URLSearchParams({
    do: what,
    to: here(),
  })}`
}

function here(): string {
  return location.pathname + location.search + location.hash
}
