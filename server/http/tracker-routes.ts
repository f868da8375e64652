import type { FixOutcome, Tracker as TrackerShape } from '#contract/positions.ts'
import type { TrackerRow } from '../../db/queries/trackers.ts'
import type { TrackerFix } from '../positions/owntracks.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { MadeTracker, Tracker, TrackerInput } from '#contract/positions.ts'
import { officerExists } from '../../db/queries/officers.ts'
import { listTrackers } from '../../db/queries/trackers.ts'
import { makeTracker, revokeTracker } from '../positions/manage-trackers.ts'
import { readOsmAnd, readTraccarJson } from '../positions/osmand.ts'
import { basicPassword, readOwnTracks } from '../positions/owntracks.ts'
import { body, failures, json, newApi } from './api.ts'
import { managingOf } from './managing.ts'
import { noOfficer } from './own-officer.ts'
import { ProblemError } from './problem.ts'

const tags = ['trackers']
const params = z.object({
  id: z.string().min(1).max(60),
})

const listRoute = createRoute({
  method: 'get',
  path: '/officers/{id}/trackers',
  tags,
  summary: 'The devices that report for an officer, revoked ones too',
  request: { params },
  responses: {
    200: json(z.array(Tracker), 'Oldest first'),
    ...failures(404),
  },
})

const listAllRoute = createRoute({
  method: 'get',
  path: '/trackers',
  tags,
  summary: 'Every device that reports or reported for an officer',
  responses: {
    200: json(z.array(Tracker), 'By officer, oldest first'),
  },
})

const makeRoute = createRoute({
  method: 'post',
  path: '/officers/{id}/trackers',
  tags,
  summary: 'Lets a device report for an officer; its token is told once',
  request: {
    params,
    body: body(TrackerInput),
  },
  responses: {
    201: json(MadeTracker, 'The device with its token'),
    ...failures(404, 422),
  },
})

const revokeRoute = createRoute({
  method: 'delete',
  path: '/trackers/{id}',
  tags,
  summary: 'Revokes a device: its token is refused from now on',
  request: { params },
  responses: {
    204: { description: 'It is out' },
    ...failures(404),
  },
})

const outcomeHeader = {
  'X-Position': z.string().describe('taken, known, or refused with the reason'),
}
const ownTracksRoute = createRoute({
  method: 'post',
  path: '/trackers/owntracks',
  tags,
  summary: 'OwnTracks in HTTP mode; Basic authentication with the device\'s token as password. A fix that is not believed is answered 200 too: the app would send it again for ever',
  responses: {
    200: {
      ...json(z.array(z.unknown()), 'Messages to the app: none'),
      headers: z.object(outcomeHeader),
    },
    ...failures(422),
  },
})

const osmAnd = {
  path: '/trackers/osmand',
  tags,
  responses: {
    200: {
      description: 'Heard; the header says what became of it',
      headers: z.object(outcomeHeader),
    },
    ...failures(422),
  },
} as const
const osmAndGetRoute = createRoute({
  ...osmAnd,
  method: 'get',
  summary: 'Traccar\'s OsmAnd protocol in the address: id (the device\'s token), lat, lon, timestamp, accuracy',
})
const osmAndPostRoute = createRoute({
  ...osmAnd,
  method: 'post',
  summary: 'Traccar\'s OsmAnd protocol: parameters in the address or a form, or the JSON of Traccar Client 9',
})

/** Devices that report for officers, each with a token of its own, and the formats that they speak. */
export function trackerRoutes(context: Pick<HttpContext, 'sql' | 'auditKey' | 'config' | 'positions' | 'cases'>) {
  const { sql, config, positions: { fixes, roster }, cases: { now } } = context

  /** `taken`, `known`, `refused; off-duty`. Throws where the token is nobody's (any more). */
  async function heard(token: string | null, fix: TrackerFix): Promise<string> {
    const known = await roster.current()
    const tracker = token === null
      ? null
      : known.tracker(token)
    if (!tracker)
      throw notAllowed('No device has this token, or it was revoked.')
    if (known.officer(tracker.officer)?.dismissed !== false)
      throw notAllowed('The officer of this device is not in service any more.')
    const [outcome] = await fixes.take([
      { ...fix, officer: tracker.officer, device: `t-${tracker.id.slice(0, 8)}` },
    ])
    fixes.note(tracker.id, outcome!)
    return inHeader(outcome!)
  }

  return newApi()
    .openapi(listRoute, async (c) => {
      const { id } = c.req.valid('param')
      if (!await officerExists(sql, id))
        throw noOfficer()
      return c.json((await listTrackers(sql, id)).map(wire), 200)
    })
    .openapi(listAllRoute, async c => c.json((await listTrackers(sql)).map(wire), 200))
    .openapi(makeRoute, async (c) => {
      const made = await makeTracker(managingOf(c, context), {
        officer: c.req.valid('param').id,
        name: c.req.valid('json').name,
      })
      if (!made)
        throw noOfficer()
      roster.forget()
      return c.json({
        ...wire(made.tracker),
        token: made.token,
        origin: config.publicOrigin ?? new URL(c.req.url).origin,
      }, 201, { 'Cache-Control': 'no-store' })
    })
    .openapi(revokeRoute, async (c) => {
      if (!await revokeTracker(managingOf(c, context), c.req.valid('param').id))
        throw new ProblemError('not-found', { detail: 'There is no such device, or it was revoked before.' })
      roster.forget()
      return c.body(null, 204)
    })
    .openapi(ownTracksRoute, async (c) => {
      const text = await c.req.text()
      // An app that deletes a friend sends nothing at all.
      const said = text === ''
        ? 'other'
        : readOwnTracks(parsed(text))
      if (said !== 'other' && 'errors' in said)
        throw new ProblemError('invalid', { errors: said.errors })
      if (said !== 'other')
        c.header('X-Position', await heard(basicPassword(c.req.header('Authorization')), said.fix))
      return c.json([], 200)
    })
    .openapi(osmAndGetRoute, async (c) => {
      const report = readOsmAnd(c.req.query(), now().getTime())
      if ('errors' in report)
        throw new ProblemError('invalid', { errors: report.errors })
      return c.body(null, 200, { 'X-Position': await heard(report.token, report.fix) })
    })
    .openapi(osmAndPostRoute, async (c) => {
      const text = await c.req.text()
      const report = c.req.header('Content-Type')?.startsWith('application/json')
        ? readTraccarJson(parsed(text))
        : readOsmAnd({
            ...Object.fromEntries(new URLSearchParams(text)),
            ...c.req.query(),
          }, now().getTime())
      if ('errors' in report)
        throw new ProblemError('invalid', { errors: report.errors })
      return c.body(null, 200, { 'X-Position': await heard(report.token, report.fix) })
    })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    throw new ProblemError('malformed', { detail: 'The body is not JSON.' })
  }
}

function inHeader({ outcome, reason }: FixOutcome): string {
  return reason
    ? `${outcome}; ${reason}`
    : outcome
}

function notAllowed(detail: string): ProblemError {
  return new ProblemError('not-signed-in', {
    detail,
    headers: { 'WWW-Authenticate': 'Basic realm="tracker"' },
  })
}

function wire({ id, officer, name, made_at, revoked_at, heard_at, heard }: TrackerRow): TrackerShape {
  return {
    id,
    officer,
    name,
    madeAt: made_at.toISOString(),
    revokedAt: revoked_at?.toISOString() ?? null,
    heardAt: heard_at?.toISOString() ?? null,
    heard,
  }
}
