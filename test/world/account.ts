import type { BrowserContext } from 'playwright-core'
import type { Role } from '#contract/role.ts'
import type { Sql } from '../../db/connect.ts'
import { addAccount } from '../../server/access/accounts.ts'

/** What the senders and followers of this test file show: nothing, until `signIn`. */
export const credentials: { headers: Record<string, string> } = { headers: {} }

export const testPassword = 'only-for-tests-7431'

/** Makes an account of this role on the server's database and signs in: from now on everything of this file is asked by it. */
export async function signIn(url: string, sql: Sql, role: Role = 'duty'): Promise<void> {
  const username = `test-${role}`
  await addAccount(sql, {
    username,
    name: username,
    role,
    password: testPassword,
  })
  const answer = await fetch(`${url}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: testPassword }),
  })
  const { token } = await answer.json() as { token?: string }
  if (!token)
    throw new Error(`could not sign in: ${answer.status}`)
  credentials.headers = { authorization: `Bearer ${token}` }
}

/** Signs a browser in with one of the demo's accounts; `DEMO_PASSWORD` of the server must be `testPassword`. */
export async function signInBrowser(context: BrowserContext, url: string, role: Role): Promise<void> {
  const answer = await context.request.post(`${url}/api/auth/sign-in/username`, {
    data: { username: role, password: testPassword },
    headers: { origin: url },
  })
  if (!answer.ok())
    throw new Error(`could not sign in as ${role}: ${answer.status()} ${await answer.text()}`)
}
