import type { TestDatabase } from '../world/database.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Me } from '#contract/access.ts'
import { addAccount } from '../../server/access/accounts.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'

const expiresAt = new Date('2026-11-24T12:00:00Z')
let db: TestDatabase
let http: ReturnType<typeof testHttp>

beforeAll(async () => {
  db = await testDatabase()
  http = testHttp(db.sql)
})
afterAll(() => db.drop())

async function meOf(asker: Pick<typeof http, 'get'>, headers: Record<string, string> = {}) {
  const answer = await asker.get('/api/v1/me', headers)
  return {
    me: Me.parse(await answer.json()),
    cookie: answer.headers.get('set-cookie'),
  }
}

it('nobody gets no pages and, on real data, no names', async () => {
  await addAccount(db.sql, {
    username: 'zhang.san',
    name: '张三',
    role: 'duty',
    password: 'seven-herons-by-the-river',
  })
  const { me } = await meOf(http.unsigned())
  expect(me).toEqual({
    account: null,
    pages: [],
    signOn: false,
    demo: [],
  })
})

it('the demo offers its accounts where nobody is signed in, the duty officer first, and to no one else', async () => {
  for (const role of ['admin', 'duty'] as const) {
    await addAccount(db.sql, {
      username: `demo-${role}`,
      name: role,
      role,
      password: 'seven-herons-by-the-river',
      demo: true,
    })
  }
  const names = async (asker: Pick<typeof http, 'get'>) => (await meOf(asker)).me.demo.map(({ username }) => username)
  expect(await names(http.unsigned())).toEqual(['demo-duty', 'demo-admin'])
  expect(await names(http.as('wall'))).toEqual(['demo-duty', 'demo-admin'])
  expect(await names(http.as('planner', { expiresAt }))).toEqual([])
})

it('an account that is not ready to work has no pages yet', async () => {
  const { me } = await meOf(http.as('admin', { standing: 'must-enrol-second-factor', expiresAt }))
  expect(me.account?.standing).toBe('must-enrol-second-factor')
  expect(me.pages).toEqual([])
})

it('a screen gets its cookie anew, as it was, and behind TLS for TLS only; a person does not', async () => {
  const headers = { cookie: 'other=1; huizhi.session_token=abc.def%3D' }
  expect((await meOf(http.as('wall'), headers)).cookie).toBe('huizhi.session_token=abc.def%3D; Max-Age=34560000; Path=/; HttpOnly; SameSite=Strict')
  expect((await meOf(http.as('wall'), { cookie: '__Secure-huizhi.session_token=abc' })).cookie).toBe('__Secure-huizhi.session_token=abc; Max-Age=34560000; Path=/; HttpOnly; Secure; SameSite=Strict')
  expect((await meOf(http.as('wall'))).cookie).toBeNull()
  expect((await meOf(http.as('duty', { expiresAt }), headers)).cookie).toBeNull()
})
