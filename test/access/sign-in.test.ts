import { afterAll, beforeAll, expect, it } from 'vitest'
import { randomBytes } from 'node:crypto'
import { addAccount, oneTimePassword } from '../../server/access/accounts.ts'
import { createAuth } from '../../server/access/auth.ts'
import { identify } from '../../server/access/identity.ts'
import { approveScreen } from '../../server/access/manage-screens.ts'
import { MAX_FAILURES } from '../../server/access/sign-in-lock.ts'
import { removeScreen } from '../../db/queries/accounts.ts'
import { testDatabase } from '../world/database.ts'
import { totp } from '../world/totp.ts'

const origin = 'http://127.0.0.1:8080'
const password = oneTimePassword()
let database: Awaited<ReturnType<typeof testDatabase>>
let auth: ReturnType<typeof createAuth>

beforeAll(async () => {
  database = await testDatabase()
  auth = createAuth({
    sql: database.sql,
    secret: 'k3!'.repeat(20),
    auditKey: randomBytes(32),
    origin,
  })
  for (const role of ['duty', 'admin', 'grid'] as const) {
    await addAccount(database.sql, {
      username: role,
      name: role,
      role,
      password,
    })
  }
})
afterAll(() => database.drop())

function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  return auth.handler(new Request(`${origin}/api/auth${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin,
      'x-huizhi-address': '10.0.0.1',
      ...headers,
    },
    body: JSON.stringify(body),
  }))
}

function managing() {
  return {
    sql: database.sql,
    auditKey: randomBytes(32),
    by: {
      actor: 'u1',
      actorName: '管理员',
      role: 'admin',
      address: null,
    },
  }
}

function cookiesOf(response: Response) {
  return new Headers({
    cookie: response.headers.getSetCookie().map(cookie => cookie.split(';')[0]).join('; '),
  })
}

it('a right password signs in, and the cookie tells who it is', async () => {
  const response = await post('/sign-in/username', { username: 'duty', password })
  expect(response.status).toBe(200)
  expect(response.headers.getSetCookie()[0]).toMatch(/HttpOnly/i)
  expect(response.headers.getSetCookie()[0]).toMatch(/SameSite=Strict/i)
  expect(await identify(auth, cookiesOf(response))).toMatchObject({ name: 'duty', role: 'duty', standing: 'full' })
})

it('a wrong password and an unknown name get the same answer', async () => {
  const wrong = await post('/sign-in/username', { username: 'admin', password: 'wrong wrong wrong' })
  const unknown = await post('/sign-in/username', { username: 'nobody', password: 'wrong wrong wrong' })
  expect(wrong.status).toBe(401)
  expect(unknown.status).toBe(wrong.status)
  expect(await unknown.json()).toEqual(await wrong.json())
})

it.each(['grid', 'a-name-that-is-not-there'])('after five failures %s is locked, the right password too', async (username) => {
  for (let i = 0; i < MAX_FAILURES; i++)
    expect((await post('/sign-in/username', { username, password: 'wrong wrong wrong' })).status).toBe(401)
  const locked = await post('/sign-in/username', { username, password })
  expect(locked.status).toBe(429)
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800)
})

it('an administrator without a second factor may do nothing but enrol one', async () => {
  const response = await post('/sign-in/username', { username: 'admin', password })
  expect(await identify(auth, cookiesOf(response))).toMatchObject({ role: 'admin', standing: 'must-enrol-second-factor' })
})

it('nobody signs up by themselves', async () => {
  const response = await post('/sign-up/email', { email: 'x@example.org', password: 'a long enough password', name: 'x' })
  expect(response.status).toBeGreaterThanOrEqual(400)
})

it('a screen shows a code, is approved, and is a wall until it is removed', async () => {
  const asked = await (await post('/device/code', { client_id: 'wall' })).json() as { device_code: string, user_code: string }
  const poll = () => post('/device/token', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: asked.device_code, client_id: 'wall' })
  expect((await (await poll()).json() as { error: string }).error).toBe('authorization_pending')
  const screen = await approveScreen(managing(), {
    userCode: asked.user_code.toLowerCase(),
    name: '大厅左屏',
  })
  await database.sql`update device_codes set "lastPolledAt" = null`
  const { access_token: token, expires_in: seconds } = await (await poll()).json() as { access_token: string, expires_in: number }
  expect(seconds).toBeGreaterThan(365 * 86_400)
  const headers = new Headers({ authorization: `Bearer ${token}` })
  expect(await identify(auth, headers)).toMatchObject({ role: 'wall', name: '大厅左屏', standing: 'full' })
  await removeScreen(database.sql, screen!.id)
  expect(await identify(auth, headers)).toBeNull()
})

it('a made-up code pairs nothing and leaves no account behind', async () => {
  expect(await approveScreen(managing(), { userCode: 'AAAAAAAA', name: 'x' })).toBeNull()
  expect(await database.sql`select 1 from users where name = 'x'`).toHaveLength(0)
})

it('a new password is not the old one, and an account of the demo gets no second factor', async () => {
  await addAccount(database.sql, {
    username: 'demo-admin',
    name: 'demo',
    role: 'admin',
    password,
    demo: true,
  })
  const signedIn = await post('/sign-in/username', { username: 'demo-admin', password })
  const cookie = cookiesOf(signedIn).get('cookie')!
  const same = await post('/change-password', { currentPassword: password, newPassword: password }, { cookie })
  expect(await same.json()).toMatchObject({ code: 'PASSWORD_SAME' })
  const factor = await post('/two-factor/enable', { password }, { cookie })
  expect(factor.status).toBe(403)
  expect(await factor.json()).toMatchObject({ code: 'DEMO_ACCOUNT' })
})

it('a first factor alone is no sign-in, in the audit trail either; backup codes can be read off paper', async () => {
  const signedIn = await post('/sign-in/username', { username: 'duty', password })
  let cookie = cookiesOf(signedIn).get('cookie')!
  const { totpURI, backupCodes } = await (await post('/two-factor/enable', { password }, { cookie })).json() as { totpURI: string, backupCodes: string[] }
  expect(backupCodes).toHaveLength(10)
  expect(backupCodes.join(' ')).not.toMatch(/[01iloA-Z]/)
  const code = totp(new URL(totpURI).searchParams.get('secret')!)
  expect((await post('/two-factor/verify-totp', { code }, { cookie })).status).toBe(200)
  const [{ seq }] = await database.sql<[{ seq: number }]>`select max(seq)::integer as seq from audit`

  const half = await post('/sign-in/username', { username: 'duty', password })
  cookie = cookiesOf(half).get('cookie')!
  expect(await identify(auth, cookiesOf(half))).toBeNull()
  const whole = await post('/two-factor/verify-backup-code', { code: backupCodes[3] }, { cookie })
  expect(await identify(auth, cookiesOf(whole))).toMatchObject({ name: 'duty' })
  const rows = await database.sql`select action from audit where seq > ${seq} order by seq`
  expect(rows.map(({ action }) => action)).toEqual(['session.first-factor', 'session.sign-in'])
})
