import type { ScreenRow } from '../../db/queries/accounts.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Screen, ScreenInput } from '#contract/access.ts'
import { listScreens } from '../../db/queries/accounts.ts'
import { approveScreen, renameManagedScreen, revokeScreen } from '../access/manage-screens.ts'
import { body, failures, json, newApi } from './api.ts'
import { managingOf } from './managing.ts'
import { ProblemError } from './problem.ts'

const tags = ['screens']
const params = z.object({
  id: z.string().max(100),
})

const listRoute = createRoute({
  method: 'get',
  path: '/screens',
  tags,
  summary: 'Every paired wall screen',
  responses: {
    200: json(z.array(Screen), 'Oldest first'),
  },
})

const approveRoute = createRoute({
  method: 'post',
  path: '/screens',
  tags,
  summary: 'Pairs the screen that shows this code',
  request: {
    body: body(ScreenInput),
  },
  responses: {
    201: json(Screen, 'The screen; it fetches its token within seconds'),
    ...failures(422),
  },
})

const renameRoute = createRoute({
  method: 'patch',
  path: '/screens/{id}',
  tags,
  summary: 'Renames a screen',
  request: {
    params,
    body: body(ScreenInput.pick({ name: true })),
  },
  responses: {
    200: json(Screen, 'The screen afterwards'),
    ...failures(404, 422),
  },
})

const revokeRoute = createRoute({
  method: 'delete',
  path: '/screens/{id}',
  tags,
  summary: 'Revokes a screen at once, its open connections too',
  request: { params },
  responses: {
    204: { description: 'It is out' },
    ...failures(404),
  },
})

/** Wall screens, paired and revoked by administrators. Each change is in the audit trail. */
export function screenRoutes(context: Pick<HttpContext, 'sql' | 'auditKey'>) {
  return newApi()
    .openapi(listRoute, async c => c.json((await listScreens(context.sql)).map(wireScreen), 200))
    .openapi(approveRoute, async (c) => {
      const screen = await approveScreen(managingOf(c, context), c.req.valid('json'))
      if (!screen) {
        throw new ProblemError('invalid', {
          errors: [
            { path: 'userCode', message: 'no screen shows this code now' },
          ],
        })
      }
      return c.json(wireScreen(screen), 201)
    })
    .openapi(renameRoute, async c => c.json(wireScreen(found(await renameManagedScreen(managingOf(c, context), c.req.valid('param').id, c.req.valid('json').name))), 200))
    .openapi(revokeRoute, async (c) => {
      found(await revokeScreen(managingOf(c, context), c.req.valid('param').id))
      return c.body(null, 204)
    })
}

function found<T>(screen: T | null | false): T {
  if (!screen)
    throw new ProblemError('not-found', { detail: 'There is no such screen.' })
  return screen
}

function wireScreen({ createdAt, lastSeen, ...screen }: ScreenRow): Screen {
  return {
    ...screen,
    createdAt: createdAt.toISOString(),
    lastSeen: lastSeen?.toISOString() ?? null,
  }
}
