import type { z } from 'zod'
import type { Role } from '#contract/role.ts'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { Role as Roles } from '#contract/role.ts'
import { routePolicy } from '../../server/access/policy.ts'
import { openAccess } from '../../server/access/open-access.ts'
import { parseConfig } from '../../server/config.ts'
import { policyKey } from '../../server/http/guard.ts'
import { createLog } from '../../server/log.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { sized } from '../world/long.ts'
import { town, west } from '../world/places.ts'
import { oddText, oddTexts, valuesOf } from './values.ts'

const db = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'huizhi-fuzz-'))
afterAll(async () => {
  await db.drop()
  await rm(folder, { recursive: true })
})

// Whoever asks has an account, as everybody has who gets past the guard.
for (const role of Roles.options) {
  await db.sql`
    insert into users (id, name, email, "emailVerified", username, role)
    values (${`user-${role}`}, ${role}, ${`${role}@local.invalid`}, false, ${role}, ${role})`
}
await db.sql`insert into officers (subdistrict, id, name) values (${town}, 'w1', '王网格')`
const access = await openAccess({
  sql: db.sql,
  config: parseConfig({ DATA_DIR: folder }),
  url: 'http://localhost',
  log: createLog('silent'),
})
const base = testHttp(db.sql, {
  auth: access.handler,
  uploads: {
    folder: join(folder, 'uploads'),
  },
  coverage: {
    compute: async () => ({}) as never,
  },
})
const apps = Object.fromEntries(Roles.options.map(role => [role, base.as(role, { region: `${town}001`, officer: 'w1' }).app])) as Record<Role, typeof base.app>
const { id: known } = await (await base.post('/api/v1/cases', {
  content: '电梯停运',
  location: { lng: west[0], lat: west[1] },
})).json() as { id: string }

interface Described { method: string, path: string, request?: { params?: z.ZodType, query?: z.ZodType, body?: { content: Record<string, { schema: z.ZodType }> } } }
const described = new Map<string, Described>(base.app.openAPIRegistry.definitions.flatMap(definition => definition.type === 'route'
  ? [
      [`${definition.route.method.toUpperCase()} ${definition.route.path}`, definition.route as unknown as Described] as const,
    ]
  : []))

interface Call { method: string, address: string, role: Role, headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer> | undefined }

const segment = fc.oneof(
  {
    arbitrary: fc.constantFrom(known, 'w1', 'accept', 'dispatch', 'locate', 'split', 'merge', '14', '0.mvt', 'user-grid', 'x'),
    weight: 4,
  },
  { arbitrary: oddText, weight: 2 },
)

