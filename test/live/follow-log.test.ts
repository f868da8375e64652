import type { EventDraft, StoredEvent } from '../../db/queries/events.ts'
import type { FollowedLog } from '../../server/live/follow-log.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { connect } from '../../db/connect.ts'
import { appendEvents, readEvents } from '../../db/queries/events.ts'
import { noticeOf, parseNotice } from '../../db/queries/log-notice.ts'
import { followLog } from '../../server/live/follow-log.ts'
import { createLog } from '../../server/log.ts'
import type { TestDatabase } from '../world/database.ts'
import { testDatabase } from '../world/database.ts'
import { append, caseFeature, registered } from '../world/events.ts'
import { eventually } from '../world/eventually.ts'

let db: TestDatabase
let log: FollowedLog
let seen: number[]
let handedOn: StoredEvent[]
let resets: number[]
beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(async () => {
  await db.sql`truncate events`
  await db.sql`update meta set value = to_jsonb(gen_random_uuid()::text) where key = 'epoch'`
})
afterEach(() => log.stop())
afterAll(() => db.drop())

function follow(replay = 0) {
  seen = []
  handedOn = []
  resets = []
  log = followLog({
    url: db.url,
    log: createLog('silent'),
    replay,
    pollMs: 300,
    timeoutMs: 1000,
    onReset: ({ seq }) => resets.push(seq),
    onEvents(events: StoredEvent[]) {
      handedOn.push(...events)
      seen.push(...events.map(({ seq }) => seq))
    },
  })
  return eventually(() => log.state().ready)
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

it('events of 20 writers at once come once each, in order and without a gap, though some roll back', async () => {
  await follow()
  let kept = 0
  await Promise.all(numbers(1, 20).map(async (writer) => {
    for (const round of numbers(1, 10)) {
      const drafts = numbers(1, 1 + (writer + round) % 4).map(index => registered(`${writer}-${round}-${index}`))
      const rollsBack = (writer + round) % 5 === 0
      await db.sql.begin(async (tx) => {
        await appendEvents(tx, '990101001', drafts)
        if (rollsBack)
          throw new Error('changed my mind')
      }).then(() => kept += drafts.length, () => {})
    }
  }))

  await eventually(() => seen.length >= kept)
  expect(seen).toEqual(numbers(1, kept))
})

it('an event is seen in milliseconds, not at the next poll', async () => {
  await follow()
  await sleep(50)
  const begun = performance.now()
  await append(db.sql, registered('a'))
  await eventually(() => seen.length === 1)
  expect(performance.now() - begun).toBeLessThan(200)
})

it('nothing is lost or repeated when the listening connection is cut again and again', async () => {
  await follow()
  for (const round of numbers(1, 10)) {
    await append(db.sql, registered(`before ${round}`))
    await db.sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'huizhi log'`
    await append(db.sql, registered(`after ${round}`))
  }

  await eventually(() => seen.length >= 20)
  expect(seen).toEqual(numbers(1, 20))
  expect(resets).toEqual([0])
})

it('what a notice brings is what the log keeps, whatever is in it and however large it is', async () => {
  await follow()
  const drafts: EventDraft[] = [
    registered('a line\nand 号楼 "quoted" \\ 🏠', { note: '\u2028 \x1F 1 2 3' }),
    {
      type: 'case.dispatched',
      id: 'b',
      set: { status: 'dispatched', holder: null, number: 0.1 },
    },
    {
      type: 'case.placed',
      id: 'c',
      regions: ['990101001', '990101001002'],
      leftRegions: ['990101001001'],
      geometry: null,
      whole: caseFeature('c'),
    },
    { type: 'case.removed', id: 'd', gone: true },
    registered('just small enough', {
      text: '楼'.repeat(2500),
    }),
    registered('too large', {
      text: '楼'.repeat(4000),
    }),
  ]
  for (const draft of drafts)
    await append(db.sql, draft)
  await append(db.sql, registered('two'), registered('together'))
  await append(db.sql, registered('alone again'))

  await eventually(() => seen.length >= 9)
  expect(handedOn).toEqual(await readEvents(db.sql, 0, 100))
})

it('only a lone event comes with its notice', () => {
  expect(parseNotice(`7 1774512000000 ${noticeOf('990101001', [
    registered('a'),
  ])}`)).toMatchObject({
    seq: 7,
    event: {
      seq: 7,
      at: 1774512000000,
      id: 'a',
      subdistrict: '990101001',
    },
  })
  expect(noticeOf('990101001', [
    registered('a'),
    registered('b'),
  ])).toBe('')
  expect(parseNotice('7')).toEqual({ seq: 7, event: null })
})

it('a missed NOTIFY costs a poll, not an event', async () => {
  await follow()
  await db.sql`
    insert into events (subdistrict, seq, type, id, data)
    values ('990101001', 1, 'case.registered', 'quiet', '{"gone": true}')`

  await eventually(() => seen.length === 1, { seconds: 2 })
})

it('a new process begins with the last events, so that those who come back find them in memory', async () => {
  await append(db.sql, ...numbers(1, 10).map(index => registered(`${index}`)))
  await follow(4)

  expect(resets).toEqual([6])
  await eventually(() => seen.length === 4)
  expect(seen).toEqual([7, 8, 9, 10])
})

it('another database in place of the old one is noticed', async () => {
  await append(db.sql, registered('a'), registered('b'))
  await follow()
  await db.sql.begin(async (tx) => {
    await tx`truncate events`
    await tx`update meta set value = '"another"' where key = 'epoch'`
  })

  await eventually(() => resets.length === 2)
  expect(resets).toEqual([2, 0])
})

it('a log that was set back gets a new epoch: its numbers no longer mean what they meant', async () => {
  await append(db.sql, registered('a'), registered('b'), registered('c'))
  await follow()
  const before = log.state().epoch
  await db.sql`delete from events where seq > 1`

  await eventually(() => log.state().epoch !== before)
  expect(resets).toEqual([3, 1])
})

it('says since when the database has been away, and that it is not ready', async () => {
  await follow()
  const name = new URL(db.url).pathname.slice(1)
  const admin = new URL(db.url)
  admin.pathname = '/postgres'
  const sql = connect(admin.href, { max: 1 })
  await sql.unsafe(`alter database ${name} allow_connections false`)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`

  await eventually(() => !log.state().ready)
  expect(log.state().contactAge).toBeGreaterThan(2)

  await sql.unsafe(`alter database ${name} allow_connections true`)
  await sql.end()
  await eventually(() => log.state().ready)
  await append(db.sql, registered('after'))
  await eventually(() => seen.length === 1)
})
