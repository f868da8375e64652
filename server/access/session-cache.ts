import type { Identity } from './identity.ts'

/** A page asks for dozens of things at once: who asks is found out once for all of them. Milliseconds. */
const keepMs = 5000
const most = 10_000

/**
 * Who is behind a cookie or token, for a few seconds. What changes meanwhile is told by `forget`, at once; should that not get
 * through, the few seconds are the limit.
 */
export function createSessionCache(find: (headers: Headers) => Promise<Identity | null>) {
  const known = new Map<string, { identity: Promise<Identity | null>, until: number }>()

  function identify(headers: Headers): Promise<Identity | null> {
    const credentials = credentialsIn(headers)
    if (credentials === null)
      return Promise.resolve(null)
    const found = known.get(credentials)
    if (found && found.until > performance.now())
      return found.identity.then(whileItRuns)
    const identity = find(headers)
    known.delete(credentials)
    known.set(credentials, { identity, until: performance.now() + keepMs })
    if (known.size > most)
      known.delete(known.keys().next().value!)
    // Only who is known is remembered: strangers may try something new, and a failure says nothing.
    const drop = () => known.get(credentials)?.identity === identity && known.delete(credentials)
    identity.then(who => who ?? drop(), drop)
    return identity
  }

  return {
    identify,
    /** Asks again about this account. */
    async forget(userId: string): Promise<void> {
      for (const [credentials, { identity }] of [...known]) {
        if ((await identity.catch(() => null))?.userId === userId)
          known.delete(credentials)
      }
    },
  }
}

/** A session may end within the few seconds. */
function whileItRuns(identity: Identity | null): Identity | null {
  return identity && identity.expiresAt.getTime() > Date.now()
    ? identity
    : null
}

/** What can name a session. Other cookies do not matter. */
function credentialsIn(headers: Headers): string | null {
  const bearer = headers.get('authorization')
  const cookie = headers.get('cookie')?.split(/;\s*/).find(pair => /^(?:__Secure-)?huizhi\.session_token=/.test(pair))
  return bearer === null && cookie === undefined
    ? null
    : `${bearer ?? ''}\n${cookie ?? ''}`
}
