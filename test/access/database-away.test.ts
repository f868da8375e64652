import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { connect } from '../../db/connect.ts'
import { addAccount } from '../../server/access/accounts.ts'
import { openAccess } from '../../server/access/open-access.ts'
import { parseConfig } from '../../server/config.ts'
import { whoAsks } from '../../server/http/who-asks.ts'
import { createLog } from '../../server/log.ts'
import { testPassword } from '../world/account.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { tcpProxy } from '../world/tcp-proxy.ts'

const db = await testDatabase()
const line = await tcpProxy(Number(new URL(db.url).port))
const url = new URL(db.url)
url.port = String(line.port)
const sql = connect(url.href, { name: 'test', connectSeconds: 2 })
const folder = await mkdtemp(join(tmpdir(), 'huizhi-away-'))
afterAll(async () => {
  await sql.end({ timeout: 1 })
  await line.close()
  await db.drop()
  await rm(folder, { recursive: true })
})

await addAccount(db.sql, {
  username: 'duty',
  name: '值班员',
  role: 'duty',
  password: testPassword,
})
const config = parseConfig({ DATA_DIR: folder })

/** Nobody is remembered from before. */
async function freshServer() {
  const access = await openAccess({
    sql,
    config,
    url: 'http://127.0.0.1:8080',
    log: createLog('silent'),
  })
  return testHttp(sql, {
    auth: access.handler,
    identify: whoAsks({ access, isDemo: false, publicOrigin: null }),
  })
}
let http: Awaited<ReturnType<typeof freshServer>>
let cookie: string
const signIn = () => http.post('/api/auth/sign-in/username', { username: 'duty', password: testPassword })
beforeEach(async () => {
  line.set({ refuse: false })
  http = await freshServer()
  await expect.poll(async () => (cookie = (await signIn()).headers.get('set-cookie')?.split(';')[0] ?? ''), { timeout: 20_000 }).not.toBe('')
  // The library is at work, but has not been asked about this session.
  expect((await http.get('/api/v1/cases', { cookie })).status).toBe(200)
  http = await freshServer()
  expect((await http.get('/api/v1/cases', { authorization: 'Bearer nobody' })).status).toBe(401)
  line.set({ refuse: true })
  line.reset()
})

const answers = {
  'a read': () => http.get('/api/v1/cases', { cookie }),
  'a write': () => http.post('/api/v1/cases', { content: '停水' }, { cookie }),
  'a wrong token, which nobody can tell from a right one now,': () => http.get('/api/v1/cases', { authorization: 'Bearer nobody' }),
  'who am I': () => http.get('/api/v1/me', { cookie }),
  'the library\'s session': () => http.get('/api/auth/get-session', { cookie }),
  'signing in': () => signIn(),
  'signing out': () => http.post('/api/auth/sign-out', {}, { cookie }),
  'a change of password': () => http.post('/api/auth/change-password', { currentPassword: testPassword, newPassword: 'another-long-one-5512' }, { cookie }),
}

it.each(Object.entries(answers))('%s meets 503 while the database is away, and is not told to sign in', async (_, ask) => {
  const response = await ask()
  expect(await response.json()).toMatchObject({ type: 'urn:huizhi:problem:database-away', status: 503 })
  expect(response.headers.get('retry-after')).toBe('2')
  expect(response.headers.get('set-cookie')).toBeNull()
})

it('and once it is back the same session goes on', async () => {
  expect((await http.get('/api/v1/cases', { cookie })).status).toBe(503)
  line.set({ refuse: false })
  await expect.poll(async () => (await http.get('/api/v1/cases', { cookie })).status, { timeout: 20_000 }).toBe(200)
})
