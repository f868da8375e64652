import type { HttpContext } from './http-context.ts'
import { Hono } from 'hono'
import { ProblemError } from './problem.ts'

/** For whoever watches the server: alive, ready, and in figures. */
export function healthRoutes({ readiness, metrics }: Pick<HttpContext, 'readiness' | 'metrics'>): Hono {
  return new Hono()
    .get('/healthz', c => c.json({ status: 'ok' }))
    .get('/readyz', (c) => {
      const { ready, ...state } = readiness()
      // JSON has no Infinity: the database has not answered yet.
      const members = {
        ...state,
        contactAge: Number.isFinite(state.contactAge)
          ? state.contactAge
          : null,
      }
      if (!ready) {
        throw new ProblemError('not-ready', {
          members,
          headers: { 'Retry-After': '1' },
        })
      }
      return c.json({ status: 'ready', ...members })
    })
    .get('/metrics', async c => c.body(await metrics.metrics(), 200, { 'Content-Type': metrics.contentType }))
}
