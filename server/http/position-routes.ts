import type { FixInput, FixOutcome } from '#contract/positions.ts'
import type { Fix } from '../positions/judge-fix.ts'
import type { Caller } from './caller.ts'
import type { HttpContext } from './http-context.ts'
import { createHash } from 'node:crypto'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Instant } from '#contract/case.ts'
import { FixBatchInput, FixBatchOutcome, FixInput as FixInputSchema, FixOutcome as FixOutcomeSchema, Track } from '#contract/positions.ts'
import { officerExists } from '../../db/queries/officers.ts'
import { readTrack } from '../../db/queries/tracks.ts'
import { toWgs84 } from '../cases/place-case.ts'
import { daysOf } from '../privacy/retention-rules.ts'
import { body, failures, json, newApi } from './api.ts'
import { audited, auditedBySelf } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { noOfficer, ownOfficer } from './own-officer.ts'
import { ProblemError } from './problem.ts'

const tags = ['positions']
const params = z.object({
  id: z.string().min(1).max(60).describe('officer id'),
})
const fresh = { 'Cache-Control': 'no-store' }
const longestTrackHours = 24

const fixRoute = createRoute({
  method: 'post',
  path: '/officers/{id}/position',
  tags,
  summary: 'Says where an officer is; only while he is on duty and has agreed to it',
  request: {
    params,
    body: body(FixInputSchema),
  },
  responses: {
    200: json(FixOutcomeSchema, 'taken, or known already'),
    ...failures(404, 422),
  },
})

const batchRoute = createRoute({
  method: 'post',
  path: '/officers/positions',
  tags,
  summary: 'Says where many officers are, or where one was when he had no line; each is judged for itself',
  request: {
    body: body(FixBatchInput),
  },
  responses: {
    200: json(FixBatchOutcome, 'What became of each, refusals with their reason'),
    ...failures(422),
  },
})

const trackRoute = createRoute({
  method: 'get',
  path: '/officers/{id}/track',
  tags,
  summary: 'Where an officer was while on duty; each look is on record',
  request: {
    params,
    query: z.object({
      from: Instant,
      to: Instant,
    }),
  },
  responses: {
    200: json(Track, '24 hours at most'),
    ...failures(404, 422),
  },
})

/** Where officers are and were. */
export function positionRoutes({ sql, positions: { fixes }, cases: { now } }: Pick<HttpContext, 'sql' | 'positions' | 'cases'>) {
  return newApi()
    .openapi(fixRoute, async (c) => {
      // The track is the record: an entry of the audit trail for each would bury what it is for.
      auditedBySelf(c)
      const [outcome] = await fixes.take([
        fixOf(ownOfficer(c), c.req.valid('json'), callerOf(c), now()),
      ])
      if (outcome!.outcome === 'refused')
        throw refusedFix(outcome!)
      return c.json(outcome!, 200, fresh)
    })
    .openapi(batchRoute, async (c) => {
      auditedBySelf(c)
      const caller = callerOf(c)
      const { positions } = c.req.valid('json')
      const foreign = caller.reach === 'own'
        ? positions.findIndex(({ officer }) => officer !== caller.officer)
        : -1
      if (foreign >= 0) {
        throw new ProblemError('invalid', {
          errors: [
            { path: `positions.${foreign}.officer`, message: 'is somebody else' },
          ],
        })
      }
      const results = await fixes.take(positions.map(({ officer, ...fix }) => fixOf(officer, fix, caller, now())))
      const count = (outcome: FixOutcome['outcome']) => results.filter(result => result.outcome === outcome).length
      return c.json({
        results,
        taken: count('taken'),
        refused: count('refused'),
      }, 200, fresh)
    })
    .openapi(trackRoute, async (c) => {
      const officer = ownOfficer(c)
      const { from, to } = c.req.valid('query')
      const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000
      if (hours <= 0 || hours > longestTrackHours) {
        throw new ProblemError('invalid', {
          errors: [
            { path: 'to', message: `must be after from, ${longestTrackHours} h at most` },
          ],
        })
      }
      if (!await officerExists(sql, officer))
        throw noOfficer()
      await fixes.flush()
      const rows = await readTrack(sql, {
        officer,
        from: new Date(from),
        to: new Date(to),
      })
      audited(c, {
        action: 'officer.track',
        target: `officer:${officer}`,
        after: { from, to, places: rows.length },
      })
      return c.json({
        officer,
        from,
        to,
        fixes: rows.map(({ seen_at, location: [lng, lat], accuracy }): Track['fixes'][number] => [
          lng,
          lat,
          seen_at.getTime(),
          accuracy,
        ]),
        keptDays: daysOf('officer-tracks'),
      }, 200, fresh)
    })
}

/** A browser and a program of the same account are two devices; a browser is one for as long as it is signed in. */
function fixOf(officer: string, { lng, lat, datum, at, accuracy }: FixInput, { sessionId }: Caller, now: Date): Fix {
  const [east, north] = toWgs84([lng, lat], datum)
  return {
    officer,
    lng: east,
    lat: north,
    seenAt: at === undefined
      ? now.getTime()
      : Date.parse(at),
    accuracy: accuracy ?? null,
    device: `s-${createHash('sha256').update(sessionId).digest('hex').slice(0, 8)}`,
  }
}

function refusedFix({ reason, path, message }: FixOutcome): ProblemError {
  return reason === 'unknown-officer'
    ? noOfficer()
    : new ProblemError('invalid', {
        detail: message!,
        errors: [
          { path: path!, message: message! },
        ],
        members: { reason },
      })
}
