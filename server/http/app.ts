import type { IncomingMessage } from 'node:http'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { HttpContext } from './http-context.ts'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { admit } from './admission.ts'
import { newApi } from './api.ts'
import { limitBody } from './body-limit.ts'
import { careRoutes } from './care-routes.ts'
import { caseActionRoutes } from './case-action-routes.ts'
import { caseRoutes } from './case-routes.ts'
import { docsRoutes } from './docs-routes.ts'
import { eventRoutes } from './event-routes.ts'
import { figureRoutes } from './figure-routes.ts'
import { healthRoutes } from './health-routes.ts'
import { notFound } from './not-found.ts'
import { onError } from './on-error.ts'
import { overlayRoutes } from './overlay-routes.ts'
import { answerProblem, ProblemError } from './problem.ts'
import { reportRoutes } from './report-routes.ts'
import { requestMetrics } from './request-metrics.ts'
import { securityHeaders } from './security-headers.ts'
import { staticFiles } from './static-files.ts'

/** A case with the longest text, in the wordiest encoding, fits several times. */
const maxBodyBytes = 256 * 1024

/** All that this server answers over HTTP. */
export function createApp(context: HttpContext): OpenAPIHono {
  const app = newApi()
  app.onError(onError(context.log))
  app.notFound(notFound)

  app.use(requestMetrics(context.metrics))
  app.use(securityHeaders(context.config))
  app.use(async (c, next) => {
    const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
    const admission = admit({
      method: c.req.method,
      remoteAddress: incoming ? incoming.socket.remoteAddress : null,
      header: name => c.req.header(name),
    }, context.config)
    if ('refused' in admission)
      throw new ProblemError(admission.refused, { detail: admission.detail })
    await next()
  })
  app.use(methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) => answerProblem(c, new ProblemError('method-not-allowed', {
      headers: {
        Allow: methods.join(', '),
      },
    })),
  }))
  app.use(limitBody(maxBodyBytes))

  for (const path of [
    '/api/*',
    '/openapi.json',
    '/docs',
    '/metrics',
  ])
    app.use(path, whenReading(compress()))
  app.use('/api/*', whenReading(etag()))

  const api = newApi()
    .route('/', caseRoutes(context))
    .route('/', caseActionRoutes({ ...context.cases, sql: context.sql }))
    .route('/', overlayRoutes(context))
    .route('/', careRoutes(context))
    .route('/', eventRoutes(context))
    .route('/', figureRoutes(context))
    .route('/', reportRoutes(context))
  app.route('/api/v1', api)
  app.route('/', healthRoutes(context))
  app.route('/', docsRoutes(app))
  for (const mounted of context.mounted ?? [])
    app.route('/', mounted)
  app.use(staticFiles(context.pages))
  return app
}

/** Writes answer one small item: not worth a hash or compression. (`app.get` would make every path look like a known one.) */
function whenReading(middleware: MiddlewareHandler): MiddlewareHandler {
  return (c, next) => c.req.method === 'GET' || c.req.method === 'HEAD'
    ? middleware(c, next)
    : next()
}
