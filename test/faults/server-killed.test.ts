import type { TestDatabase } from '../world/database.ts'
import type { RunningServer } from '../world/server.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../db/embedded/free-port.ts'
import { credentials, signIn } from '../world/account.ts'
import { heldCases } from '../world/held-cases.ts'
import { testDatabase } from '../world/database.ts'
import { eventually } from '../world/eventually.ts'
import { screenOn } from '../world/live.ts'
import { sized } from '../world/long.ts'
import { manyWriters } from '../world/posts.ts'
import { startServer } from '../world/server.ts'

let db: TestDatabase
let server: RunningServer
let port: number
beforeAll(async () => {
  db = await testDatabase()
  port = await freePort()
  server = await start()
  await signIn(server.url, db.sql)
})
afterAll(async () => {
  await server.stop()
  await db.drop()
})

function start() {
  return startServer({
    DATABASE_URL: db.url,
    PORT: String(port),
  })
}

const writes = sized(10_000, 600)
const kills = sized(5, 2)

it(`killed ${kills} times amid ${writes} writes of 20 writers, the server loses and repeats nothing`, async () => {
  const screens = Array.from({
    length: sized(50, 10),
  }, () => screenOn(server.url, {}, null, { silentMs: 12_000 }))
  const killAt = Array.from({ length: kills }, (_, index) => Math.round(writes * (index + 1) / (kills + 1)))
  let restarting: Promise<void> = Promise.resolve()

  const acknowledged = await manyWriters(() => server.url, 20, writes, ({ length }) => {
    if (!(length >= killAt[0]!))
      return
    killAt.shift()
    server.child.kill('SIGKILL')
    restarting = restarting.then(async () => {
      await server.exited
      server = await start()
    })
  })
  await restarting

  // Every acknowledged write is there once, and nothing else is.
  const ids = await db.sql<{ id: string }[]>`select id from cases order by id`
  expect(ids.map(({ id }) => id)).toEqual(acknowledged.map(({ id }) => id).sort())
  const keys = await db.sql<{ id: string }[]>`select response ->> 'id' as id from idempotency order by 1`
  expect(keys).toEqual(ids)

  // The log has every number once, and speaks of each case once.
  const [log] = await db.sql`select count(*), min(seq), max(seq), count(distinct seq) as numbers from events`
  expect(log).toEqual({
    count: log!.max,
    min: 1,
    max: log!.max,
    numbers: log!.max,
  })
  const [spoken] = await db.sql`select count(*), count(distinct id) as items from events where type = 'case.registered'`
  expect(spoken).toEqual({ count: writes, items: writes })

  // Every screen shows what SQL says.
  const truth = await heldCases(db.sql)
  for (const screen of screens) {
    await screen.reaches(log!.max, 30)
    expect(screen.layer('cases').size).toBe(writes)
    expect(Object.fromEntries(screen.layer('cases'))).toEqual(truth)
    screen.close()
  }
}, sized(600_000, 90_000))

it('what was acknowledged is answered again, not done again', async () => {
  const url = `${server.url}/api/v1/cases`
  const ask = (content: string) => fetch(url, {
    method: 'POST',
    headers: { ...credentials.headers, 'content-type': 'application/json', 'idempotency-key': 'same' },
    body: JSON.stringify({ content }),
  })
  // A connection kept from the writes before may just have been closed by the server: the key makes asking again harmless.
  const post = (content: string) => ask(content).catch(() => ask(content))
  const first = await (await post('x')).json() as { id: string }
  server.child.kill('SIGKILL')
  await server.exited
  server = await start()
  await eventually(async () => (await fetch(`${server.url}/readyz`)).ok)
  const again = await (await post('x')).json() as { id: string }
  expect(again.id).toBe(first.id)
  expect((await post('y')).status).toBe(422)
}, 30_000)
