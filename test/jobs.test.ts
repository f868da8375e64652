import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { connect } from '../db/connect.ts'
import { mondayOf, nextInChina } from '../server/jobs/china-times.ts'
import { startJobs } from '../server/jobs/run-jobs.ts'
import { createLog } from '../server/log.ts'
import { testDatabase } from './world/database.ts'
import { eventually } from './world/eventually.ts'

const db = await testDatabase()
afterAll(db.drop)
const log = createLog('silent')
const inAYear = (now: Date) => new Date(now.getTime() + 365 * 86_400_000)

await db.sql`create table done (name text, at timestamptz default clock_timestamp())`
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()))
  await db.sql`truncate jobs, done`
})
const doneOf = async (name: string) => (await db.sql`select from done where name = ${name}`).length

function start(name: string, run: (tx: Parameters<Parameters<typeof startJobs>[0]['jobs'][number]['run']>[0]) => Promise<unknown>, sql = db.sql) {
  const jobs = startJobs({
    sql,
    log,
    jobs: [
      { name, next: inAYear, run },
    ],
    longestSleepMs: 100,
  })
  stops.push(jobs.stop)
  return jobs
}

it('a job that is due is done once by all processes together', async () => {
  const others = Array.from({ length: 4 }, () => connect(db.url, { max: 2 }))
  for (const sql of others) {
    start('once', async (tx) => {
      await sleep(20)
      await tx`insert into done (name) values ('once')`
    }, sql)
  }
  await eventually(async () => await doneOf('once') === 1)
  await sleep(400)
  expect(await doneOf('once')).toBe(1)
  await Promise.all(stops.splice(0).map(stop => stop()))
  await Promise.all(others.map(sql => sql.end({ timeout: 1 })))
})

it('what was due while nobody ran is done by the next start, once', async () => {
  await db.sql`insert into jobs (name, due_at) values ('missed', now() - interval '9 days')`
  start('missed', async tx => await tx`insert into done (name) values ('missed')`)
  await eventually(async () => await doneOf('missed') === 1)
  const [job] = await db.sql`select due_at > now() + interval '300 days' as later from jobs where name = 'missed'`
  expect(job).toEqual({ later: true })
})

it('a process that dies in the middle leaves nothing half done, and another does it', async () => {
  const doomed = connect(db.url, { max: 2, name: 'doomed' })
  let began = false
  start('torn', async (tx) => {
    await tx`insert into done (name) values ('torn')`
    began = true
    await sleep(60_000)
  }, doomed)
  await eventually(() => began)
  await db.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed'`
  start('torn', async tx => await tx`insert into done (name) values ('torn')`)
  await eventually(async () => await doneOf('torn') === 1)
  void doomed.end({ timeout: 0 })
})

it('a job that fails says so, keeps nothing, and is tried again later', async () => {
  start('faulty', async (tx) => {
    await tx`insert into done (name) values ('faulty')`
    throw new Error('out of paper')
  })
  await eventually(async () => (await db.sql`select from jobs where name = 'faulty' and failures > 0`).length === 1)
  const [job] = await db.sql`select failures, last_error, due_at > now() as later from jobs where name = 'faulty'`
  expect(job).toEqual({ failures: 1, last_error: 'Error: out of paper', later: true })
  expect(await doneOf('faulty')).toBe(0)
})

it('stopping does not wait for a job that takes long', async () => {
  let began = false
  const sql = connect(db.url, { max: 2 })
  const jobs = start('slow', async () => {
    began = true
    await sleep(30_000, undefined, { ref: false })
  }, sql)
  await eventually(() => began)
  const stopped = await Promise.race([
    jobs.stop().then(() => 'stopped'),
    sleep(4500, 'waited', { ref: false }),
  ])
  expect(stopped).toBe('stopped')
  void sql.end({ timeout: 0 })
})

describe('times are China\'s, wherever the machine stands', () => {
  it.each([
    [
      '2026-11-24T12:00:00Z',
      '00:30',
      undefined,
      '2026-11-24T16:30:00Z',
    ],
    [
      '2026-11-24T17:00:00Z',
      '00:30',
      undefined,
      '2026-11-25T16:30:00Z',
    ],
    [
      '2026-11-24T12:00:00Z',
      '00:05',
      1,
      '2026-11-29T16:05:00Z',
    ],
    [
      '2026-11-29T16:05:00Z',
      '00:05',
      1,
      '2026-12-06T16:05:00Z',
    ],
  ])('after %s, %s on weekday %s is %s', (now, time, weekday, next) => {
    expect(nextInChina(new Date(now), time, weekday)).toEqual(new Date(next))
  })

  it('Sunday night in London is Monday in China', () => {
    expect(mondayOf(new Date('2026-11-29T15:59:59Z'))).toBe('2026-11-23')
    expect(mondayOf(new Date('2026-11-29T16:00:00Z'))).toBe('2026-11-30')
  })
})
