import type { StoredEvent } from '../../db/queries/events.ts'
import type { Role } from '#contract/role.ts'
import type { Reach } from '../access/policy.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { LayerName, LogEvent } from '#contract/live.ts'
import { layerOfType, logHead, readEvents } from '../../db/queries/events.ts'
import { layerPolicy, reachOf } from '../access/policy.ts'
import { maskOf } from '../live/mask.ts'
import { callerOf } from './caller.ts'
import { failures, json, newApi } from './api.ts'

const EventPage = z.object({
  epoch: z.string().describe('identity of the log; when it changes, start again from 0'),
  head: z.number().int().describe('newest event at this moment'),
  after: z.number().int(),
  to: z.number().int().describe('last event of this page: pass it as `after` for the next'),
  events: z.array(LogEvent),
}).meta({ id: 'EventPage' })

const eventsRoute = createRoute({
  method: 'get',
  path: '/events',
  tags: ['log'],
  summary: 'The log of everything that changed, for integrators: in order, without gap or repeat',
  request: {
    query: z.object({
      after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
      limit: z.coerce.number().int().min(1).max(5000).default(500),
    }),
  },
  responses: {
    200: json(EventPage, 'The events after `after`'),
    ...failures(422),
  },
})

export function eventRoutes({ sql }: Pick<HttpContext, 'sql'>) {
  return newApi().openapi(eventsRoute, async (c) => {
    const { after, limit } = c.req.valid('query')
    const { epoch, seq: head } = await logHead(sql)
    const events = await readEvents(sql, after, limit, head)
    const sees = seenBy(callerOf(c).role)
    return c.json({
      epoch,
      head,
      after,
      to: events.at(-1)?.seq ?? after,
      events: events.map(wireEvent).flatMap(sees),
    }, 200)
  })
}

/** As the live lane shows a layer to the role: not at all, masked, or as it is. */
function seenBy(role: Role): (event: LogEvent) => LogEvent[] {
  const reaches = LayerName.options.map(layer => [
    layer,
    reachOf(layerPolicy[layer], role),
  ] as const)
  const layers = (wanted: Reach) => reaches.flatMap(([layer, reach]) => reach === wanted
    ? [layer]
    : [])
  const whole = layers('all')
  const mask = maskOf(layers('masked'))
  return (event) => {
    const layer = layerOfType(event.type)
    if (whole.includes(layer))
      return [event]
    return mask?.layers.includes(layer)
      ? [
          mask.event(layer, event),
        ]
      : []
  }
}

function wireEvent({ seq, at, type, id, data }: StoredEvent): LogEvent {
  return { seq, at, type, id, ...data }
}
