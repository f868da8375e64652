import type { PositionStanding } from '#contract/positions.ts'
import type { HttpContext } from './http-context.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { ConsentInput, DutyInput, PositionStanding as PositionStandingSchema } from '#contract/positions.ts'
import { officerExists } from '../../db/queries/officers.ts'
import { giveConsent, readPositionStanding, withdrawConsent } from '../../db/queries/shifts.ts'
import { forgetTracks } from '../../db/queries/tracks.ts'
import { longestShiftHours, setDuty } from '../positions/set-duty.ts'
import { daysOf } from '../privacy/retention-rules.ts'
import { body, failures, json, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { noOfficer, ownOfficer } from './own-officer.ts'
import { ProblemError } from './problem.ts'

const tags = ['positions']
const params = z.object({
  id: z.string().min(1).max(60).describe('officer id'),
})
const fresh = { 'Cache-Control': 'no-store' }

const standingRoute = createRoute({
  method: 'get',
  path: '/officers/{id}/position-standing',
  tags,
  summary: 'Whether an officer is on duty and has agreed to be seen',
  request: { params },
  responses: {
    200: json(PositionStandingSchema, 'How he stands now'),
    ...failures(404),
  },
})

const dutyRoute = createRoute({
  method: 'put',
  path: '/officers/{id}/duty',
  tags,
  summary: 'Begins or ends a shift; it ends by itself at the time given',
  request: {
    params,
    body: body(DutyInput),
  },
  responses: {
    200: json(PositionStandingSchema, 'How he stands now'),
    ...failures(404, 422),
  },
})

const consentRoute = createRoute({
  method: 'put',
  path: '/officers/{id}/position-consent',
  tags,
  summary: 'The officer agrees to be seen while on duty; the words that he saw are kept',
  request: {
    params,
    body: body(ConsentInput),
  },
  responses: {
    200: json(PositionStandingSchema, 'How he stands now'),
    ...failures(404, 422),
  },
})

const withdrawRoute = createRoute({
  method: 'delete',
  path: '/officers/{id}/position-consent',
  tags,
  summary: 'The officer no longer agrees: nothing is taken any more and his tracks are deleted',
  request: { params },
  responses: {
    200: json(PositionStandingSchema, 'How he stands now'),
    ...failures(404),
  },
})

/** Whether an officer is on duty, and what he agreed to. */
export function shiftRoutes({ sql, positions: { fixes, roster, live }, cases: { now } }: Pick<HttpContext, 'sql' | 'positions' | 'cases'>) {
  async function standing(officer: string): Promise<PositionStanding> {
    const row = await readPositionStanding(sql, officer)
    if (!row)
      throw noOfficer()
    return {
      officer,
      duty: row.duty,
      dutyUntil: row.duty_until?.toISOString() ?? null,
      consent: row.given_at && {
        givenAt: row.given_at.toISOString(),
        wording: row.wording!,
      },
      keptDays: daysOf('officer-tracks'),
    }
  }

  return newApi()
    .openapi(standingRoute, async c => c.json(await standing(ownOfficer(c)), 200, fresh))
    .openapi(dutyRoute, async (c) => {
      const officer = ownOfficer(c)
      const { duty, until } = c.req.valid('json')
      const end = untilOf(duty, until, now())
      if (!await setDuty(sql, officer, duty, end))
        throw noOfficer()
      roster.forget()
      if (duty === 'off')
        live.forgetPosition(officer)
      audited(c, {
        action: 'officer.duty',
        target: `officer:${officer}`,
        after: { duty, until: end?.toISOString() ?? null },
      })
      return c.json(await standing(officer), 200, fresh)
    })
    .openapi(consentRoute, async (c) => {
      const officer = ownOfficer(c)
      const { wording } = c.req.valid('json')
      const given = await sql.begin(tx => giveConsent(tx, {
        officer,
        wording,
        by: callerOf(c).userId,
        at: now(),
      }))
      if (!given)
        throw noOfficer()
      roster.forget()
      audited(c, {
        action: 'officer.consent',
        target: `officer:${officer}`,
        after: { wording },
      })
      return c.json(await standing(officer), 200, fresh)
    })
    .openapi(withdrawRoute, async (c) => {
      const officer = ownOfficer(c)
      if (!await officerExists(sql, officer))
        throw noOfficer()
      fixes.drop(officer)
      const places = await sql.begin(async (tx) => {
        await withdrawConsent(tx, officer, now())
        return await forgetTracks(tx, officer)
      })
      roster.forget()
      live.forgetPosition(officer)
      fixes.drop(officer)
      audited(c, {
        action: 'officer.consent-withdrawn',
        target: `officer:${officer}`,
        after: { deletedPlaces: places },
      })
      return c.json(await standing(officer), 200, fresh)
    })
}

function untilOf(duty: 'on' | 'off', until: string | undefined, now: Date): Date | null {
  if (until === undefined)
    return null
  const hours = (Date.parse(until) - now.getTime()) / 3_600_000
  if (duty === 'off' || hours <= 0 || hours > longestShiftHours) {
    throw new ProblemError('invalid', {
      errors: [
        {
          path: 'until',
          message: duty === 'off'
            ? 'goes with duty on only'
            : `must lie ahead, ${longestShiftHours} h at most`,
        },
      ],
    })
  }
  return new Date(until)
}
