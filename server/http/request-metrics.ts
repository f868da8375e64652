import type { MiddlewareHandler } from 'hono'
import type { Registry } from 'prom-client'
import { matchedRoutes } from 'hono/route'
import { Histogram } from 'prom-client'

/** How long requests take, by route (not by path: that would be a figure for every case). */
export function requestMetrics(registry: Registry): MiddlewareHandler {
  const seconds = new Histogram({
    name: 'http_request_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [
      0.001,
      0.0025,
      0.005,
      0.01,
      0.025,
      0.05,
      0.1,
      0.25,
      0.5,
      1,
      2.5,
      5,
      10,
    ],
    registers: [registry],
  })
  return async (c, next) => {
    const began = performance.now()
    await next()
    const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? 'other'
    seconds.observe({ method: c.req.method, route, status: c.res.status }, (performance.now() - began) / 1000)
  }
}
