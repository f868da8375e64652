import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../db/connect.ts'
import { loopbackProxies } from '../../server/http/client-address.ts'
import { testHttp } from '../world/http.ts'

const sql = connect('postgres://nobody@127.0.0.1:1/nothing')
let pages: string
let http: ReturnType<typeof testHttp>
const script = 'export const wall = "墙"\n'.repeat(500)

beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'huizhi-pages-'))
  await mkdir(join(pages, 'wall'))
  await mkdir(join(pages, 'assets'))
  await writeFile(join(pages, 'index.html'), '<!doctype html><title>选择</title>')
  await writeFile(join(pages, 'wall/index.html'), '<!doctype html><title>大屏</title>')
  await writeFile(join(pages, 'assets/wall-1a2b.js'), script)
  await writeFile(join(pages, 'assets/barlow-3c4d.woff2'), Buffer.alloc(5000))
  await writeFile(join(pages, '..', 'huizhi-secret.txt'), 'secret')
  http = testHttp(sql, { pages })
})
afterAll(async () => {
  await rm(pages, { recursive: true })
  await rm(join(pages, '..', 'huizhi-secret.txt'))
  await sql.end()
})

it.each([
  ['/', '选择'],
  ['/wall', '大屏'],
  ['/wall/', '大屏'],
])('%s is a page that browsers ask for again', async (path, title) => {
  const response = await http.get(path)
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('Cache-Control')).toBe('no-cache')
  expect(await response.text()).toContain(title)
  expect((await http.get(path, {
    'If-None-Match': response.headers.get('ETag')!,
  })).status).toBe(304)
})

it('what has a hash in its name is kept for ever, and comes compressed as the browser likes', async () => {
  const path = '/assets/wall-1a2b.js'
  const plain = await http.get(path)
  expect(plain.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
  expect(plain.headers.get('Content-Type')).toMatch(/javascript/)
  expect(await plain.text()).toBe(script)
  for (const [accepted, encoding, open] of [
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip;q=1, br;q=0', 'gzip', gunzipSync],
  ] as const) {
    const response = await http.get(path, { 'Accept-Encoding': accepted })
    expect(response.headers.get('Content-Encoding')).toBe(encoding)
    const body = Buffer.from(await response.arrayBuffer())
    expect(body.length).toBe(Number(response.headers.get('Content-Length')))
    expect(open(body).toString()).toBe(script)
  }
})

it('fonts are compressed already', async () => {
  expect((await http.get('/assets/barlow-3c4d.woff2', { 'Accept-Encoding': 'br' })).headers.get('Content-Encoding')).toBeNull()
})

it('HEAD tells the same without the body', async () => {
  const response = await http.request('/assets/wall-1a2b.js', { method: 'HEAD' })
  expect(response.headers.get('Content-Length')).toBe(String(Buffer.byteLength(script)))
  expect(await response.text()).toBe('')
})

it('a page that is built anew is served anew', async () => {
  await writeFile(join(pages, 'wall/index.html'), '<!doctype html><title>新的大屏</title>')
  expect(await (await http.get('/wall')).text()).toContain('新的大屏')
})

it.each([
  '/../huizhi-secret.txt',
  '/%2e%2e/huizhi-secret.txt',
  '/assets/..%2f..%2fhuizhi-secret.txt',
  '/.env',
  '/assets',
  '/duty',
])('%s is no page', async (path) => {
  const response = await http.get(path)
  expect(response.status).toBe(404)
  expect(await response.text()).not.toContain('secret')
})

it('a person who is lost gets a page, a program gets problem details', async () => {
  const page = await http.get('/nowhere', { Accept: 'text/html,application/xhtml+xml' })
  expect([
    page.status,
    page.headers.get('Content-Type'),
  ]).toEqual([404, 'text/html; charset=UTF-8'])
  expect((await http.get('/nowhere')).headers.get('Content-Type')).toBe('application/problem+json')
})

describe('security headers', () => {
  const policyOf = async (path: string) => (await http.get(path)).headers.get('Content-Security-Policy')!

  it('are on pages, answers and failures alike', async () => {
    for (const path of [
      '/',
      '/healthz',
      '/nowhere',
      '/api/v1/cases',
    ]) {
      const { headers } = await http.get(path)
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('X-Frame-Options')).toBe('DENY')
      expect(headers.get('Content-Security-Policy')).toContain(path.startsWith('/api/')
        ? 'default-src \'none\''
        : 'default-src \'self\'')
      expect(headers.get('X-Powered-By')).toBeNull()
    }
  })

  it('let no script be written into a page', async () => {
    expect(await policyOf('/wall')).toMatch(/script-src 'self';/)
    expect(await policyOf('/plan')).toMatch(/script-src 'self';/)
    expect(await policyOf('/assets/siting-worker-abc.js')).toMatch(/script-src 'self' 'wasm-unsafe-eval';/)
    expect(await policyOf('/wall')).not.toContain('unsafe')
  })

  it('name the hosts of a base map from elsewhere', async () => {
    const other = testHttp(sql, {
      config: {
        publicOrigin: 'https://zhihui.example.gov.cn',
        basemap: { from: 'style', url: 'https://map.example/style.json' },
        trustedProxies: loopbackProxies,
        tiandituKey: 'k',
      },
    })
    const response = await other.get('/wall')
    expect(response.headers.get('Content-Security-Policy')).toContain('connect-src \'self\' https://map.example https://*.tianditu.gov.cn')
    expect(response.headers.get('Strict-Transport-Security')).toContain('max-age')
  })
})

it('the metrics tell how long routes take', async () => {
  await http.get('/api/v1/cases/GD1')
  const text = await (await http.get('/metrics')).text()
  expect(text).toMatch(/http_request_seconds_count\{method="GET",route="\/api\/v1\/cases\/:id",status="503"\} 1/)
})
