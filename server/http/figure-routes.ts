import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { Figures, FiguresQuery } from '#contract/figures.ts'
import { figuresByDay } from '../../db/queries/figures.ts'
import { failures, json, newApi } from './api.ts'

const figuresRoute = createRoute({
  method: 'get',
  path: '/figures',
  tags: ['cases'],
  summary: 'What happened on past days: reported, closed, called back, satisfied',
  request: { query: FiguresQuery },
  responses: {
    200: json(Figures, 'The days before today, oldest first'),
    ...failures(422),
  },
})

export function figureRoutes({ sql }: Pick<HttpContext, 'sql'>) {
  return newApi()
    .openapi(figuresRoute, async c => c.json({
      asOf: new Date().toISOString(),
      days: await figuresByDay(sql, c.req.valid('query').days),
    }, 200))
}
