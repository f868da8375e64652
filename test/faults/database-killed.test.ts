import type { Screen } from '../world/live.ts'
import type { RunningServer } from '../world/server.ts'
import type { TcpProxy } from '../world/tcp-proxy.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../db/connect.ts'
import { findRunning } from '../../db/embedded.ts'
import { credentials, signIn } from '../world/account.ts'
import { testDatabase } from '../world/database.ts'
import { eventually } from '../world/eventually.ts'
import { screenOn } from '../world/live.ts'
import { manyWriters, registerSurely } from '../world/posts.ts'
import { postmasterOf } from '../world/processes.ts'
import { startServer } from '../world/server.ts'
import { tcpProxy } from '../world/tcp-proxy.ts'

function post(url: string, content = 'x') {
  return fetch(`${url}/api/v1/cases`, {
    method: 'POST',
    headers: { ...credentials.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ content }),
  })
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`)
  await answer.body?.cancel()
  return answer.ok
}

describe('the database of one\'s own is away for a while', () => {
  let db: Awaited<ReturnType<typeof testDatabase>>
  let line: TcpProxy
  let server: RunningServer
  let screen: Screen
  beforeAll(async () => {
    db = await testDatabase()
    line = await tcpProxy(Number(new URL(db.url).port))
    const url = new URL(db.url)
    url.port = String(line.port)
    server = await startServer({ DATABASE_URL: url.href })
    await signIn(server.url, db.sql)
    screen = screenOn(server.url, {}, null, { silentMs: 12_000 })
    await screen.reaches(0)
  })
  afterAll(async () => {
    screen.close()
    await server.stop()
    await line.close()
    await db.drop()
  })

  it.each([
    [
      'its connections end',
      (faults: TcpProxy) => {
        faults.set({ refuse: true })
        faults.reset()
      },
    ],
    [
      'its connections go half-open',
      (faults: TcpProxy) => faults.set({ deaf: true }),
    ],
  ])('%s: the server stays up and says so, writes are refused for a moment, screens learn how old they are; then all catches up', async (_, harm) => {
    const { id } = await registerSurely(() => server.url, 'before')
    await eventually(() => screen.layer('cases').has(id))
    const pulses = screen.pulses.length
    harm(line)

    await eventually(async () => !await isReady(server.url), { seconds: 15 })
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    const refused = await post(server.url)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
    await eventually(() => screen.pulses.slice(pulses).some(({ stale = 0, ages }) => stale > 3 && ages.cases! > 3), { seconds: 20 })
    expect(screen.socket.connected).toBe(true)

    // What others write meanwhile is seen when the database is back.
    line.set({ refuse: false, deaf: false })
    const after = await registerSurely(() => server.url, 'after')
    await eventually(() => screen.layer('cases').has(after.id), { seconds: 15 })
    await eventually(() => isReady(server.url))
    await eventually(() => screen.pulses.at(-1)!.stale === undefined, { seconds: 15 })
    expect(screen.answers).toHaveLength(1)
  }, 90_000)
})

it('the embedded database is killed: it is started again, acknowledged writes are there, screens go on', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'huizhi-'))
  const server = await startServer({ DATA_DIR: dataDir })
  const sql = connect((await findRunning(dataDir))!)
  await signIn(server.url, sql)
  await sql.end()
  const screen = screenOn(server.url, {}, null, { silentMs: 12_000 })
  await screen.reaches(0)
  let killed = 0

  const acknowledged = await manyWriters(() => server.url, 8, 150, async ({ length }) => {
    if ((length === 40 && killed === 0) || (length === 100 && killed === 1)) {
      killed++
      process.kill(await postmasterOf(dataDir), 'SIGKILL')
    }
  })
  expect(killed).toBe(2)
  expect(server.child.exitCode).toBeNull()
  await eventually(() => isReady(server.url), { seconds: 20 })
  await eventually(() => screen.layer('cases').size === acknowledged.length, { seconds: 20 })
  expect(screen.ids()).toEqual(acknowledged.map(({ id }) => id).sort())
  const list = await (await fetch(`${server.url}/api/v1/cases?limit=1000`, credentials)).json() as { features: { id: string }[] }
  expect(list.features.map(({ id }) => id).sort()).toEqual(screen.ids())

  screen.close()
  await server.stop()
  await sleep(100)
  await rm(dataDir, { recursive: true, force: true })
}, 120_000)
