import type { TestDatabase } from '../world/database.ts'
import type { TestProvider } from '../world/provider.ts'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findAccount } from '../../db/queries/accounts.ts'
import { addAccount } from '../../server/access/accounts.ts'
import { createAuth } from '../../server/access/auth.ts'
import { identify } from '../../server/access/identity.ts'
import { addManagedAccount } from '../../server/access/manage-accounts.ts'
import { testDatabase } from '../world/database.ts'
import { testProvider } from '../world/provider.ts'
import { totp } from '../world/totp.ts'

const origin = 'http://127.0.0.1:8080'
const password = 'seven-herons-by-the-river'
const people: Record<string, object> = {
  's-1': { preferred_username: 'Zhang.San', name: '张三' },
  's-2': { preferred_username: 'zhang.san', name: '另一个张三' },
  's-3': {
    preferred_username: 'nobody-here',
    name: '外人',
    email: 'li.si@local.invalid',
    email_verified: true,
  },
  's-4': { preferred_username: 'wang.wu' },
  's-5': { preferred_username: 'demo' },
  's-6': { preferred_username: 'something-else' },
}
let db: TestDatabase
let provider: TestProvider
let auth: ReturnType<typeof createAuth>
const auditKey = randomBytes(32)

beforeAll(async () => {
  db = await testDatabase()
  provider = await testProvider({ people, back: `${origin}/api/auth/callback/oidc` })
  auth = createAuth({
    sql: db.sql,
    secret: 'k3!'.repeat(20),
    auditKey,
    origin,
    oidc: { issuer: provider.issuer, ...provider.client },
  })
  const by = {
    actor: 'u1',
    actorName: '管理员',
    role: 'admin',
    address: null,
  }
  for (const [username, subject] of [
    ['zhang.san', null],
    ['zhao.liu', 's-6'],
  ] as const) {
    await addManagedAccount({ sql: db.sql, auditKey, by }, {
      username,
      name: username,
      role: 'duty',
      region: null,
      officer: null,
      subject,
    })
  }
  await addAccount(db.sql, {
    username: 'li.si',
    name: '李四',
    role: 'duty',
    password,
  })
  await addAccount(db.sql, {
    username: 'wang.wu',
    name: '王五',
    role: 'inspector',
    password,
  })
  await addAccount(db.sql, {
    username: 'demo',
    name: '演示',
    role: 'admin',
    password,
    demo: true,
  })
})
afterAll(async () => {
  await provider?.stop()
  await db?.drop()
})

function post(path: string, body: object, cookie = '') {
  return auth.handler(new Request(`${origin}/api/auth${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin,
      cookie,
      'x-huizhi-address': '10.0.0.1',
    },
    body: JSON.stringify(body),
  }))
}
function cookieOf(response: Response): string {
  return response.headers.getSetCookie().filter(cookie => !/Max-Age=0/i.test(cookie)).map(cookie => cookie.split(';')[0]).join('; ')
}

/** From the button on the sign-in page to where the browser ends up. */
async function signOn(subject: string, more: object = {}) {
  const begun = await post('/sign-in/social', {
    provider: 'oidc',
    callbackURL: '/sign-in?to=%2Fduty',
    errorCallbackURL: '/sign-in?to=%2Fduty',
    ...more,
  })
  const { url } = await begun.json() as { url: string }
  const back = await provider.signIn(url, subject)
  const answer = await auth.handler(new Request(back, {
    headers: {
      cookie: cookieOf(begun),
    },
  }))
  return {
    begun,
    to: answer.headers.get('location')!,
    cookie: cookieOf(answer),
    identity: await identify(auth, new Headers({
      cookie: cookieOf(answer),
    })),
  }
}

it('whoever the provider knows by an account\'s name comes in as that account, and needs no one-time password any more', async () => {
  const { begun, to, identity } = await signOn('s-1')
  expect(begun.headers.getSetCookie().find(cookie => cookie.includes('state='))).toMatch(/SameSite=Lax/i)
  expect(to).toBe('/sign-in?to=%2Fduty')
  expect(identity).toMatchObject({ name: 'zhang.san', role: 'duty', standing: 'full' })
  expect(await findAccount(db.sql, { username: 'zhang.san' })).toMatchObject({ subject: 's-1', mustChangePassword: false })
  const actions = await db.sql`select action from audit where actor = ${identity!.userId} order by seq`
  expect(actions.map(({ action }) => action)).toEqual(['account.bind-sign-on', 'session.sign-in'])
  const [tokens] = await db.sql`select "accessToken", "refreshToken", "idToken" from accounts where "accountId" = 's-1'`
  expect(tokens).toEqual({ accessToken: null, refreshToken: null, idToken: null })
}, 60_000)

it('the account stays bound to that person: somebody else who gets the name does not get the account', async () => {
  const { to, identity } = await signOn('s-2')
  expect(to).toMatch(/error=signup_disabled/)
  expect(identity).toBeNull()
}, 60_000)

it('an account that an administrator bound to a subject is found by it, whatever the provider calls the person', async () => {
  expect((await signOn('s-6')).identity).toMatchObject({ name: 'zhao.liu' })
}, 60_000)

it('whom no account belongs to stays outside, with a mail address of somebody\'s or a wish to sign up too', async () => {
  expect((await signOn('s-3')).identity).toBeNull()
  expect((await signOn('s-3', { requestSignUp: true })).identity).toBeNull()
  expect(await db.sql`select 1 from users where name = '外人'`).toHaveLength(0)
}, 60_000)

it('an account of the demo is never bound to anybody', async () => {
  expect((await signOn('s-5')).identity).toBeNull()
}, 60_000)

it('a second factor is asked for after the provider too', async () => {
  const first = await signOn('s-4')
  expect(first.identity).toMatchObject({ standing: 'must-enrol-second-factor' })
  const { totpURI } = await (await post('/two-factor/enable', { password }, first.cookie)).json() as { totpURI: string }
  const code = () => totp(new URL(totpURI).searchParams.get('secret')!)
  expect((await post('/two-factor/verify-totp', {
    code: code(),
  }, first.cookie)).status).toBe(200)

  const half = await signOn('s-4')
  expect(half.identity).toBeNull()
  expect(half.to).toBe('/sign-in?to=%2Fduty&step=code')
  const whole = await post('/two-factor/verify-totp', {
    code: code(),
  }, half.cookie)
  expect(await identify(auth, new Headers({
    cookie: cookieOf(whole),
  }))).toMatchObject({ name: '王五', standing: 'full' })
  const actions = await db.sql`select action from audit where actor = ${first.identity!.userId} order by seq`
  expect(actions.map(({ action }) => action)).toEqual([
    'account.bind-sign-on',
    'session.sign-in',
    'account.set-up-second-factor',
    'session.first-factor',
    'session.sign-in',
  ])
}, 60_000)
