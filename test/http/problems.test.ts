import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { CaseAction } from '#contract/case.ts'
import { Problem } from '#contract/problem.ts'
import { connect } from '../../db/connect.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'

const db = await testDatabase()
const http = testHttp(db.sql)
const away = connect('postgres://nobody@127.0.0.1:1/nothing', { connectSeconds: 1 })
afterAll(async () => {
  await away.end({ timeout: 0 })
  await db.drop()
})

async function problemOf(answer: Response | Promise<Response>) {
  const response = await answer
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  const problem = Problem.parse(await response.json())
  expect(problem.status).toBe(response.status)
  expect(problem.type).toMatch(/^urn:huizhi:problem:[a-z-]+$/)
  return problem
}

const post = (body: unknown, headers?: Record<string, string>) => problemOf(http.post('/api/v1/cases', body, headers))

describe('bad input is told as problem details:', () => {
  it('a body that is no JSON', async () => {
    expect(await post('{"content": ')).toMatchObject({ status: 400, type: 'urn:huizhi:problem:malformed' })
  })

  it('values that do not fit name their path', async () => {
    const problem = await post({
      kind: 'ufo',
      location: { lng: 200, lat: 36 },
      contact: {
        phone: 'x'.repeat(41),
      },
    })
    expect(problem.status).toBe(422)
    expect(problem.errors!.map(({ path }) => path).sort()).toEqual([
      'contact.phone',
      'content',
      'kind',
      'location.lng',
    ])
  })

  it('a body that is too large, whether its length is told or not', async () => {
    const large = JSON.stringify({
      content: 'x'.repeat(300_000),
    })
    expect((await problemOf(http.post('/api/v1/cases', large, {
      'Content-Length': String(large.length),
    }))).status).toBe(413)
    expect((await problemOf(http.request('/api/v1/cases', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: new Blob([large]).stream(),
      duplex: 'half',
    } as RequestInit))).status).toBe(413)
  })

  it('a media type that nobody reads here', async () => {
    expect((await post('<case/>', { 'Content-Type': 'application/xml' })).status).toBe(415)
  })

  it('a path that leads nowhere', async () => {
    expect(await problemOf(http.get('/api/v1/nothing'))).toMatchObject({ status: 404 })
    expect(await problemOf(http.post('/api/v1/nothing', {}))).toMatchObject({ status: 404 })
    expect(await problemOf(http.get('/api/v1/cases/GD0'))).toMatchObject({ status: 404 })
  })

  it('a method that is not meant', async () => {
    const response = await http.request('/api/v1/cases', { method: 'DELETE' })
    expect(response.headers.get('Allow')!.split(', ').sort()).toEqual(['GET', 'HEAD', 'POST'])
    expect((await problemOf(response)).status).toBe(405)
  })

  it.each([
    ['bbox=1,2,3', 'bbox'],
    ['bbox=118,36,117,37', 'bbox'],
    ['bbox=117,36,118,97', 'bbox'],
    ['status=lost', 'status.0'],
    ['kind=noise,ufo', 'kind.1'],
    ['limit=0', 'limit'],
    ['limit=1e9', 'limit'],
    ['cursor=nonsense', 'cursor'],
    ['updatedSince=yesterday', 'updatedSince'],
    ['region=%00', 'region'],
  ])('the query ?%s', async (query, path) => {
    expect(await problemOf(http.get(`/api/v1/cases?${query}`))).toMatchObject({
      status: 422,
      errors: [
        { path },
      ],
    })
  })

  it.each([
    ['NUL', 'a\0b', 'holds the character U+0000'],
    ['half a surrogate pair', 'a\uD83D', 'holds half of a surrogate pair'],
  ])('text with %s', async (_, content, message) => {
    expect(await post(JSON.stringify({
      content,
      contact: { name: content },
    }).replaceAll('\uD83D', '\\ud83d'))).toMatchObject({
      status: 422,
      errors: [
        { path: 'content', message },
        { path: 'contact.name', message },
      ],
    })
  })

  it.each([
    ['1999-12-31T00:00:00Z', 'lies before the year 2000'],
    ['2099-01-01T00:00:00Z', 'lies in the future'],
  ])('a report at %s', async (reportedAt, message) => {
    expect(await post({ content: 'x', reportedAt })).toMatchObject({
      status: 422,
      errors: [
        { path: 'reportedAt', message },
      ],
    })
  })

  it('numbers and nesting beyond reason', async () => {
    expect((await post('{"content":"x","location":{"lng":1e999,"lat":0}}')).status).toBe(422)
    expect((await post(`{"content":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)).status).toBe(422)
    expect((await post(`{"content":1${'0'.repeat(400)}}`)).status).toBe(422)
  })
})

it('hardly any text is too odd to be stored and read again', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }).map(content => content.trim()).filter(content => content !== '' && !content.includes('\0'))
  await fc.assert(fc.asyncProperty(text, async (content) => {
    const registered = await (await http.post('/api/v1/cases', { content })).json() as { id: string }
    const read = await (await http.get(`/api/v1/cases/${registered.id}`)).json() as { properties: { content: string } }
    expect(read.properties.content).toBe(content)
  }), { numRuns: 30 })
})

it('whatever is sent, it is never the server that fails', async () => {
  const word = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\0', '\uD800', '\'; drop table cases; --', '<script>', '%', '../../etc/passwd', '1e999'))
  const anything = fc.oneof(fc.json(), fc.dictionary(fc.constantFrom('content', 'kind', 'source', 'address', 'location', 'reportedAt', 'contact', 'version', 'reason', 'evidence', 'planDate', 'assignee', 'into', '__proto__'), fc.oneof(word, fc.double(), fc.jsonValue()), { maxKeys: 6 }).map(value => JSON.stringify(value)), word)
  const path = fc.oneof(
    fc.constant('/api/v1/cases'),
    fc.tuple(word, fc.constantFrom(...CaseAction.options)).map(([id, action]) => `/api/v1/cases/${encodeURIComponent(id.toWellFormed())}/actions/${action}`),
    word.map(query => `/api/v1/cases?region=${encodeURIComponent(query.toWellFormed())}`),
    word.map(query => `/api/v1/events?after=${encodeURIComponent(query.toWellFormed())}`),
    word.map(id => `/api/v1/care-facilities/${encodeURIComponent(id.toWellFormed())}`),
  )
  await fc.assert(fc.asyncProperty(fc.constantFrom('GET', 'POST', 'PATCH', 'PUT'), path, anything, async (method, path, body) => {
    const response = await http.request(path, {
      method,
      ...(method !== 'GET' && { body }),
      headers: { 'Content-Type': 'application/json' },
    })
    expect(response.status, await response.text()).toBeLessThan(500)
  }), { numRuns: 80 })
}, 60_000)

describe('while the database is away', () => {
  const lonely = testHttp(away, {
    readiness: () => ({
      ready: false,
      epoch: '',
      seq: 0,
      head: 0,
      contactAge: Number.POSITIVE_INFINITY,
    }),
  })

  it.each(['/api/v1/cases', '/api/v1/regions', '/api/v1/events'])('%s answers 503 and when to try again', async (path) => {
    const response = await lonely.get(path)
    expect(response.headers.get('Retry-After')).toBe('2')
    expect(await problemOf(response)).toMatchObject({ status: 503, type: 'urn:huizhi:problem:database-away' })
  })

  it('a write answers 503 too', async () => {
    expect((await problemOf(lonely.post('/api/v1/cases', { content: 'x' }))).status).toBe(503)
  })

  it('the process is alive and says that it is not ready', async () => {
    expect((await lonely.get('/healthz')).status).toBe(200)
    expect(await problemOf(lonely.get('/readyz'))).toMatchObject({ status: 503, type: 'urn:huizhi:problem:not-ready' })
  })
})

it('a fault in the program is told without its insides', async () => {
  const broken = testHttp(db.sql, {
    coverage: {
      compute: () => { throw new TypeError('secret of /home') },
    },
  })
  const problem = await problemOf(broken.get('/api/v1/coverage'))
  expect(problem).toEqual({ type: 'urn:huizhi:problem:internal', title: 'A fault in the program', status: 500 })
})
