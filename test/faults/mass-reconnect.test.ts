import type { TestDatabase } from '../world/database.ts'
import type { RunningServer } from '../world/server.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../db/embedded/free-port.ts'
import { signIn } from '../world/account.ts'
import { testDatabase } from '../world/database.ts'
import { eventually } from '../world/eventually.ts'
import { lightFollowers } from '../world/light-follower.ts'
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

/** Reads of the log for those who come back, beside the one reader that follows it. */
async function readsForFollowers(): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  const counts = [
    ...text.matchAll(/^huizhi_log_reads_total\{why="(\w+)"\} (\d+)/gm),
  ].filter(([, why]) => why !== 'follow')
  return counts.reduce((sum, [, , reads]) => sum + Number(reads), 0)
}

const count = sized(1000, 200)

it(`${count} followers are back within 10 s of a restart, all current within 15 s, by a handful of reads of the log`, async () => {
  await manyWriters(() => server.url, 10, 100)
  const followers = await lightFollowers(server.url, count, { comeBackMs: 5000 })
  server.child.kill('SIGKILL')
  await server.exited
  // What happens in the meantime is what they miss.
  server = await start()
  const back = performance.now()
  await manyWriters(() => server.url, 10, 50)
  const [head] = await db.sql<{ seq: number }[]>`select max(seq) as seq from events`
  await eventually(() => followers.every(({ modes }) => modes.length >= 2), { seconds: 10, what: 'not all are back' })
  await eventually(() => followers.every(follower => follower.seq() >= head!.seq), { seconds: 15 - (performance.now() - back) / 1000, what: 'not all are current' })
  expect(followers.flatMap(({ faults }) => faults)).toEqual([])
  expect(followers.every(({ modes }) => modes[1] === 'resumed')).toBe(true)
  expect(await readsForFollowers()).toBeLessThan(10)
  for (const follower of followers)
    follower.close()
}, 120_000)
