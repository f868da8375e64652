import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { BoardAt } from '#contract/board.ts'
import { Instant } from '#contract/case.ts'
import { LayerName } from '#contract/live.ts'
import { readBoardAt } from '../../db/queries/board-at.ts'
import { layerPolicy, reachOf } from '../access/policy.ts'
import { failures, json, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const boardRoute = createRoute({
  method: 'get',
  path: '/board',
  tags: ['log'],
  summary: 'What screens showed at a moment of the past, for the review meeting',
  request: {
    query: z.object({
      at: Instant,
    }),
  },
  responses: {
    200: json(BoardAt, 'Open cases, those closed that day, and the overlays, as they were'),
    ...failures(404, 422),
  },
})

/** Tiles are not replayed: streets are what they are now. */
const replayed = LayerName.options.filter(layer => layer !== 'basemap')

export function boardRoutes({ sql, cases }: Pick<HttpContext, 'sql' | 'cases'>) {
  return newApi().openapi(boardRoute, async (c) => {
    const at = new Date(c.req.valid('query').at)
    if (at > cases.now()) {
      throw new ProblemError('invalid', {
        errors: [
          { path: 'at', message: 'lies in the future' },
        ],
      })
    }
    const { role } = callerOf(c)
    const board = await readBoardAt(sql, {
      at,
      dayStart: startOfChinaDay(at),
      layers: replayed.filter(layer => reachOf(layerPolicy[layer], role) === 'all'),
    })
    if (!board)
      throw new ProblemError('not-found', { detail: 'The log begins later.' })
    audited(c, {
      action: 'board.replay',
      target: at.toISOString(),
    })
    return c.json({
      at: at.toISOString(),
      ...board.head,
      layers: Object.fromEntries(Object.entries(board.layers).map(([layer, items]) => [
        layer,
        {
          type: 'FeatureCollection' as const,
          features: [
            ...items.values(),
          ],
        },
      ])),
    }, 200, { 'Cache-Control': 'no-store' })
  })
}

/** China has one time zone and no summer time since 1991. */
function startOfChinaDay(at: Date): Date {
  const offset = 8 * 3_600_000
  return new Date(Math.floor((at.getTime() + offset) / 86_400_000) * 86_400_000 - offset)
}
