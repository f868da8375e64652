import type { Geometry } from '#contract/geometry.ts'
import type { ZoneLedger } from '#contract/renovation.ts'
import type { Caller } from './caller.ts'
import type { HttpContext } from './http-context.ts'
import type { ZoneDone, ZoneWork, ZoneWriter } from '../renovation/change-zone.ts'
import type { Context } from 'hono'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { ContractorRecord, LadderTerm, LeftoverAction, LeftoverActionInput, LeftoverInput, NewZoneInput, ZoneAreaInput, ZoneChange, ZoneConsentsInput, ZoneFactsInput, ZoneFundsInput, ZoneLedger as ZoneLedgerSchema, ZoneMergeInput, ZoneMonths, ZoneSchedule, ZoneSplitInput, ZoneStagesInput } from '#contract/renovation.ts'
import { findZone, readChanges } from '../../db/queries/zone-ledger.ts'
import { scopeOf } from '../access/scope.ts'
import { changeConsents, changeFacts, changeFunds, changeStages } from '../renovation/change-parts.ts'
import { actOnLeftover, addLeftover, editLeftover } from '../renovation/change-leftover.ts'
import { changeZone } from '../renovation/change-zone.ts'
import { listContractors } from '../renovation/contractors.ts'
import { changeArea, drawZone } from '../renovation/draw-zone.ts'
import { monthsOfZones } from '../renovation/months-of-zones.ts'
import { resettleCases } from '../renovation/resettle-cases.ts'
import { scheduleZones } from '../renovation/schedule-zones.ts'
import { setLadderTerms } from '../renovation/set-ladder-terms.ts'
import { mergeZones, splitZone } from '../renovation/split-zone.ts'
import { showZone } from '../renovation/show-zone.ts'
import { body, failures, json, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const tags = ['renovation']
const params = z.object({
  id: z.string().max(100),
})
const partParams = params.extend({
  part: z.string().max(60),
})
const fresh = { 'Cache-Control': 'no-store' }
const historyShown = 200

const ledgerRoute = createRoute({
  method: 'get',
  path: '/renovation-zones/{id}/ledger',
  tags,
  summary: 'All that is kept of a renovation zone: stages, consent, funds, leftover issues, calls, warranty',
  request: { params },
  responses: {
    200: json(ZoneLedgerSchema, 'The ledger'),
    ...failures(404),
  },
})
const historyRoute = createRoute({
  method: 'get',
  path: '/renovation-zones/{id}/history',
  tags,
  summary: 'Who changed what of it and when, the newest first',
  request: { params },
  responses: {
    200: json(z.array(ZoneChange), 'At most 200 changes'),
    ...failures(404),
  },
})

function changeRoute<M extends 'put' | 'post', P extends string, Q extends z.ZodObject, T extends z.ZodType>(method: M, path: P, query: Q, schema: T, summary: string) {
  return createRoute({
    method,
    path,
    tags,
    summary,
    request: {
      params: query,
      body: body(schema),
    },
    responses: {
      200: json(ZoneLedgerSchema, 'The ledger afterwards'),
      ...failures(404, 409, 422),
    },
  })
}
const factsRoute = changeRoute('put', '/renovation-zones/{id}/facts', params, ZoneFactsInput, 'Sets what the zone is, and who builds it')
const stagesRoute = changeRoute('put', '/renovation-zones/{id}/stages', params, ZoneStagesInput, 'Sets where it stands, and the planned and real dates of the stages')
const consentsRoute = changeRoute('put', '/renovation-zones/{id}/consents', params, ZoneConsentsInput, 'Replaces the consent by building')
const fundsRoute = changeRoute('put', '/renovation-zones/{id}/funds', params, ZoneFundsInput, 'Replaces the funds by source')
const areaRoute = changeRoute('put', '/renovation-zones/{id}/area', params, ZoneAreaInput, 'Gives it another outline; cases are told anew in which zone they lie')
const splitRoute = changeRoute('post', '/renovation-zones/{id}/split', params, ZoneSplitInput, 'Cuts it in two along a straight line; the larger part keeps the ledger')
const mergeRoute = changeRoute('post', '/renovation-zones/{id}/merge', params, ZoneMergeInput, 'Another zone that touches it, and has no ledger of its own, becomes part of it')
const leftoverRoute = changeRoute('post', '/renovation-zones/{id}/leftovers', params, LeftoverInput, 'Puts a leftover issue on the account')
const editLeftoverRoute = changeRoute('put', '/renovation-zones/{id}/leftovers/{part}', partParams, LeftoverInput, 'Corrects a leftover issue')
const leftoverActionRoute = changeRoute('post', '/renovation-zones/{id}/leftovers/{part}/actions/{action}', partParams.extend({ action: LeftoverAction }), LeftoverActionInput, 'Takes a leftover issue a step further; off the account with two keys')

const drawRoute = createRoute({
  method: 'post',
  path: '/renovation-zones',
  tags,
  summary: 'Draws a new zone',
  request: {
    body: body(NewZoneInput),
  },
  responses: {
    201: json(ZoneLedgerSchema, 'Its ledger'),
    ...failures(422),
  },
})
const scheduleRoute = createRoute({
  method: 'get',
  path: '/renovation-schedule',
  tags,
  summary: 'Every zone with its stages, planned and real',
  responses: {
    200: json(z.array(ZoneSchedule), 'By batch and name'),
  },
})
const monthsRoute = createRoute({
  method: 'get',
  path: '/renovation-months',
  tags,
  summary: 'Every zone month by month: its calls, and the stage in which it stood',
  responses: {
    200: json(z.array(ZoneMonths), 'The last 24 months'),
  },
})
const contractorsRoute = createRoute({
  method: 'get',
  path: '/renovation-contractors',
  tags,
  summary: 'Each contractor over all its zones: delays, leftover issues, defects, calls before, during and after the works',
  responses: {
    200: json(z.array(ContractorRecord), 'Those of most defects first'),
  },
})
const termsRoute = createRoute({
  method: 'put',
  path: '/ladder-terms',
  tags,
  summary: 'Sets until when a step of the property ladder has to help, with the source',
  request: {
    body: body(z.array(LadderTerm).min(1).max(4)),
  },
  responses: {
    200: json(z.array(LadderTerm), 'The terms in force'),
    ...failures(422),
  },
})

export function renovationRoutes({ sql, cases: { now } }: Pick<HttpContext, 'sql' | 'cases'>) {
  async function headOf(id: string, caller: Caller) {
    const head = await findZone(sql, id, scopeOf(caller.reach, caller))
    if (!head)
      throw new ProblemError('not-found', { detail: 'There is no such renovation zone.' })
    return head
  }
  async function shown(id: string, caller: Caller): Promise<ZoneLedger> {
    return await showZone(sql, await headOf(id, caller), {
      now: now(),
      reader: writerOf(caller),
    })
  }

  /** The ledger after the change; the change itself goes into the audit trail as its history has it. */
  async function changed(c: Context, { id, version }: { id: string, version: number }, work: (work: ZoneWork) => Promise<ZoneDone>): Promise<ZoneLedger> {
    const caller = callerOf(c)
    let done: ZoneDone | undefined
    const outcome = await changeZone({ sql, now }, {
      zone: id,
      scope: scopeOf(caller.reach, caller),
      version,
      by: writerOf(caller),
    }, async part => done = await work(part))
    if ('notFound' in outcome)
      throw new ProblemError('not-found', { detail: 'There is no such renovation zone.' })
    if ('missing' in outcome)
      throw new ProblemError('not-found', { detail: `There is no such ${outcome.missing}.` })
    if ('stale' in outcome) {
      throw new ProblemError('stale', {
        detail: 'Somebody else has changed this ledger since it was read.',
        members: { current: await shown(id, caller) },
      })
    }
    if ('faults' in outcome)
      throw new ProblemError('invalid', { errors: outcome.faults })
    if ('obstacle' in outcome)
      throw new ProblemError('conflict', { detail: outcome.obstacle })
    const { part, before, after } = done as Extract<ZoneDone, { part: string }>
    audited(c, {
      action: `renovation.${part}`,
      target: id,
      before,
      after,
    })
    return await shown(id, caller)
  }

  /** A change of outlines: afterwards cases are told in which zone they lie. */
  async function redrawn(c: Context, request: { id: string, version: number }, work: (work: ZoneWork) => Promise<ZoneDone>): Promise<ZoneLedger> {
    const areas: Geometry[] = []
    const ledger = await changed(c, request, async (part) => {
      const done = await work(part)
      if ('part' in done)
        areas.push(...[part.item.geometry, done.item?.geometry].flatMap(geometry => geometry ?? []))
      return done
    })
    await resettleCases(sql, areas)
    return ledger
  }

  return newApi()
    .openapi(ledgerRoute, async c => c.json(await shown(c.req.valid('param').id, callerOf(c)), 200, fresh))
    .openapi(historyRoute, async (c) => {
      const caller = callerOf(c)
      const changes = await readChanges(sql, await headOf(c.req.valid('param').id, caller), historyShown)
      return c.json(changes.map(({ version, at, actorName, part, before, after }) => ({
        version,
        at: at.toISOString(),
        by: caller.reach === 'masked'
          ? null
          : actorName,
        part,
        before,
        after,
      })), 200, fresh)
    })
    .openapi(factsRoute, async (c) => {
      const { version, facts } = c.req.valid('json')
      return c.json(await changed(c, {
        ...c.req.valid('param'),
        version,
      }, work => changeFacts(work, facts)), 200, fresh)
    })
    .openapi(stagesRoute, async (c) => {
      const { version, ...stages } = c.req.valid('json')
      return c.json(await changed(c, {
        ...c.req.valid('param'),
        version,
      }, work => changeStages(work, stages)), 200, fresh)
    })
    .openapi(consentsRoute, async (c) => {
      const { version, consents } = c.req.valid('json')
      return c.json(await changed(c, {
        ...c.req.valid('param'),
        version,
      }, work => changeConsents(work, consents)), 200, fresh)
    })
    .openapi(fundsRoute, async (c) => {
      const { version, funds } = c.req.valid('json')
      return c.json(await changed(c, {
        ...c.req.valid('param'),
        version,
      }, work => changeFunds(work, funds)), 200, fresh)
    })
    .openapi(areaRoute, async (c) => {
      const { version, area } = c.req.valid('json')
      return c.json(await redrawn(c, {
        ...c.req.valid('param'),
        version,
      }, work => changeArea(work, area)), 200, fresh)
    })
    .openapi(splitRoute, async (c) => {
      const { version, line, name } = c.req.valid('json')
      return c.json(await redrawn(c, {
        ...c.req.valid('param'),
        version,
      }, work => splitZone(work, { line, name })), 200, fresh)
    })
    .openapi(mergeRoute, async (c) => {
      const { version, other } = c.req.valid('json')
      return c.json(await redrawn(c, {
        ...c.req.valid('param'),
        version,
      }, work => mergeZones(work, other)), 200, fresh)
    })
    .openapi(leftoverRoute, async (c) => {
      const { version, leftover } = c.req.valid('json')
      return c.json(await changed(c, {
        ...c.req.valid('param'),
        version,
      }, work => addLeftover(work, leftover)), 200, fresh)
    })
    .openapi(editLeftoverRoute, async (c) => {
      const { version, leftover } = c.req.valid('json')
      const { id, part } = c.req.valid('param')
      return c.json(await changed(c, { id, version }, work => editLeftover(work, part, leftover)), 200, fresh)
    })
    .openapi(leftoverActionRoute, async (c) => {
      const { version, ...input } = c.req.valid('json')
      const { id, part, action } = c.req.valid('param')
      return c.json(await changed(c, { id, version }, work => actOnLeftover(work, { id: part, action, input })), 200, fresh)
    })
    .openapi(drawRoute, async (c) => {
      const caller = callerOf(c)
      const { facts, area } = c.req.valid('json')
      const drawn = await drawZone({ sql, now }, {
        facts,
        area,
        by: writerOf(caller),
      })
      if ('faults' in drawn)
        throw new ProblemError('invalid', { errors: drawn.faults })
      audited(c, { action: 'renovation.drawn', target: drawn.id, after: facts })
      await resettleCases(sql, [area])
      return c.json(await shown(drawn.id, caller), 201, fresh)
    })
    .openapi(scheduleRoute, async (c) => {
      const caller = callerOf(c)
      return c.json(await scheduleZones(sql, scopeOf(caller.reach, caller), now()), 200, fresh)
    })
    .openapi(monthsRoute, async (c) => {
      const caller = callerOf(c)
      return c.json(await monthsOfZones(sql, scopeOf(caller.reach, caller), now()), 200, fresh)
    })
    .openapi(contractorsRoute, async (c) => {
      const caller = callerOf(c)
      return c.json(await listContractors(sql, scopeOf(caller.reach, caller), now()), 200, fresh)
    })
    .openapi(termsRoute, async (c) => {
      const terms = c.req.valid('json')
      const inForce = await setLadderTerms(sql, terms)
      audited(c, { action: 'renovation.set-terms', target: null, after: terms })
      return c.json(inForce, 200, fresh)
    })
}

function writerOf({ userId, name, role }: Caller): ZoneWriter {
  return { id: userId, name, role }
}
