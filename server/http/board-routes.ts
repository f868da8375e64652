import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { BoardAt, BoardPositions } from '#contract/board.ts'
import { Instant } from '#contract/case.ts'
import { LayerName } from '#contract/live.ts'
import { readBoardAt } from '../../db/queries/board-at.ts'
import { readPlacesBetween } from '../../db/queries/tracks.ts'
import { layerPolicy, reachOf } from '../access/policy.ts'
import { daysOf } from '../privacy/retention-rules.ts'
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

const longestHours = 1.5
const positionsRoute = createRoute({
  method: 'get',
  path: '/board/positions',
  tags: ['log'],
  summary: 'Where officers were on duty between two moments, for the review meeting; each look is on record',
  request: {
    query: z.object({
      from: Instant,
      to: Instant,
    }),
  },
  responses: {
    200: json(BoardPositions, `${longestHours} hours at most, and only as long as tracks are kept`),
    ...failures(422),
  },
})

/** Tiles are not replayed: streets are what they are now. */
const replayed = LayerName.options.filter(layer => layer !== 'basemap')

export function boardRoutes({ sql, cases, positions: { fixes } }: Pick<HttpContext, 'sql' | 'cases' | 'positions'>) {
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
  }).openapi(positionsRoute, async (c) => {
    const { from, to } = c.req.valid('query')
    const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000
    if (hours <= 0 || hours > longestHours) {
      throw new ProblemError('invalid', {
        errors: [
          { path: 'to', message: `must be after from, ${longestHours} h at most` },
        ],
      })
    }
    await fixes.flush()
    const places = await readPlacesBetween(sql, {
      from: new Date(from),
      to: new Date(to),
    })
    audited(c, {
      action: 'officer.tracks',
      target: `${from}/${to}`,
      after: {
        officers: new Set(places.map(({ officer }) => officer)).size,
        places: places.length,
      },
    })
    return c.json({
      from,
      to,
      rows: places.map(({ officer, seen_at, location: [lng, lat] }): BoardPositions['rows'][number] => [
        officer,
        lng,
        lat,
        seen_at.getTime(),
      ]),
      keptDays: daysOf('officer-tracks'),
    }, 200, { 'Cache-Control': 'no-store' })
  })
}

/** China has one time zone and no summer time since 1991. */
function startOfChinaDay(at: Date): Date {
  const offset = 8 * 3_600_000
  return new Date(Math.floor((at.getTime() + offset) / 86_400_000) * 86_400_000 - offset)
}
