import type { Sql } from '../../db/connect.ts'
import type { TestDatabase } from '../world/database.ts'
import type { TcpProxy } from '../world/tcp-proxy.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect, cutConnections } from '../../db/connect.ts'
import { isDatabaseAway } from '../../db/unavailable.ts'
import { testDatabase } from '../world/database.ts'
import { sized } from '../world/long.ts'
import { tcpProxy } from '../world/tcp-proxy.ts'

// Without the repairs of db/mended-postgres.ts each of these ends the process or waits for ever.

let db: TestDatabase
let line: TcpProxy
let sql: Sql
beforeAll(async () => {
  db = await testDatabase()
  line = await tcpProxy(Number(new URL(db.url).port))
  const url = new URL(db.url)
  url.port = String(line.port)
  sql = connect(url.href, { max: 5, connectSeconds: 2 })
})
afterAll(async () => {
  await sql.end({ timeout: 1 })
  await line.close()
  await db.drop()
})

const ways: [string, () => Promise<unknown> | void][] = [
  [
    'reset',
    () => line.reset(),
  ],
  [
    'ended by the server',
    () => db.sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'huizhi'`,
  ],
  [
    'cut by ourselves',
    () => cutConnections(sql),
  ],
]

it.each(ways)('connections %s amid transactions and queries: each fails in a way that can be told, and the pool works as before', async (_, harm) => {
  const outcomes = new Map<string, number>()
  const end = new AbortController()
  const note = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  const busy = Array.from({ length: 20 }, async (_, worker) => {
    while (!end.signal.aborted) {
      const work = worker % 2 === 0
        ? sql`select pg_sleep(0.002)`
        : sql.begin(async (tx) => {
            await tx`select pg_sleep(0.001)`
            await sleep(worker % 3)
            await tx`select 1`
          })
      await work.then(() => note('done'), error => note(isDatabaseAway(error)
        ? 'away'
        : String(error)))
    }
  })
  for (let round = 0; round < sized(200, 15); round++) {
    await sleep(20)
    await harm()
  }
  end.abort()
  await Promise.all(busy)
  expect([
    ...outcomes.keys(),
  ].sort()).toEqual(['away', 'done'])

  // All connections of the pool can be used at once.
  const at = performance.now()
  await Promise.all(Array.from({ length: 5 }, () => sql.begin(tx => tx`select pg_sleep(0.2)`)))
  expect(performance.now() - at).toBeLessThan(1500)
}, 60_000)

it('a transaction whose connection is lost while it waits for something else does not go on elsewhere', async () => {
  let asked: Promise<unknown> | undefined
  const work = sql.begin(async (tx) => {
    await tx`select 1`
    line.reset()
    await sleep(300)
    asked = Promise.resolve(tx`select 2`)
    await asked
  })
  await expect(work).rejects.toSatisfy(isDatabaseAway)
  await sleep(400)
  await expect(asked).rejects.toSatisfy(isDatabaseAway)
})

it('connections that fell silent are ended by cutting them; what waits for them fails', async () => {
  await sql`select 1`
  line.set({ deaf: true })
  const waiting = sql`select 2`.then(() => null, error => error as unknown)
  await sleep(100)
  line.set({ deaf: false })
  cutConnections(sql)
  expect(await waiting).toSatisfy(isDatabaseAway)
  expect(await sql`select 3 as three`).toEqual([
    { three: 3 },
  ])
})
