import type { Sql } from '../../db/connect.ts'
import type { HttpContext } from '../../server/http/http-context.ts'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { batchedRegistration } from '../../server/cases/batched-registration.ts'
import { createApp } from '../../server/http/app.ts'
import { createLog } from '../../server/log.ts'
import { caseContext } from './cases.ts'

/** The application as the server runs it, asked without a socket: `const http = testHttp(sql)`, `await http.get('/readyz')`. */
export function testHttp(sql: Sql, said: Partial<HttpContext> = {}) {
  const cases = caseContext(sql)
  const context: HttpContext = {
    sql,
    config: {
      publicOrigin: null,
      basemap: { from: 'streets' },
      tiandituKey: null,
    },
    log: createLog(process.env.TEST_LOG ?? 'silent'),
    cases,
    register: batchedRegistration(cases),
    coverage: {
      compute: () => Promise.reject(new Error('no coverage in this test')),
    },
    readiness: () => ({
      ready: true,
      epoch: 'e',
      seq: 0,
      head: 0,
      contactAge: 0,
    }),
    metrics: new Registry(),
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
  }
}
