import type { CaseContextWithSql } from '../../server/cases/case-context.ts'
import type { Fix } from '../../server/positions/judge-fix.ts'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HandlingState } from '#contract/places.ts'
import { isEmptyDatabase, leaseDemoDay, openCases, readDemoMark } from '../../db/queries/demo.ts'
import { chinaCalendar } from '../../server/cases/china-calendar.ts'
import { registerCases } from '../../server/cases/register-cases.ts'
import { defaultCaseRules } from '../../server/cases/terms.ts'
import { startDemoDay } from '../../server/demo/day/start-demo-day.ts'
import { demoHandlings } from '../../server/demo/overlays/wage-handlings.ts'
import { DEMO_SEED, loadDemo } from '../../server/demo/load-demo.ts'
import { runImport } from '../../server/ingest/run-import.ts'
import { sumPeriods } from '../../server/renovation/call-periods.ts'
import { listContractors } from '../../server/renovation/contractors.ts'
import { scheduleZones } from '../../server/renovation/schedule-zones.ts'
import { createLog } from '../../server/log.ts'
import { loadPlaces } from '../../server/places/locate.ts'
import { personalData } from '../../server/privacy/personal-data.ts'
import { testDatabase } from '../world/database.ts'
import { eventually } from '../world/eventually.ts'
import { townOfSeed } from './first-town.ts'

const { sql, drop } = await testDatabase()
afterAll(drop)

const now = new Date('2026-11-24T10:42:00+08:00')
const log = createLog('silent')
const personal = personalData(randomBytes(32))
const stages: string[] = []

describe('the demo on a real database', () => {
  beforeAll(async () => {
    expect(await isEmptyDatabase(sql)).toBe(true)
    await loadDemo({
      sql,
      log,
      personal,
      now,
      onStage: stage => stages.push(stage),
    })
  }, 120_000)

  it('leaves its mark, tells what it does, and fills every table', async () => {
    expect(await readDemoMark(sql)).toEqual({
      seed: DEMO_SEED,
      size: 'subdistrict',
      loadedAt: now.toISOString(),
      complete: true,
    })
    expect(stages).toHaveLength(9)
    const [counts] = await sql`
      select (select count(*) from regions where level in ('community', 'village'))::integer as communities,
        (select count(*) from streets)::integer as streets,
        (select count(*) from buildings where compound is null and population > 0)::integer as homes_without_compound,
        (select count(*) from buildings where (community is null or grid is null) and population > 0)::integer as homes_in_no_grid,
        (select sum(population) from buildings)::integer as people,
        (select count(*) from care_facilities)::integer as facilities,
        (select count(*) from renovation_zones where community is not null)::integer as zones,
        (select count(*) from worksites)::integer as worksites,
        (select count(distinct warning) from worksites)::integer as warnings,
        (select count(*) from officers)::integer as officers,
        (select count(*) from cases)::integer as cases`
    expect(counts).toMatchObject({
      communities: 16,
      homes_without_compound: 0,
      homes_in_no_grid: 0,
      zones: 8,
      worksites: 12,
      officers: 40,
    })
    expect(counts!.people).toBe((await sql`select population from regions where level = 'subdistrict'`)[0]!.population)
    expect(counts!.warnings).toBeGreaterThanOrEqual(2)
    expect(counts!.facilities).toBeGreaterThan(12)
    expect(counts!.cases).toBeGreaterThan(1600)
  })

  it('open cases stand in all statuses, most with an officer of their community', async () => {
    const open = await openCases(sql, 1000)
    expect(open.length).toBeGreaterThan(115)
    expect(open.length).toBeLessThan(160)
    expect(new Set(open.map(item => item.status))).toEqual(new Set([
      'registered',
      'dispatched',
      'accepted',
      'in-progress',
      'resolved',
      'reopened',
      'suspended',
      'extension-requested',
      'return-requested',
    ]))
    expect(open.filter(item => item.dissatisfied_in_row >= 2).length).toBeGreaterThan(15)
    expect(open.filter(item => item.location === null)).toHaveLength(8)
    const overdue = open.filter(item => item.due_at && item.due_at < now)
    expect(overdue.length).toBeGreaterThanOrEqual(4)
    expect(overdue.length).toBeLessThan(16)
  })

  it('eight zones have their ledgers: leftover issues in each state, a company on each rung, a warranty near its end, calls of all times', async () => {
    const states = await sql`select state, count(*)::integer as n from zone_leftovers group by state order by state`
    expect(states.map(({ state }) => state as string)).toEqual([
      'closed',
      'open',
      'proposed',
      'working',
    ])
    const [{ overdue }] = await sql<[{ overdue: number }]>`select count(*)::integer as overdue from zone_leftovers where state <> 'closed' and due_on < '2026-11-24'`
    expect(overdue).toBeGreaterThan(0)
    const zones = await scheduleZones(sql, null, now)
    expect(zones.map(({ ladder }) => ladder).filter(step => step !== null).sort()).toEqual([
      'feedback',
      'interview',
      'rectify',
      'replace',
    ])
    expect(zones.every(({ stages }) => stages.filter(({ planStart }) => planStart !== null).length === 9)).toBe(true)
    const notices = await sql`select warranty_notice from renovation_zones where warranty_notice is not null`
    expect(notices).toEqual([
      { warranty_notice: 30 },
    ])
    const calls = sumPeriods((await listContractors(sql, null, now)).map(record => record.calls))
    expect(calls.kinds.length).toBeGreaterThan(3)
    for (const period of ['before', 'during', 'after'] as const)
      expect(calls.kinds.reduce((sum, kind) => sum + kind[period], 0), period).toBeGreaterThan(5)
  })

  it('wages are handled in every state, to their planned last step; visits are to come, done and overdue', async () => {
    const handlings = await sql<{ state: string, closedAs: string | null }[]>`select state, closed_as as "closedAs" from wage_handlings`
    expect(new Set(handlings.map(({ state }) => state))).toEqual(new Set(HandlingState.options))
    expect(new Set(handlings.flatMap(({ closedAs }) => closedAs ?? []))).toEqual(new Set(['paid', 'unfounded']))
    const [steps] = await sql`select count(*)::integer as steps from wage_handling_steps`
    expect(steps!.steps).toBe(Object.values(demoHandlings).flat().length)
    const [visits] = await sql`
      select count(*) filter (where state = 'done')::integer as done, count(*) filter (where state = 'planned' and planned_on < '2026-11-24')::integer as overdue,
        count(*) filter (where state = 'planned' and planned_on >= '2026-11-24')::integer as coming
      from worksite_visits`
    expect(visits).toEqual({ done: 2, overdue: 1, coming: 2 })
  })

  it('importing the same files again changes nothing', async () => {
    const { files } = townOfSeed(DEMO_SEED, now)
    for (const { kind, format, open } of files) {
      const summary = await runImport({
        sql,
        kind,
        format,
        input: open,
        now,
        personal,
      })
      expect(summary, kind).toMatchObject({ created: 0, updated: 0, rejected: 0 })
    }
  }, 60_000)
})

