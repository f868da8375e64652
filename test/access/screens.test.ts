import type { Screen } from '#contract/access.ts'
import { randomBytes } from 'node:crypto'
import { afterAll, expect, it } from 'vitest'
import { createAuth } from '../../server/access/auth.ts'
import { identify } from '../../server/access/identity.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'

/** Wall screens as an administrator pairs and revokes them over HTTP. */
const origin = 'http://127.0.0.1:8080'
const db = await testDatabase()
afterAll(db.drop)
const auth = createAuth({
  sql: db.sql,
  secret: 'k3!'.repeat(20),
  auditKey: randomBytes(32),
  origin,
})
const admin = testHttp(db.sql).as('admin')

function ask(path: string, body: object) {
  return auth.handler(new Request(`${origin}/api/auth/device${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, 'x-huizhi-address': '10.0.0.7' },
    body: JSON.stringify(body),
  }))
}

/** A screen that shows a code, and how it fetches its session once somebody has agreed. */
async function newScreen() {
  const { device_code, user_code: code } = await (await ask('/code', { client_id: 'wall' })).json() as { device_code: string, user_code: string }
  return {
    code,
    fetchSession: async () => {
      await db.sql`update device_codes set "lastPolledAt" = null`
      const response = await ask('/token', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code, client_id: 'wall' })
      const { access_token: token } = await response.json() as { access_token?: string }
      return new Headers({ authorization: `Bearer ${token}` })
    },
  }
}

async function pair(name: string) {
  const { code, fetchSession } = await newScreen()
  const response = await admin.post('/api/v1/screens', { userCode: code, name })
  expect(response.status).toBe(201)
  return {
    screen: await response.json() as Screen,
    session: await fetchSession(),
  }
}

it('a screen is paired by the code as somebody types it, and tells where it was last seen', async () => {
  const { code, fetchSession } = await newScreen()
  const typed = `${code.slice(0, 4)} - ${code.slice(4)}`.toLowerCase()
  const response = await admin.post('/api/v1/screens', { userCode: typed, name: ' 大厅左屏 ' })
  const screen = await response.json() as Screen
  expect(screen).toMatchObject({ name: '大厅左屏', lastSeen: null, address: null })
  expect(await identify(auth, await fetchSession())).toMatchObject({ role: 'wall', name: '大厅左屏' })
  const [listed] = await (await admin.get('/api/v1/screens')).json() as Screen[]
  expect(listed).toMatchObject({ id: screen.id, address: '10.0.0.7' })
  expect(listed!.lastSeen).not.toBeNull()
})

it('a code that no screen shows is refused at its place and leaves nothing behind', async () => {
  const { code } = await newScreen()
  await db.sql`update device_codes set "expiresAt" = now() - interval '1 second' where "userCode" = ${code}`
  for (const userCode of ['AAAAAAAA', code]) {
    const response = await admin.post('/api/v1/screens', { userCode, name: '冒名' })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      errors: [
        { path: 'userCode' },
      ],
    })
  }
  expect(await db.sql`select 1 from users where name = '冒名'`).toHaveLength(0)
})

it('one code pairs one screen', async () => {
  const { code } = await newScreen()
  const answers = await Promise.all(['甲', '乙'].map(name => admin.post('/api/v1/screens', { userCode: code, name })))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
})

it('renamed it stays in, revoked it is out at once; the trail holds both', async () => {
  const { screen, session } = await pair('旧名')
  const path = `/api/v1/screens/${screen.id}`
  expect(await (await admin.patch(path, { name: '新名' })).json()).toMatchObject({ name: '新名' })
  expect(await identify(auth, session)).toMatchObject({ name: '新名' })
  expect((await admin.remove(path)).status).toBe(204)
  expect(await identify(auth, session)).toBeNull()
  const trail = await db.sql`select action, before, after from audit where target = ${`screen:${screen.id}`} order by seq`
  expect(trail).toEqual([
    {
      action: 'screen.approve',
      before: null,
      after: { name: '旧名' },
    },
    {
      action: 'screen.rename',
      before: { name: '旧名' },
      after: { name: '新名' },
    },
    {
      action: 'screen.revoke',
      before: { name: '新名' },
      after: null,
    },
  ])
})

it('what is no screen is not found: an account of a person is not renamed or removed here', async () => {
  await db.sql`
    insert into users ("id", "name", "email", "emailVerified", "username", "role") values ('p1', '王', 'p1@local.invalid', false, 'wang', 'duty')`
  for (const id of ['p1', 'none']) {
    expect((await admin.patch(`/api/v1/screens/${id}`, { name: 'x' })).status).toBe(404)
    expect((await admin.remove(`/api/v1/screens/${id}`)).status).toBe(404)
  }
  expect(await db.sql`select name from users where id = 'p1'`).toEqual([
    { name: '王' },
  ])
})
