import type { CaseInput, LocationInput } from '#contract/case.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { CaseContextWithSql } from '../../cases/case-context.ts'
import type { CaseRegistration, Registered } from '../../cases/register-cases.ts'
import type { Log } from '../../log.ts'
import type { Fix } from '../../positions/judge-fix.ts'
import type { CasePlaces } from '../cases/case-places.ts'
import type { DemoCrew } from '../cases/crew.ts'
import type { Random } from '../random.ts'
import type { DayCases } from './day-cases.ts'
import type { DayCase, DayEvent } from './next-events.ts'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { giveBackDemoDay, leaseDemoDay, officersOnDuty, openCases, readDemoMark } from '../../../db/queries/demo.ts'
import { actOnCase } from '../../cases/act-on-case.ts'
import { composeCase } from '../cases/compose-case.ts'
import { createCrew } from '../cases/crew.ts'
import { createRandom } from '../random.ts'
import { createDayCases } from './day-cases.ts'
import { nextEvents } from './next-events.ts'
import { patrol } from './patrol.ts'
import { readCasePlaces } from './read-places.ts'

export interface DemoDayRequest {
  cases: CaseContextWithSql
  /** The same door that `POST /api/v1/cases` uses. */
  register: (registration: CaseRegistration) => Promise<Registered>
  /** The same door as every device. */
  takeFixes: (fixes: Fix[]) => Promise<unknown>
  log: Log
  signal: AbortSignal
  /** Differs from day to day unless a test fixes it. */
  random?: Random
  /** How often the day looks whether something happens; milliseconds. */
  tickMs?: number
  /** How often an officer is seen; milliseconds. */
  positionMs?: number
}

/** Cases and officers that one simulated day drives: more would be too much for one process. */
const MOST_CASES = 4000
const MOST_OFFICERS = 400
/** The steady stock of a town that begins with fewer. */
const LEAST_TARGET = 20
/** What others did to cases is learnt this often. */
const REREAD_MS = 60_000
/** What a sleeping machine missed does not happen all at once. */
const LONGEST_STEP_SECONDS = 30
/** The right to drive the day is renewed this often and lasts three times as long. */
const LEASE_MS = 5000
/** A stopping program does not wait longer than this for a step that is under way. */
const LAST_STEP_MS = 2000

/**
 * Lets a generated town live: cases come, are worked on and closed; officers walk the streets. Only on a database that
 * holds the demo, and in one process only; the others wait until it ends. Resolves soon after the signal.
 */
export async function startDemoDay(request: DemoDayRequest): Promise<void> {
  const { signal } = request
  const stopped = new Promise<void>(resolve => signal.addEventListener('abort', () => setTimeout(resolve, LAST_STEP_MS).unref(), { once: true }))
  await Promise.race([
    days(request),
    stopped,
  ])
}

async function days(request: DemoDayRequest): Promise<void> {
  const { cases: { sql }, log, signal } = request
  const holder = randomUUID()
  while (!signal.aborted) {
    try {
      if (!await readDemoMark(sql))
        return
      if (await leaseDemoDay(sql, holder, 3 * LEASE_MS / 1000)) {
        await live(request, () => leaseDemoDay(sql, holder, 3 * LEASE_MS / 1000))
        await giveBackDemoDay(sql, holder)
      }
    }
    catch (error) {
      // The database went away; it comes back, and so does the day.
      if (!signal.aborted)
        log.warn({ err: error }, 'the demo day pauses')
    }
    await sleep(LEASE_MS, undefined, { signal }).catch(() => {})
  }
}

interface Day {
  request: DemoDayRequest
  random: Random
  places: CasePlaces
  crew: DemoCrew
  cases: DayCases
}

/** Until the signal says so or another process has the day. */
async function live(request: DemoDayRequest, renew: () => Promise<boolean>): Promise<void> {
  const { cases: { sql, now }, log, signal, tickMs = 1000 } = request
  const random = request.random ?? createRandom(`day ${now().toISOString()}`)
  const officers = await officersOnDuty(sql, MOST_OFFICERS)
  if (officers.length === 0)
    return
  const crew = createCrew(officers)
  const day: Day = {
    request,
    random,
    crew,
    places: await readCasePlaces(sql, request.cases.places),
    cases: createDayCases(crew),
  }
  const walking = patrol({
    ...request,
    sql,
    officers,
    random: random.fork('patrol'),
    errandsOf: id => errandsOf(day, id),
  })
  try {
    day.cases.reread(await openCases(sql, MOST_CASES))
    const target = Math.max(LEAST_TARGET, day.cases.all().length)
    let lastEventAt = now().getTime()
    for (let last = now(), read = Date.now(), leased = read; !signal.aborted;) {
      await sleep(tickMs, undefined, { signal }).catch(() => {})
      if (signal.aborted)
        break
      if (Date.now() - leased > LEASE_MS) {
        leased = Date.now()
        if (!await renew())
          break
      }
      if (Date.now() - read > REREAD_MS) {
        read = Date.now()
        day.cases.reread(await openCases(sql, MOST_CASES))
      }
      const seconds = Math.min(LONGEST_STEP_SECONDS, (now().getTime() - last.getTime()) / 1000)
      last = now()
      for (const event of nextEvents({
        cases: day.cases.all(),
        lastEventAt,
        target,
      }, now(), seconds, random)) {
        await carryOut(day, event)
        lastEventAt = now().getTime()
      }
    }
  }
  finally {
    await walking.stop()
    log.debug('the demo day ended')
  }
}

async function carryOut(day: Day, event: DayEvent): Promise<void> {
  const { request: { cases: context, log }, crew, cases } = day
  if (event.do === 'register')
    return await register(day)
  const { case: item, action, actor } = event
  const input = { ...event.input }
  if (action === 'dispatch')
    input.assignee = crew.nextFor(item)
  if (action === 'locate')
    input.location = toldMoreExactly(day, item)
  const acted = await actOnCase(context, { id: item.id, action, input, actor })
  if ('done' in acted)
    return cases.keep(acted.done, context.now())
  // Somebody else was quicker; the next reading tells.
  log.debug({ case: item.id, action, acted }, 'a step of the demo day was refused')
  cases.forget(item.id)
}

async function register({ request, places, random, cases }: Day): Promise<void> {
  const { at, contact, address, ...composed } = composeCase(places, random)
  const input: CaseInput = {
    ...composed,
    ...address && { address },
    ...at && {
      location: { lng: at[0], lat: at[1], datum: 'wgs84' as const },
    },
    ...contact && { contact },
  }
  const answer = await request.register({ input })
  if ('registered' in answer)
    cases.keep(answer.registered, request.cases.now())
}

/** Around where the case was first seen, so that it does not wander off over a long day. */
function toldMoreExactly({ cases, places, random }: Day, { id }: DayCase): LocationInput {
  const [lng, lat] = cases.firstSeen(id) ?? composeCase(places, random, { located: true, urgency: 'normal' }).at!
  const off = () => random.between(-1, 1) * 8e-5
  return { lng: lng + off(), lat: lat + off(), datum: 'wgs84' }
}

/** Where an officer has something to see to. */
function errandsOf({ cases }: Day, officer: string): LngLat[] {
  const isOnTheSpot = (item: DayCase) => item.assignee === officer && (item.status === 'accepted' || item.status === 'in-progress')
  return cases.all().flatMap(item => isOnTheSpot(item) && item.location
    ? [item.location]
    : [])
}