describe('the simulated day on a real database', () => {
  async function context(): Promise<CaseContextWithSql> {
    return {
      sql,
      personal,
      places: await loadPlaces(sql),
      rules: defaultCaseRules,
      calendar: chinaCalendar,
      now: () => new Date(now.getTime() + performance.now() * 600),
    }
  }

  it('cases come and are worked on, officers walk, and it stops when told', async () => {
    const cases = await context()
    const seen: Fix[] = []
    const controller = new AbortController()
    const [before] = await sql`select max(seq)::integer as seq from events`
    const day = startDemoDay({
      cases,
      register: async registration => (await registerCases(cases, [registration]))[0]!,
      takeFixes: async fixes => void seen.push(...fixes),
      log,
      signal: controller.signal,
      tickMs: 20,
      positionMs: 50,
    })
    await eventually(async () => {
      const [row] = await sql`
        select (select count(*) from events where seq > ${before!.seq})::integer as events,
          (select count(*) from cases where reported_at > ${now} and location is not null and grid is not null)::integer as placed`
      return row!.events > 20 && row!.placed > 0 && seen.length > 300
    }, { seconds: 45 })
    // Meanwhile another process may not have it.
    expect(await leaseDemoDay(sql, 'another', 5)).toBe(false)
    controller.abort()
    await day
    const officers = new Set((await sql<{ id: string }[]>`select id from officers where duty = 'on'`).map(({ id }) => id))
    expect(seen.slice(0, 50).every(({ officer, device }) => officers.has(officer) && device === 'demo')).toBe(true)
  }, 60_000)

  it('on a database that is not the demo\'s nothing happens', async () => {
    const other = await testDatabase()
    try {
      const cases = {
        ...await context(),
        sql: other.sql,
      }
      await startDemoDay({
        cases,
        register: () => Promise.reject(new Error('must not be called')),
        takeFixes: async () => {},
        log,
        signal: AbortSignal.timeout(20_000),
      })
      expect(await isEmptyDatabase(other.sql)).toBe(true)
    }
    finally {
      await other.drop()
    }
  })
})
