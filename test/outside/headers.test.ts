import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAccount, oneTimePassword } from '../../server/access/accounts.ts'
import { createAuth } from '../../server/access/auth.ts'
import { loopbackProxies } from '../../server/http/client-address.ts'
import { parseRateLimits } from '../../server/http/rate-limit-settings.ts'
import { tileRoutes } from '../../server/tiles/tile-routes.ts'
import { testDatabase } from '../world/database.ts'
import { phonePhoto } from '../world/files.ts'
import { testHttp } from '../world/http.ts'

const db = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'huizhi-headers-'))
const password = oneTimePassword()
const plain = 'http://127.0.0.1:8080'
const secure = 'https://zhihui.example.gov.cn'

function serverAt(origin: string) {
  const config = {
    publicOrigin: origin === secure
      ? secure
      : null,
    basemap: { from: 'streets' as const },
    tiandituKey: null,
    trustedProxies: loopbackProxies,
  }
  const auth = createAuth({
    sql: db.sql,
    secret: 'k3!'.repeat(20),
    auditKey: Buffer.alloc(32, 7),
    origin,
  })
  const http = testHttp(db.sql, {
    config,
    auth: auth.handler,
    pages: join(folder, 'pages'),
    uploads: {
      folder: join(folder, 'uploads'),
    },
    rateLimits: parseRateLimits('sign-in=20/600')!,
    mounted: [
      tileRoutes({ sql: db.sql, config }),
    ],
  })
  const ask = (path: string, init: RequestInit = {}) => http.request(`${origin}${path}`, {
    ...init,
    headers: { host: new URL(origin).host, ...init.headers as Record<string, string> },
  })
  return { ask }
}
const server = serverAt(plain)
const behindTls = serverAt(secure)

let upload: string
beforeAll(async () => {
  for (const page of [
    'wall',
    'duty',
    'grid',
    'report',
    'assets',
  ])
    await mkdir(join(folder, 'pages', page), { recursive: true })
  await writeFile(join(folder, 'pages/index.html'), '<!doctype html><title>选择</title>')
  for (const page of ['wall', 'duty', 'grid', 'report'])
    await writeFile(join(folder, 'pages', page, 'index.html'), '<!doctype html>')
  await writeFile(join(folder, 'pages/assets/wall-1a2b.js'), 'export {}')
  await addAccount(db.sql, {
    username: 'duty',
    name: '值班员',
    role: 'duty',
    password,
  })
  const stored = await server.ask('/api/v1/uploads', { method: 'POST', body: await phonePhoto() as never })
  upload = (await stored.json() as { id: string }).id
})
afterAll(async () => {
  await db.drop()
  await rm(folder, { recursive: true })
})

