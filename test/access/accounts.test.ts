import type { Account, AccountWithPassword, Me } from '#contract/access.ts'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAccount } from '../../server/access/accounts.ts'
import { createAuth } from '../../server/access/auth.ts'
import { identify } from '../../server/access/identity.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town } from '../world/places.ts'

/** Accounts as an administrator manages them over HTTP, with real sessions of those who are managed. */
const origin = 'http://127.0.0.1:8080'
const password = 'seven-herons-by-the-river'
const db = await testDatabase()
afterAll(db.drop)
const auth = createAuth({
  sql: db.sql,
  secret: 'k3!'.repeat(20),
  auditKey: randomBytes(32),
  origin,
})
let chief: string
let admin: ReturnType<typeof testHttp>

beforeAll(async () => {
  const { sql } = db
  for (const [id, level, parent] of [
    [town, 'subdistrict', '990101'],
    [`${town}001`, 'community', town],
    [`${town}001001`, 'grid', `${town}001`],
  ] as const) {
    await sql`
      insert into regions (subdistrict, id, level, parent, name, geometry, bounds, population, aged60)
      values (${town}, ${id}, ${level}, ${parent}, '西', ${sql.json({ type: 'Polygon', coordinates: [] })}, box(point(117, 36), point(118, 37)), 0, 0)`
  }
  await sql`insert into officers (subdistrict, id, name, community) values (${town}, 'o1', '李建国', ${`${town}001`})`
  const added = await addAccount(sql, {
    username: 'chief',
    name: '管理员',
    role: 'admin',
    password,
  })
  chief = added.id
  admin = testHttp(sql).as('admin', { userId: chief, name: '管理员' })
})

async function add(username: string, more: object = {}): Promise<AccountWithPassword> {
  const response = await admin.post('/api/v1/accounts', {
    username,
    name: `${username} 同志`,
    role: 'duty',
    ...more,
  })
  expect(response.status, await response.clone().text()).toBe(201)
  return await response.json() as AccountWithPassword
}

