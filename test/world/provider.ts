import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createServer } from 'node:http'
// @ts-expect-error it comes without types
import { Provider } from 'oidc-provider'

export interface TestProvider {
  issuer: string
  client: { clientId: string, clientSecret: string }
  /** Follows the provider's pages as somebody who signs in there; returns the address that it sends the browser back to. */
  signIn: (url: string, subject: string) => Promise<string>
  stop: () => Promise<void>
}

/** An OpenID Connect provider on this machine. `people`: claims by `sub`. */
export async function testProvider({ people, back }: { people: Record<string, object>, back: string }): Promise<TestProvider> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = { clientId: 'huizhi', clientSecret: 'only-for-tests' }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [back],
      },
    ],
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    cookies: {
      keys: ['only-for-tests'],
    },
    findAccount: (_: unknown, id: string) => people[id] && {
      accountId: id,
      claims: () => ({ sub: id, ...people[id] }),
    },
  })
  server.on('request', provider.callback())
  return {
    issuer,
    client,
    async signIn(url, subject) {
      const cookies = new Map<string, string>()
      const visit = async (to: string, body?: Record<string, string>) => {
        const answer = await fetch(to, {
          redirect: 'manual',
          headers: {
            cookie: [
              ...cookies.values(),
            ].join('; '),
          },
          ...(body && {
            method: 'POST',
            body: new URLSearchParams(body),
          }),
        })
        for (const cookie of answer.headers.getSetCookie())
          cookies.set(cookie.slice(0, cookie.indexOf('=')), cookie.split(';')[0]!)
        return answer
      }
      let at = url
      for (let step = 0; step < 20; step++) {
        let answer = await visit(at)
        if (answer.status === 200) {
          const page = await answer.text()
          answer = await visit(at, page.includes('name="login"')
            ? { prompt: 'login', login: subject, password: 'x' }
            : { prompt: 'consent' })
        }
        const location = answer.headers.get('location')
        if (!location)
          throw new Error(`The provider stopped at ${at}: ${answer.status}`)
        at = new URL(location, at).href
        if (at.startsWith(back))
          return at
      }
      throw new Error('The provider goes round in circles')
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
