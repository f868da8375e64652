import type { Sql } from '../../db/connect.ts'
import type { Role } from '#contract/role.ts'
import type { Identity } from '../../server/access/identity.ts'
import type { HttpContext } from '../../server/http/http-context.ts'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { defaultRulebook } from '../../server/cases/rules-file.ts'
import { batchedRegistration } from '../../server/cases/batched-registration.ts'
import { auditWriter } from '../../server/access/audit-writer.ts'
import { knownStreets } from '../../server/dispatch/known-streets.ts'
import { createApp } from '../../server/http/app.ts'
import { loopbackProxies } from '../../server/http/client-address.ts'
import { createLog } from '../../server/log.ts'
import { importFile, lookAtFile } from '../../server/ingest/thread/table-task.ts'
import { caseContext } from './cases.ts'
import { testPersonal } from './import.ts'
import { testPositions } from './positions.ts'

/** The application as the server runs it, asked without a socket: `const http = testHttp(sql)`, `await http.get('/readyz')`. */
export function testHttp(sql: Sql, said: Partial<HttpContext> = {}) {
  const cases = caseContext(sql)
  const context: HttpContext = {
    sql,
    config: {
      publicOrigin: null,
      basemap: { from: 'streets' },
      tiandituKey: null,
      trustedProxies: loopbackProxies,
    },
    log: createLog(process.env.TEST_LOG ?? 'silent'),
    identify: async () => identityOf('duty'),
    auth: async () => new Response(null, { status: 404 }),
    audit: auditWriter(sql, Buffer.alloc(32, 7)),
    auditKey: Buffer.alloc(32, 7),
    signOn: false,
    cases,
    register: batchedRegistration(cases),
    coverage: {
      compute: () => Promise.reject(new Error('no coverage in this test')),
    },
    streets: said.streets ?? knownStreets(sql),
    positions: said.positions ?? testPositions(sql, () => (said.cases ?? cases).now().getTime()),
    imports: {
      look: lookAtFile,
      run: (file, options, tell) => importFile({ sql, personal: testPersonal, rulebook: defaultRulebook }, file, options, tell),
    },
    readiness: () => ({
      ready: true,
      epoch: 'e',
      seq: 0,
      head: 0,
      contactAge: 0,
    }),
    metrics: new Registry(),
    uploads: {
      folder: join(tmpdir(), `huizhi-test-uploads-${process.pid}`),
    },
    pages: join(import.meta.dirname, 'no-pages'),
    ...said,
  }
  const app = createApp(context)
  const request = (path: string, init?: RequestInit) => Promise.resolve(app.request(path, init))
  const send = (method: string) => (path: string, body: unknown, headers: Record<string, string> = {}) =>
    request(path, {
      method,
      body: typeof body === 'string'
        ? body
        : JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', ...headers },
    })
  return {
    app,
    context,
    request,
    get: (path: string, headers: Record<string, string> = {}) => request(path, { headers }),
    post: send('POST'),
    patch: send('PATCH'),
    put: send('PUT'),
    remove: (path: string) => request(path, { method: 'DELETE' }),
    /** The same asked by another account. */
    as: (role: Role, bound: Partial<Identity> = {}) => testHttp(sql, {
      ...said,
      identify: async () => identityOf(role, bound),
    }),
    /** The same asked by nobody known. */
    unsigned: () => testHttp(sql, {
      ...said,
      identify: async () => null,
    }),
  }
}

/** An account of this role that may work. */
export function identityOf(role: Role, bound: Partial<Identity> = {}): Identity {
  return {
    userId: `user-${role}`,
    sessionId: `session-${role}`,
    name: role,
    role,
    region: null,
    officer: null,
    standing: 'full',
    expiresAt: new Date(8.64e15),
    ...bound,
  }
}