/** Everything that is registered: where a schema is known from it, else from oddities alone. */
const calls: fc.Arbitrary<Call>[] = [
  ...new Set(base.app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => policyKey(method, path))),
].map((key) => {
  const [method, path] = key.split(' ') as [string, string]
  const request = described.get(key)?.request
  const schema = request?.body?.content['application/json']?.schema
  const rule = routePolicy[key]
  const given = typeof rule === 'object'
    ? Object.keys(rule) as Role[]
    : Roles.options
  return fc.record({
    method: fc.constant(method),
    address: fc.tuple(
      fc.array(segment, { minLength: 3, maxLength: 3 }),
      request?.query
        ? valuesOf(request.query)
        : fc.dictionary(oddText, oddText, { maxKeys: 2 }),
    ).map(([segments, query]) => `${path.replaceAll(/\{(\w+)\}/g, () => encoded(segments.pop() ?? 'x'))}?${queryText(query)}`),
    role: fc.constantFrom(...given),
    headers: headersFor(schema !== undefined),
    body: method === 'GET'
      ? fc.constant(undefined)
      : bodyOf(schema),
  })
})
function headersFor(hasSchema: boolean): fc.Arbitrary<Record<string, string>> {
  return fc.record({
    'Content-Type': fc.oneof(
      {
        arbitrary: fc.constant('application/json'),
        weight: hasSchema ? 12 : 3,
      },
      {
        arbitrary: fc.constantFrom('text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'multipart/form-data', 'image/png', 'application/json; charset=utf-16', ''),
        weight: 2,
      },
    ),
    'Idempotency-Key': fc.oneof(fc.stringMatching(/^[\w-]{16,40}$/), fc.constantFrom('\'; --', 'x', '<b>')),
    'If-Match': fc.constantFrom('"1"', '*', 'W/"x"', '"999999999999999999999"'),
    'Range': fc.constantFrom('bytes=0-', 'bytes=9-1', 'x'),
    'X-Forwarded-For': fc.constantFrom('1.2.3.4', '\'', '::', 'x'.repeat(500)),
    'Authorization': fc.constantFrom('Bearer x', 'Bearer', 'Basic eDp5', 'Bearer \''),
  }, {
    requiredKeys: ['Content-Type'],
  }).map(headers => headers as Record<string, string>)
}

function bodyOf(schema: z.ZodType | undefined): fc.Arbitrary<string | Uint8Array<ArrayBuffer>> {
  return fc.oneof(
    {
      arbitrary: (schema
        ? valuesOf(schema)
        : fc.dictionary(fc.constantFrom('username', 'password', 'code', 'token', 'client_id', 'newPassword', '__proto__'), oddText)).map(value => JSON.stringify(value) ?? ''),
      weight: 16,
    },
    {
      arbitrary: fc.uint8Array({ maxLength: 200 }).map(bytes => new Uint8Array(bytes)),
      weight: 1,
    },
    {
      arbitrary: fc.constantFrom('', '{', 'null', '[]', '"x"', '1e999', '{"content":1e400}', `{"content":${'9'.repeat(500)}}`, '{"content":"\\ud800"}', '{"__proto__":{"a":1},"content":"x"}', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, '--x\r\nContent-Disposition: form-data; name="file"; filename="../../x"\r\n\r\nx\r\n--x--', '--x\r\n'),
      weight: 2,
    },
  )
}

function queryText(query: unknown): string {
  return query !== null && typeof query === 'object'
    ? Object.entries(query).flatMap(([name, value]) => value === undefined
        ? []
        : [`${encoded(name)}=${encoded(typeof value === 'string'
            ? value
            : JSON.stringify(value) ?? '')}`]).join('&')
    : encoded(String(query))
}

/** Half of a surrogate pair cannot be written in an address: the bytes that stand for it can. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%EF%BF%BD', '%ED%A0%80').replaceAll('.', '%2E')
}

async function send({ method, address, role, headers, body }: Call): Promise<Response> {
  return await apps[role].request(address, {
    method,
    headers,
    ...body !== undefined && { body },
  })
}

const html = oddTexts.filter(text => /<\w/.test(text))

it('no route answers anything with a fault of its own, nor with what was sent as a page or a header', async () => {
  const answered = new Map<number, number>()
  await fc.assert(fc.asyncProperty(fc.oneof(...calls), async (call) => {
    const response = await send(call)
    answered.set(response.status, (answered.get(response.status) ?? 0) + 1)
    const text = await response.text()
    expect(response.status, text.slice(0, 300)).toBeLessThan(500)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('set-cookie') ?? '').not.toContain('planted')
    if (html.some(tag => text.includes(tag)))
      expect(response.headers.get('content-type')).toMatch(/^application\/(?:[\w.]+\+)?json|^text\/csv/)
  }), {
    numRuns: sized(10_000, 2000), // some fifteen a route: few enough of them are good enough to be done
    interruptAfterTimeLimit: 600_000,
    markInterruptAsFailure: false,
  })
  // Some of it was good enough to be done, some was refused for what it says.
  expect([
    ...answered.keys(),
  ]).toEqual(expect.arrayContaining([200, 201, 404, 422]))
  // Nothing that was sent as SQL was taken for it.
  expect((await db.sql`select id from cases where id = ${known}`)).toHaveLength(1)
}, 900_000)

it('a server that is sent bytes of any kind goes on answering', async () => {
  const server = createServer(getRequestListener(base.app.fetch))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const heads = [
    'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    'GET http://[::bad HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET //evil/%ff%fe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    'POST /api/v1/cases HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n',
    'POST /api/v1/cases HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc',
    'POST /api/v1/cases HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n{"a',
    'GET /api/v1/cases HTTP/1.1\r\nHost: \r\n\r\n',
    'GET /api/v1/cases HTTP/1.1\r\nHost: a b\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    'CONNECT x:1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    'TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`,
  ]
  const bytes = fc.oneof(fc.constantFrom(...heads).map(head => Buffer.from(head, 'latin1')), fc.uint8Array({ maxLength: 300 }).map(Buffer.from))
  await fc.assert(fc.asyncProperty(bytes, async (sent) => {
    const answer = await exchange(port, sent)
    expect(answer).not.toMatch(/^HTTP\/1\.1 5(?!01)\d\d/)
  }), {
    numRuns: sized(2000, 60),
  })
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  server.closeAllConnections()
  server.close()
}, 300_000)

/** What the server says until it ends the connection, or nothing more is to come. */
async function exchange(port: number, sent: Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', data => answer += data.toString('latin1'))
  socket.on('error', () => {})
  socket.end(sent)
  socket.setTimeout(200, () => socket.destroy())
  await once(socket, 'close')
  return answer
}
