import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { createLog } from '../../server/log.ts'
import { credentials, signIn, testPassword } from '../world/account.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { startServer } from '../world/server.ts'

let lines: string[] = []
beforeEach(() => lines = [])
const db = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'huizhi-log-'))
afterAll(async () => {
  await db.drop()
  await rm(folder, { recursive: true })
})

const phone = '13812345678'
const text = '植入诉求：三单元张三家漏水'
const token = 'planted-token-0123456789'
const planted = [
  phone,
  '植入',
  '张三',
  token,
  'planted-password',
  'planted-cookie',
  '370102199001011234',
  testPassword,
]

const log = createLog('trace', {
  write: line => void lines.push(line),
})

function expectNothingPlanted(said = lines.join('')) {
  expect(planted.filter(word => said.includes(word))).toEqual([])
}

const headers = {
  'authorization': `Bearer ${token}`,
  'cookie': 'huizhi.session_token=planted-cookie',
  'x-forwarded-for': '10.9.8.7',
}

it('a fault is logged with its place, and without the row that PostgreSQL quotes, the request\'s headers or its query', async () => {
  const http = testHttp(db.sql, {
    log,
    // PostgreSQL says: Failing row contains (…, 植入诉求…)
    register: async ({ input }) => {
      await db.sql`
        insert into cases (subdistrict, id, kind, source, status, content, address, reported_at)
        values ('990101001', 'x', 'noise', 'hotline', 'registered', ${input.content}, ${phone}, null)`
      throw new Error('not reached')
    },
  })
  const response = await http.post(`/api/v1/cases?phone=${phone}&q=${encodeURIComponent(text)}`, {
    content: text,
    contact: { name: '张三', phone },
  }, headers)
  expect(response.status).toBe(500)
  const line = JSON.parse(lines[0]!)
  expect(line).toMatchObject({
    msg: 'a fault in the program',
    method: 'POST',
    path: '/api/v1/cases',
    err: {
      type: 'PostgresError',
      code: '23502',
      table_name: 'cases',
      column_name: 'reported_at',
    },
  })
  expect(line.err.stack).toContain('log.test.ts')
  expectNothingPlanted()
})

it('a value that could not be read is not quoted, however deep the error lies', () => {
  const failure = (message: string, more: object = {}) => Object.assign(new Error(message), more)
  log.error({
    err: failure(`invalid input syntax for type integer: "${text}"`),
  }, 'x')
  log.error({
    err: new Error('outer', {
      cause: failure('inner', {
        detail: `Key (phone)=(${phone}) already exists.`,
        query: text,
        parameters: [phone],
      }),
    }),
  }, 'x')
  log.error({
    err: new AggregateError([
      failure(`password for postgres://huizhi:planted-password@db:5432/x`),
    ], 'all failed'),
  }, 'x')
  try {
    JSON.parse(text)
  }
  catch (err) {
    log.error({ err }, 'x')
  }
  log.error({ err: text }, 'x')
  expect(lines).toHaveLength(5)
  expectNothingPlanted()
})

it('fields that hold secrets are blanked out wherever somebody puts them', () => {
  log.info({
    password: 'planted-password',
    body: {
      newPassword: 'planted-password',
      contact: { name: '张三', phone },
    },
    request: { headers },
    url: `/x?phone=${phone}&id=370102199001011234`,
  }, `from ${phone}, Bearer ${token}`)
  expect(lines[0]).toContain('from ***')
  expectNothingPlanted()
})

it('a server at work says nothing of what it is told, at the finest level too', async () => {
  const server = await startServer({ DATABASE_URL: db.url, DATA_DIR: folder, LOG_LEVEL: 'trace' })
  try {
    await signIn(server.url, db.sql)
    const wrong = await fetch(`${server.url}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'test-duty', password: 'planted-password' }),
    })
    expect(wrong.status).toBe(401)
    const filed = await fetch(`${server.url}/api/v1/cases`, {
      method: 'POST',
      headers: { ...credentials.headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        content: text,
        contact: { name: '张三', phone },
      }),
    })
    expect(filed.status).toBe(201)
    await fetch(`${server.url}/api/v1/ledger?q=${encodeURIComponent(text)}&phone=${phone}`, { headers: credentials.headers })
    await fetch(`${server.url}/${phone}?token=${token}`, { headers })
  }
  finally {
    await server.stop()
  }
  expect(server.output()).toContain('Ready')
  const { authorization } = credentials.headers
  expectNothingPlanted(server.output())
  expect(server.output()).not.toContain(authorization!.slice('Bearer '.length))
})
