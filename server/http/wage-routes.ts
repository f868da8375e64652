import type { HttpContext } from './http-context.ts'
import type { Caller } from './caller.ts'
import type { LedgerPart } from '../wages/change-ledger.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Company, CompanyMergeInput, Exposure, InstitutionsInput, MonthsInput, PartiesInput, SpringFestival, WageLedger, WageRule } from '#contract/wages.ts'
import { listCompanies } from '../../db/queries/companies.ts'
import { findCompany, signerOf } from '../../db/queries/exposure.ts'
import { findLedger } from '../../db/queries/wage-ledger.ts'
import { scopeOf } from '../access/scope.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { changeLedger } from '../wages/change-ledger.ts'
import { mergeCompanies, unmergeCompany } from '../wages/merge-companies.ts'
import { setWageRules } from '../wages/set-wage-rules.ts'
import { exposureOfCompany, exposureOfSigner } from '../wages/show-exposure.ts'
import { showLedger } from '../wages/show-ledger.ts'
import { springFestivalFrom } from '../wages/spring-festival.ts'
import { body, failures, json, newApi } from './api.ts'
import { audited } from './audit-trail.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

const tags = ['wages']
const params = z.object({
  id: z.string().max(100),
})
const fresh = { 'Cache-Control': 'no-store' }

const readRoute = createRoute({
  method: 'get',
  path: '/worksites/{id}/wages',
  tags,
  summary: 'The chain, months and institutions of a worksite, its warnings with their rules, who has to pay and what to look into',
  request: { params },
  responses: {
    200: json(WageLedger, 'The ledger'),
    ...failures(404),
  },
})

function partRoute<P extends string, T extends z.ZodType>(path: P, schema: T, summary: string) {
  return createRoute({
    method: 'put',
    path,
    tags,
    summary,
    request: {
      params,
      body: body(schema),
    },
    responses: {
      200: json(WageLedger, 'The ledger afterwards'),
      ...failures(404, 409, 422),
    },
  })
}
const partiesRoute = partRoute('/worksites/{id}/wages/parties', PartiesInput, 'Replaces the chain of a worksite')
const monthsRoute = partRoute('/worksites/{id}/wages/months', MonthsInput, 'Replaces the months of a worksite')
const institutionsRoute = partRoute('/worksites/{id}/wages/institutions', InstitutionsInput, 'Notes which of the six institutions are in place')

const companiesRoute = createRoute({
  method: 'get',
  path: '/companies',
  tags,
  summary: 'Companies in the chains of worksites, those of most sites first',
  responses: {
    200: json(z.array(Company), 'Each spelling, with what it was merged into'),
  },
})
const exposureRoute = createRoute({
  method: 'get',
  path: '/companies/{id}/exposure',
  tags,
  summary: 'A company over all sites: its links, what is owed there, what it has to pay, who stands beside it',
  request: { params },
  responses: {
    200: json(Exposure, 'Under its one name, also asked by another spelling'),
    ...failures(404),
  },
})
const signerRoute = createRoute({
  method: 'get',
  path: '/worksites/{id}/wages/parties/{party}/signer',
  tags,
  summary: 'Who signed this link, over all sites: the same as of a company',
  request: {
    params: params.extend({
      party: z.string().max(40),
    }),
  },
  responses: {
    200: json(Exposure, 'What that name has signed'),
    ...failures(404),
  },
})
const mergeRoute = createRoute({
  method: 'put',
  path: '/companies/{id}/merge',
  tags,
  summary: 'Says that it is another spelling of a company',
  request: {
    params,
    body: body(CompanyMergeInput),
  },
  responses: {
    200: json(z.array(Company), 'Companies afterwards'),
    ...failures(404, 409, 422),
  },
})
const unmergeRoute = createRoute({
  method: 'delete',
  path: '/companies/{id}/merge',
  tags,
  summary: 'Takes that back',
  request: { params },
  responses: {
    200: json(z.array(Company), 'Companies afterwards'),
    ...failures(404),
  },
})
const festivalRoute = createRoute({
  method: 'get',
  path: '/spring-festival',
  tags,
  summary: 'The next Spring Festival, by which wages are to be paid',
  responses: {
    200: json(SpringFestival, 'Its day by the lunar calendar'),
    ...failures(409),
  },
})
const rulesRoute = createRoute({
  method: 'put',
  path: '/wage-rules',
  tags,
  summary: 'Sets rules of warnings, with their source; all sites are judged anew',
  request: {
    body: body(z.array(WageRule).min(1).max(4)),
  },
  responses: {
    200: json(z.array(WageRule), 'The rules in force'),
    ...failures(422),
  },
})

