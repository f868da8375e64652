import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { HttpContext } from './http-context.ts'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { accountRoutes } from './account-routes.ts'
import { assignmentRoutes } from './assignment-routes.ts'
import { admit } from './admission.ts'
import { newApi } from './api.ts'
import { auditTrail } from './audit-trail.ts'
import { authRoutes } from './auth-routes.ts'
import { auditRoutes } from './audit-routes.ts'
import { ledgerBulkRoutes } from './ledger-bulk-routes.ts'
import { ledgerExportRoutes } from './ledger-export-routes.ts'
import { ledgerRoutes } from './ledger-routes.ts'
import { ledgerViewRoutes } from './ledger-view-routes.ts'
import { limitBodies } from './body-limit.ts'
import { careRoutes } from './care-routes.ts'
import { boardRoutes } from './board-routes.ts'
import { caseActionRoutes } from './case-action-routes.ts'
import { caseContactRoutes } from './case-contact-routes.ts'
import { casePlaceRoutes } from './case-place-routes.ts'
import { caseRoutes } from './case-routes.ts'
import { caseWorkRoutes } from './case-work-routes.ts'
import { docsRoutes } from './docs-routes.ts'
import { eventRoutes } from './event-routes.ts'
import { figureRoutes } from './figure-routes.ts'
import { frozenWeekRoutes } from './frozen-week-routes.ts'
import { guard } from './guard.ts'
import { forecastRoutes } from './forecast-routes.ts'
import { handoverRoutes } from './handover-routes.ts'
import { healthRoutes } from './health-routes.ts'
import { importRoutes } from './import-routes.ts'
import { arrivalIn } from './incoming.ts'
import { limitRate } from './limit-rate.ts'
import { meRoutes } from './me-routes.ts'
import { notFound } from './not-found.ts'
import { onError } from './on-error.ts'
import { open311Key } from './open311-key.ts'
import { open311Routes } from './open311-routes.ts'
import { overlayRoutes } from './overlay-routes.ts'
import { answerProblem, ProblemError } from './problem.ts'
import { planRoutes } from './plan-routes.ts'
import { posterRoutes } from './poster-routes.ts'
import { positionRoutes } from './position-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { requestMetrics } from './request-metrics.ts'
import { rulesRoutes } from './rules-routes.ts'
import { screenRoutes } from './screen-routes.ts'
import { shiftRoutes } from './shift-routes.ts'
import { screenShowRoutes } from './screen-show-routes.ts'
import { sumsRoutes } from './sums-routes.ts'
import { securityHeaders } from './security-headers.ts'
import { staticFiles } from './static-files.ts'
import { trackerRoutes } from './tracker-routes.ts'
import { uploadRoutes } from './upload-routes.ts'
import { propertyRoutes } from './property-routes.ts'
import { renovationRoutes } from './renovation-routes.ts'
import { walkRoutes } from './walk-routes.ts'
import { worksiteVisitRoutes } from './worksite-visit-routes.ts'
import { wageHandlingRoutes } from './wage-handling-routes.ts'
import { wageRoutes } from './wage-routes.ts'

/** All that this server answers over HTTP. */
export function createApp(context: HttpContext): OpenAPIHono {
  const app = newApi()
  app.onError(onError(context.log))
  app.notFound(notFound)

  app.use(requestMetrics(context.metrics))
  app.use(securityHeaders(context.config))
  app.use(async (c, next) => {
    const admission = admit(arrivalIn(c), context.config)
    if ('refused' in admission)
      throw new ProblemError(admission.refused, { detail: admission.detail })
    await next()
  })
  const limits = context.rateLimits && limitRate(context.rateLimits, context.config)
  if (limits)
    app.use(limits.beforeGuard)
  app.use(methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) => answerProblem(c, new ProblemError('method-not-allowed', {
      headers: {
        Allow: methods.join(', '),
      },
    })),
  }))
  app.use('/open311/*', limitBodies(), open311Key())
  app.use(guard(context))
  if (limits)
    app.use(limits.afterGuard)
  app.use(auditTrail(context))
  app.use(limitBodies())

  for (const path of [
    '/api/*',
    '/open311/*',
    '/openapi.json',
    '/docs',
    '/metrics',
  ])
    app.use(path, whenReading(compress()))
  app.use('/api/*', whenReading(etag()))

  const api = newApi()
    .route('/', caseRoutes(context))
    .route('/', caseActionRoutes({ ...context.cases, sql: context.sql }))
    .route('/', walkRoutes({ sql: context.sql, streets: context.streets, rules: context.cases.rules }))
    .route('/', assignmentRoutes({
      ...context.cases,
      sql: context.sql,
      streets: context.streets,
      positionOf: context.positions.live.positionOf,
    }))
    .route('/', positionRoutes(context))
    .route('/', shiftRoutes(context))
    .route('/', trackerRoutes(context))
    .route('/', caseContactRoutes(context))
    .route('/', caseWorkRoutes({ ...context.cases, sql: context.sql }))
    .route('/', casePlaceRoutes(context.cases))
    .route('/', ledgerRoutes(context))
    .route('/', ledgerBulkRoutes(context))
    .route('/', ledgerExportRoutes(context))
    .route('/', ledgerViewRoutes(context))
    .route('/', importRoutes(context))
    .route('/', overlayRoutes(context))
    .route('/', wageRoutes(context))
    .route('/', wageHandlingRoutes(context))
    .route('/', worksiteVisitRoutes(context))
    .route('/', renovationRoutes(context))
    .route('/', forecastRoutes(context))
    .route('/', sumsRoutes(context))
    .route('/', propertyRoutes(context))
    .route('/', careRoutes(context))
    .route('/', planRoutes(context))
    .route('/', eventRoutes(context))
    .route('/', boardRoutes(context))
    .route('/', figureRoutes(context))
    .route('/', frozenWeekRoutes(context))
    .route('/', rulesRoutes(context))
    .route('/', meRoutes(context))
    .route('/', accountRoutes(context))
    .route('/', screenRoutes(context))
    .route('/', screenShowRoutes(context))
    .route('/', handoverRoutes(context))
    .route('/', auditRoutes(context))
    .route('/', reportRoutes(context))
    .route('/', posterRoutes(context))
    .route('/', uploadRoutes({ sql: context.sql, files: context.uploads }))
  app.route('/api/v1', api)
  app.route('/open311/v2', open311Routes(context))
  app.route('/', healthRoutes(context))
  app.route('/', docsRoutes(app))
  app.route('/', authRoutes(context))
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