function signIn(at: typeof server, body: object = { username: 'duty', password }, headers: Record<string, string> = {}) {
  return at.ask('/api/auth/sign-in/username', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

const kinds: [string, number, (at: typeof server) => Promise<Response>][] = [
  [
    'a page',
    200,
    at => at.ask('/wall'),
  ],
  [
    'the first page',
    200,
    at => at.ask('/'),
  ],
  [
    'a script',
    200,
    at => at.ask('/assets/wall-1a2b.js'),
  ],
  [
    'a page that is not there',
    404,
    at => at.ask('/nothing', {
      headers: { accept: 'text/html' },
    }),
  ],
  [
    'the documentation',
    200,
    at => at.ask('/docs'),
  ],
  [
    'its document',
    200,
    at => at.ask('/openapi.json'),
  ],
  [
    'a list of the API',
    200,
    at => at.ask('/api/v1/cases'),
  ],
  [
    'an item that is not there',
    404,
    at => at.ask('/api/v1/cases/GD0'),
  ],
  [
    'a path that is not there',
    404,
    at => at.ask('/api/v1/nothing'),
  ],
  [
    'a value that does not fit',
    422,
    at => at.ask('/api/v1/cases?limit=0'),
  ],
  [
    'a method that is not meant',
    405,
    at => at.ask('/api/v1/cases', { method: 'DELETE' }),
  ],
  [
    'a body that is too large',
    413,
    at => at.ask('/api/v1/cases', {
      method: 'POST',
      body: 'x',
      headers: { 'content-length': '999999', 'content-type': 'application/json' },
    }),
  ],
  [
    'a change from elsewhere',
    403,
    at => at.ask('/api/v1/cases', {
      method: 'POST',
      body: '{}',
      headers: { origin: 'https://evil.example' },
    }),
  ],
  [
    'a name that is not ours',
    421,
    at => at.ask('/api/v1/cases', {
      headers: { host: 'evil.example' },
    }),
  ],
  [
    'a file',
    200,
    at => at.ask(`/api/v1/uploads/${upload}`),
  ],
  [
    'a part of a file',
    206,
    at => at.ask(`/api/v1/uploads/${upload}`, {
      headers: { range: 'bytes=0-9' },
    }),
  ],
  [
    'a tile that is not there',
    404,
    at => at.ask('/tiles/30/1/1.mvt'),
  ],
  [
    'the settings of the map',
    200,
    at => at.ask('/map-config.json'),
  ],
  [
    'health',
    200,
    at => at.ask('/healthz'),
  ],
  [
    'a session',
    200,
    at => at.ask('/api/auth/get-session'),
  ],
  [
    'a wrong password',
    401,
    at => signIn(at, { username: 'duty', password: 'wrong-password' }),
  ],
  [
    'the right one',
    200,
    at => signIn(at),
  ],
]

describe('every kind of answer says what a browser may do with it:', () => {
  it.each(kinds)('%s (%d)', async (_, status, ask) => {
    const { status: answered, headers } = await ask(server)
    expect(answered).toBe(status)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('X-Frame-Options')).toBe('DENY')
    expect(headers.get('Referrer-Policy')).toBe('same-origin')
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
    expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect(headers.get('X-Powered-By')).toBeNull()
    expect(headers.get('Strict-Transport-Security')).toBeNull()
    const policy = headers.get('Content-Security-Policy')!
    expect(policy).toContain('frame-ancestors \'none\'')
    expect(policy).toMatch(/default-src '(?:none|self)'/)
    const scripts = policy.match(/script-src ([^;]*)/)?.[1] ?? '\'none\''
    expect(scripts).not.toMatch(/unsafe|\*|https?:|data:|blob:/)
  })

  it.each(kinds)('behind TLS also that it is always to be TLS: %s (%d)', async (_, status, ask) => {
    const { status: answered, headers } = await ask(behindTls)
    expect(answered).toBe(status)
    expect(headers.get('Strict-Transport-Security')).toBe('max-age=31536000; includeSubDomains')
  })

  it('what is not a page runs nothing at all', async () => {
    for (const path of [
      '/api/v1/cases',
      '/api/auth/get-session',
      '/api/v1/cases/GD0',
      `/api/v1/uploads/${upload}`,
    ])
      expect((await server.ask(path)).headers.get('Content-Security-Policy')).toContain('default-src \'none\'')
  })

  it('who is too often is told so with the same care', async () => {
    const at = serverAt(plain)
    let last = await signIn(at, { username: 'nobody', password: 'x' })
    for (let n = 0; n < 21 && last.status !== 429; n++)
      last = await signIn(at, { username: `nobody${n}`, password: 'x' })
    expect(last.status).toBe(429)
    expect(last.headers.get('Content-Type')).toBe('application/problem+json')
    expect(last.headers.get('X-Content-Type-Options')).toBe('nosniff')
  })
})

it('place, camera and microphone are for the pages of a phone, and for no page of others', async () => {
  for (const page of ['/grid', '/report'])
    expect((await server.ask(page)).headers.get('Permissions-Policy')).toMatch(/camera=\(self\), geolocation=\(self\), microphone=\(self\)/)
  for (const page of ['/wall', '/duty', '/'])
    expect((await server.ask(page)).headers.get('Permissions-Policy')).toMatch(/camera=\(\), geolocation=\(\), microphone=\(\)/)
})

describe('the cookie of a session', () => {
  const cookiesOf = async (at: typeof server) => {
    const response = await signIn(at)
    expect(response.status).toBe(200)
    return response.headers.getSetCookie()
  }

  it('is read by no script, sent to nobody else and kept by no cache', async () => {
    const cookies = await cookiesOf(server)
    expect(cookies.length).toBeGreaterThan(0)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; HttpOnly/i)
      expect(cookie).toMatch(/; SameSite=Strict/i)
      expect(cookie).not.toMatch(/; Domain=/i)
      expect(cookie).not.toMatch(/; Secure/i)
    }
    expect((await signIn(server)).headers.get('Cache-Control')).toBe('no-store')
  })

  it('behind TLS is sent over TLS only', async () => {
    for (const cookie of await cookiesOf(behindTls)) {
      expect(cookie).toMatch(/^__Secure-/)
      expect(cookie).toMatch(/; Secure/i)
    }
  })
})

describe('a change', () => {
  const change = (headers: Record<string, string>) => behindTls.ask('/api/v1/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"content":"路灯不亮"}',
  })

  it('comes from our pages or from a program', async () => {
    expect((await change({ origin: secure })).status).toBe(201)
    expect((await change({})).status).toBe(201)
    expect((await change({ 'sec-fetch-site': 'same-origin' })).status).toBe(201)
  })

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'https://zhihui.example.gov.cn.evil.example' },
    { origin: 'https://evil.example/https://zhihui.example.gov.cn' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('not from %o', async (headers) => {
    expect((await change(headers as unknown as Record<string, string>)).status).toBe(403)
  })

  it('nor a sign-in, so that nobody is signed in under another\'s name', async () => {
    expect((await signIn(behindTls, undefined, { origin: 'https://evil.example' })).status).toBe(403)
  })
})