export function wageRoutes({ sql, cases: { personal, now } }: Pick<HttpContext, 'sql' | 'cases'>) {
  async function shown(id: string, caller: Caller): Promise<WageLedger> {
    const head = await findLedger(sql, id, scopeOf(caller.reach, caller))
    if (!head)
      throw noWorksite()
    return await showLedger(readerFor(caller), head)
  }

  function readerFor(caller: Caller) {
    return {
      sql,
      personal,
      now: now(),
      masked: caller.reach === 'masked',
    }
  }

  async function changed(id: string, caller: Caller, version: number, part: LedgerPart): Promise<WageLedger> {
    const outcome = await changeLedger({ sql, personal, now }, {
      worksite: id,
      scope: scopeOf(caller.reach, caller),
      version,
      part,
    })
    if ('notFound' in outcome)
      throw noWorksite()
    if ('stale' in outcome) {
      throw new ProblemError('stale', {
        detail: 'Somebody else has changed this ledger since it was read.',
        members: { current: await shown(id, caller) },
      })
    }
    if ('faults' in outcome)
      throw new ProblemError('invalid', { errors: outcome.faults })
    return await shown(id, caller)
  }

  return newApi()
    .openapi(readRoute, async c => c.json(await shown(c.req.valid('param').id, callerOf(c)), 200, fresh))
    .openapi(partiesRoute, async (c) => {
      const { id } = c.req.valid('param')
      const { version, parties } = c.req.valid('json')
      const ledger = await changed(id, callerOf(c), version, { parties })
      audited(c, {
        action: 'wages.set-parties',
        target: id,
        after: {
          version: ledger.version,
          parties: parties.map(({ signer: _, ...party }) => party),
        },
      })
      return c.json(ledger, 200, fresh)
    })
    .openapi(monthsRoute, async (c) => {
      const { id } = c.req.valid('param')
      const { version, months } = c.req.valid('json')
      const ledger = await changed(id, callerOf(c), version, { months })
      audited(c, {
        action: 'wages.set-months',
        target: id,
        after: { version: ledger.version, months },
      })
      return c.json(ledger, 200, fresh)
    })
    .openapi(institutionsRoute, async (c) => {
      const { id } = c.req.valid('param')
      const { version, institutions } = c.req.valid('json')
      const ledger = await changed(id, callerOf(c), version, { institutions })
      audited(c, {
        action: 'wages.set-institutions',
        target: id,
        after: { version: ledger.version, institutions },
      })
      return c.json(ledger, 200, fresh)
    })
    .openapi(companiesRoute, async (c) => {
      const caller = callerOf(c)
      return c.json(await listCompanies(sql, scopeOf(caller.reach, caller)), 200, fresh)
    })
    .openapi(exposureRoute, async (c) => {
      const caller = callerOf(c)
      const company = await findCompany(sql, c.req.valid('param').id)
      const exposure = company && await exposureOfCompany(readerFor(caller), company, scopeOf(caller.reach, caller))
      if (!exposure)
        throw new ProblemError('not-found', { detail: 'There is no such company in the chain of a worksite.' })
      return c.json(exposure, 200, fresh)
    })
    .openapi(signerRoute, async (c) => {
      const caller = callerOf(c)
      const scope = scopeOf(caller.reach, caller)
      const { id, party } = c.req.valid('param')
      const head = await findLedger(sql, id, scope)
      if (!head)
        throw noWorksite()
      const signed = await signerOf(sql, head, party)
      const exposure = signed && await exposureOfSigner(readerFor(caller), signed, scope)
      if (!exposure)
        throw new ProblemError('not-found', { detail: 'Nobody is on record as having signed this link.' })
      audited(c, { action: 'wages.read-signer', target: `${id}/${party}` })
      return c.json(exposure, 200, fresh)
    })
    .openapi(mergeRoute, async (c) => {
      const caller = callerOf(c)
      const company = c.req.valid('param').id
      const { into } = c.req.valid('json')
      const outcome = await mergeCompanies(sql, {
        company,
        into,
        by: caller.userId,
        now: now(),
      })
      if ('notFound' in outcome && outcome.notFound === 'into') {
        throw new ProblemError('invalid', {
          errors: [
            { path: 'into', message: 'there is no such company' },
          ],
        })
      }
      if ('notFound' in outcome)
        throw noCompany()
      if ('obstacle' in outcome)
        throw new ProblemError('conflict', { detail: outcome.obstacle })
      audited(c, {
        action: 'wages.merge-company',
        target: company,
        after: { into },
      })
      return c.json(await listCompanies(sql, null), 200, fresh)
    })
    .openapi(unmergeRoute, async (c) => {
      const caller = callerOf(c)
      const company = c.req.valid('param').id
      if (!await unmergeCompany(sql, {
        company,
        by: caller.userId,
        now: now(),
      })) {
        throw noCompany()
      }
      audited(c, { action: 'wages.unmerge-company', target: company })
      return c.json(await listCompanies(sql, null), 200, fresh)
    })
    .openapi(festivalRoute, (c) => {
      const today = chinaDayOf(now())
      const festival = springFestivalFrom(today)
      if ('missingYear' in festival)
        throw new ProblemError('conflict', { detail: `The lunar calendar of ${festival.missingYear} is not loaded.` })
      return c.json({
        day: textOfDay(festival.answer),
        daysLeft: festival.answer - today,
      }, 200, fresh)
    })
    .openapi(rulesRoute, async (c) => {
      const rules = c.req.valid('json')
      const inForce = await setWageRules(sql, rules, now())
      audited(c, { action: 'wages.set-rules', target: null, after: rules })
      return c.json(inForce, 200, fresh)
    })
}

function noWorksite(): ProblemError {
  return new ProblemError('not-found', { detail: 'There is no such worksite.' })
}

function noCompany(): ProblemError {
  return new ProblemError('not-found', { detail: 'There is no such company, or it is not merged.' })
}
