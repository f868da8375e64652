import type { HttpContext } from './http-context.ts'
import type { ShowOutcome } from '../screens/show-on-screen.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { ScreenShowInput, ShownScreen } from '#contract/screen.ts'
import { showOnScreen, takeBackShow } from '../screens/show-on-screen.ts'
import { body, failures, json, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const tags = ['screens']
const params = z.object({
  id: z.string().max(100),
})

const showRoute = createRoute({
  method: 'put',
  path: '/screens/{id}/show',
  tags,
  summary: 'Sends a scene, a part of the map or a case to a wall for some minutes',
  request: {
    params,
    body: body(ScreenShowInput),
  },
  responses: {
    200: json(ShownScreen, 'The screen and what it shows now'),
    ...failures(404, 409, 422),
  },
})

const takeBackRoute = createRoute({
  method: 'delete',
  path: '/screens/{id}/show',
  tags,
  summary: 'Ends a show before its time',
  request: {
    params,
    query: z.object({
      over: z.uuid().describe('the show that is to end'),
    }),
  },
  responses: {
    200: json(ShownScreen, 'The screen afterwards'),
    ...failures(404, 409, 422),
  },
})

/** What officers send to wall screens. */
export function screenShowRoutes({ sql, cases }: Pick<HttpContext, 'sql' | 'cases'>) {
  return newApi()
    .openapi(showRoute, async (c) => {
      const { userId, name } = callerOf(c)
      const { id } = c.req.valid('param')
      const input = c.req.valid('json')
      const screen = shown(await showOnScreen(sql, id, input, { id: userId, name }, cases.now()))
      audited(c, {
        action: 'screen.show',
        target: `screen:${id}`,
        after: {
          scene: input.scene,
          case: input.caseId,
          zones: input.zones,
          minutes: input.minutes,
          over: input.over,
        },
      })
      return c.json(screen, 200)
    })
    .openapi(takeBackRoute, async (c) => {
      const { id } = c.req.valid('param')
      const { over } = c.req.valid('query')
      const screen = shown(await takeBackShow(sql, id, over))
      audited(c, {
        action: 'screen.return',
        target: `screen:${id}`,
        before: { show: over },
      })
      return c.json(screen, 200)
    })
}

function shown(outcome: ShowOutcome): ShownScreen {
  if ('screen' in outcome)
    return outcome.screen
  if (outcome.refused === 'running') {
    throw new ProblemError('stale', {
      detail: 'Somebody else shows something there.',
      members: { running: outcome.running },
    })
  }
  if (outcome.refused === 'no-case') {
    throw new ProblemError('invalid', {
      errors: [
        { path: 'caseId', message: 'there is no such case' },
      ],
    })
  }
  if (outcome.refused === 'no-zones' || outcome.refused === 'no-month') {
    throw new ProblemError('invalid', {
      errors: [
        outcome.refused === 'no-zones'
          ? { path: 'zones', message: 'are seen in the scene renovation only' }
          : { path: 'zones.month', message: 'must be one of the last 23 months that are over' },
      ],
    })
  }
  throw new ProblemError('not-found', { detail: 'There is no such screen.' })
}