/** Signs in; the headers of the session, or the status when there is none. */
async function signIn(username: string, secret: string): Promise<Headers | number> {
  const response = await auth.handler(new Request(`${origin}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, 'x-huizhi-address': '10.0.0.1' },
    body: JSON.stringify({ username, password: secret }),
  }))
  return response.ok
    ? new Headers({
        cookie: response.headers.getSetCookie().map(cookie => cookie.split(';')[0]).join('; '),
      })
    : response.status
}

async function session(username: string, secret: string): Promise<Headers> {
  const headers = await signIn(username, secret)
  if (typeof headers === 'number')
    throw new TypeError(`${username} could not sign in: ${headers}`)
  return headers
}

async function entries(username: string) {
  return await db.sql`
    select actor, actor_name as "actorName", role, action, before, after from audit where target = ${`account:${username}`} order by seq`
}

async function refusal(response: Response | Promise<Response>) {
  const answered = await response
  const { reason, errors } = await answered.json() as { reason?: string, errors?: { path: string, message: string }[] }
  return [
    answered.status,
    reason ?? errors?.map(({ path }) => path).join(),
  ]
}

describe('adding an account', () => {
  it('tells a password once, which lets in only to be changed; the trail knows who did it, and not the password', async () => {
    const { account, password: oneTime } = await add('Wang', { name: '王值班' })
    expect(account).toMatchObject({
      username: 'wang',
      name: '王值班',
      role: 'duty',
      mustChangePassword: true,
      twoFactor: false,
      banned: false,
      sessions: 0,
      lastSeen: null,
    })
    expect(await identify(auth, await session('wang', oneTime))).toMatchObject({ name: '王值班', standing: 'must-change-password' })
    const listed = await admin.get('/api/v1/accounts')
    expect(await listed.clone().text()).not.toContain(oneTime)
    expect((await listed.json() as Account[]).map(({ username, sessions }) => [username, sessions])).toEqual([
      ['chief', 0],
      ['wang', 1],
    ])
    const trail = await entries('wang')
    expect(trail).toEqual([
      {
        actor: chief,
        actorName: '管理员',
        role: 'admin',
        action: 'account.add',
        before: null,
        after: {
          name: '王值班',
          role: 'duty',
          region: null,
          officer: null,
          subject: null,
        },
      },
    ])
  })

  it('is not kept by any cache', async () => {
    const response = await admin.post('/api/v1/accounts', { username: 'cached', name: 'x', role: 'duty' })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    [
      'a name that is taken',
      { username: 'CHIEF' },
      'username',
    ],
    [
      'no name at all',
      { name: '  ' },
      'name',
    ],
    [
      'signs that no name has',
      { username: 'a b' },
      'username',
    ],
    [
      'a wall, which is paired',
      { role: 'wall' },
      'role',
    ],
    [
      'a community handler without a community',
      { role: 'community' },
      'region',
    ],
    [
      'a community that is not there',
      { role: 'community', region: '990101001999' },
      'region',
    ],
    [
      'a grid where a community belongs',
      { role: 'community', region: '990101001001001' },
      'region',
    ],
    [
      'a region for a role that has none',
      { region: '990101001001' },
      'region',
    ],
    [
      'a grid worker without an officer',
      { role: 'grid' },
      'officer',
    ],
    [
      'an officer who is not there',
      { role: 'grid', officer: 'o9' },
      'officer',
    ],
    [
      'an officer for a duty officer',
      { officer: 'o1' },
      'officer',
    ],
  ])('refuses %s and says where', async (_, wrong, path) => {
    const response = admin.post('/api/v1/accounts', {
      username: 'new-one',
      name: '新',
      role: 'duty',
      ...wrong,
    })
    expect(await refusal(response)).toEqual([422, path])
    expect(await db.sql`select 1 from users where username = 'new-one'`).toHaveLength(0)
  })

  it('binds a handler to a community and a grid worker to an officer', async () => {
    expect((await add('handler', { role: 'community', region: `${town}001` })).account).toMatchObject({ region: `${town}001` })
    expect((await add('walker', { role: 'grid', region: `${town}001001`, officer: 'o1' })).account).toMatchObject({ officer: 'o1' })
  })

  it('offers the officers there are, and says whose account has one already', async () => {
    const officers = await (await admin.get('/api/v1/accounts/officers')).json()
    expect(officers).toEqual([
      {
        id: 'o1',
        name: '李建国',
        community: `${town}001`,
        grid: null,
        account: 'walker',
      },
    ])
  })

  it('one subject of the provider belongs to one account', async () => {
    await add('known', { subject: 'subject-1' })
    expect(await refusal(admin.post('/api/v1/accounts', {
      username: 'twin',
      name: 'x',
      role: 'duty',
      subject: 'subject-1',
    }))).toEqual([422, 'subject'])
  })

  it('is for administrators only', async () => {
    for (const role of [
      'inspector',
      'duty',
      'planner',
      'community',
      'grid',
      'wall',
    ] as const) {
      const other = testHttp(db.sql).as(role)
      expect((await other.get('/api/v1/accounts')).status, role).toBe(403)
      expect((await other.post('/api/v1/accounts', { username: 'mine', name: 'x', role: 'admin' })).status, role).toBe(403)
    }
  })
})

describe('an account that is there', () => {
  async function working(username: string) {
    const { account, password: oneTime } = await add(username)
    return {
      id: account.id,
      path: `/api/v1/accounts/${account.id}`,
      oneTime,
      headers: await session(username, oneTime),
    }
  }

  it('keeps its session with another name, and is signed out with another role; the trail holds only what changed', async () => {
    const { path, headers } = await working('moving')
    expect((await admin.patch(path, { name: '新名' })).status).toBe(200)
    expect(await identify(auth, headers)).toMatchObject({ name: '新名' })
    const moved = await admin.patch(path, { role: 'planner' })
    expect(await moved.json()).toMatchObject({ role: 'planner', sessions: 0 })
    expect(await identify(auth, headers)).toBeNull()
    expect((await entries('moving')).slice(1)).toMatchObject([
      {
        action: 'account.change',
        before: { name: 'moving 同志' },
        after: { name: '新名' },
      },
      {
        action: 'account.change',
        before: { role: 'duty' },
        after: { role: 'planner' },
      },
    ])
  })

  it('a change that does not fit its role is refused with where, and changes nothing', async () => {
    const { path, headers } = await working('stuck')
    expect(await refusal(admin.patch(path, { role: 'community' }))).toEqual([422, 'region'])
    expect(await refusal(admin.patch(path, {}))).toEqual([422, ''])
    expect(await identify(auth, headers)).toMatchObject({ role: 'duty' })
  })

  it('closed, it is out at once and does not come in again, until it is opened; the reason is kept', async () => {
    const { path, headers, oneTime } = await working('closed')
    expect(await refusal(admin.put(`${path}/ban`, { reason: ' ' }))).toEqual([422, 'reason'])
    const closed = await admin.put(`${path}/ban`, { reason: '已调离' })
    expect(await closed.json()).toMatchObject({ banned: true, banReason: '已调离', sessions: 0 })
    expect(await identify(auth, headers)).toBeNull()
    expect(await signIn('closed', oneTime)).toBe(403)
    expect(await (await admin.remove(`${path}/ban`)).json()).toMatchObject({ banned: false, banReason: null })
    expect(await signIn('closed', oneTime)).toBeInstanceOf(Headers)
    expect((await entries('closed')).slice(1)).toMatchObject([
      {
        action: 'account.ban',
        before: null,
        after: { reason: '已调离' },
      },
      {
        action: 'account.unban',
        before: { reason: '已调离' },
        after: null,
      },
    ])
  })

  it('reset, only the new password lets in, and the second factor is forgotten', async () => {
    const { id, path, headers, oneTime } = await working('lost')
    await db.sql`update users set "twoFactorEnabled" = true, "mustChangePassword" = false where id = ${id}`
    await db.sql`insert into two_factors ("id", "secret", "backupCodes", "userId") values ('t', 's', 'b', ${id})`
    const response = await admin.post(`${path}/reset`, '')
    const { account, password: fresh } = await response.json() as AccountWithPassword
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(account).toMatchObject({ twoFactor: false, mustChangePassword: true, sessions: 0 })
    expect(await identify(auth, headers)).toBeNull()
    expect(await signIn('lost', oneTime)).toBe(401)
    expect(await identify(auth, await session('lost', fresh))).toMatchObject({ standing: 'must-change-password' })
    expect((await entries('lost')).at(-1)).toMatchObject({
      action: 'account.reset-password',
      before: { secondFactor: true },
      after: { secondFactor: false },
    })
  })

  it('is signed out everywhere on demand', async () => {
    const { path, headers } = await working('everywhere')
    expect(await (await admin.post(`${path}/sign-out`, '')).json()).toMatchObject({ sessions: 0 })
    expect(await identify(auth, headers)).toBeNull()
    expect((await entries('everywhere')).at(-1)).toMatchObject({
      action: 'account.sign-out-everywhere',
      before: { sessions: 1 },
    })
  })

  it('removed, it is gone with its session, and the trail still names it', async () => {
    const { path, headers, oneTime } = await working('leaver')
    expect((await admin.remove(path)).status).toBe(204)
    expect(await identify(auth, headers)).toBeNull()
    expect(await signIn('leaver', oneTime)).toBe(401)
    expect((await entries('leaver')).at(-1)).toMatchObject({
      action: 'account.remove',
      before: { name: 'leaver 同志', role: 'duty' },
      after: null,
    })
    expect((await admin.remove(path)).status).toBe(404)
  })

  it('that is not there is not found, whatever is asked', async () => {
    for (const answered of [
      admin.patch('/api/v1/accounts/none', { name: 'x' }),
      admin.remove('/api/v1/accounts/none'),
      admin.put('/api/v1/accounts/none/ban', { reason: 'x' }),
      admin.remove('/api/v1/accounts/none/ban'),
      admin.post('/api/v1/accounts/none/reset', ''),
      admin.post('/api/v1/accounts/none/sign-out', ''),
    ])
      expect((await answered).status).toBe(404)
  })
})

describe('administrators', () => {
  it('do not demote, close, reset or remove themselves; their own name they may change', async () => {
    const path = `/api/v1/accounts/${chief}`
    expect(await refusal(admin.patch(path, { role: 'duty' }))).toEqual([409, 'self'])
    expect(await refusal(admin.put(`${path}/ban`, { reason: 'x' }))).toEqual([409, 'self'])
    expect(await refusal(admin.post(`${path}/reset`, ''))).toEqual([409, 'self'])
    expect(await refusal(admin.remove(path))).toEqual([409, 'self'])
    expect((await admin.patch(path, { name: '管理员' })).status).toBe(200)
  })

  it('the last one who can come in stays, also when two go for each other at once', async () => {
    const { account } = await add('second', { role: 'admin' })
    const other = testHttp(db.sql).as('admin', { userId: account.id, name: 'second' })
    const statuses = await Promise.all([
      admin.put(`/api/v1/accounts/${account.id}/ban`, { reason: 'x' }),
      other.put(`/api/v1/accounts/${chief}/ban`, { reason: 'x' }),
    ])
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 409])
    const [left] = await db.sql<[{ id: string }]>`select id from users where role = 'admin' and not coalesce(banned, false)`
    const third = testHttp(db.sql).as('admin', { userId: 'who-signed-in-before' })
    for (const answered of [
      third.put(`/api/v1/accounts/${left.id}/ban`, { reason: 'x' }),
      third.patch(`/api/v1/accounts/${left.id}`, { role: 'duty' }),
      third.remove(`/api/v1/accounts/${left.id}`),
    ])
      expect(await refusal(answered)).toEqual([409, 'last-admin'])
  })
})

describe('who is signed in here', () => {
  const ask = async (http: ReturnType<typeof testHttp>) => await (await http.get('/api/v1/me')).json() as Me

  it('is nobody, somebody with their pages, or somebody who must first do something and gets no page', async () => {
    expect(await ask(testHttp(db.sql).unsigned())).toMatchObject({ account: null, pages: [], demo: [] })
    expect(await ask(testHttp(db.sql).as('inspector'))).toMatchObject({
      account: { role: 'inspector', standing: 'full' },
      pages: ['wall', 'duty', 'plan', 'admin'],
    })
    expect(await ask(testHttp(db.sql).as('duty', { standing: 'must-change-password' }))).toMatchObject({
      account: { standing: 'must-change-password' },
      pages: [],
    })
  })

  it('the names of a demo are told to nobody who is signed in', async () => {
    await addAccount(db.sql, {
      username: 'duty',
      name: '值班员',
      role: 'duty',
      password,
      demo: true,
    })
    expect((await ask(testHttp(db.sql).unsigned())).demo).toEqual([
      { username: 'duty', name: '值班员' },
    ])
    expect((await ask(testHttp(db.sql).as('duty'))).demo).toEqual([])
  })
})
