import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { createLog } from '../server/log.ts'
import { credentials, signIn } from '../test/world/account.ts'
import { lightFollowers } from '../test/world/light-follower.ts'
import { manyWriters } from '../test/world/posts.ts'
import { startServer } from '../test/world/server.ts'

const screens = 50
const alone = 200
const [officers, each] = [10, 40]

/**
 * Milliseconds from before somebody sends an action of the desk over HTTP to the moment when the last of fifty screens has its
 * event: the action is decided, written durably, audited, read from the log and sent out in between. The real server, the screens
 * in this process; one officer who waits a little between two actions, then ten at once without a pause.
 */
export async function run(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  const embedded = await startEmbedded({
    dataDir: folder,
    log: createLog('silent'),
  })
  const sql = connect(embedded.url, { name: 'bench action' })
  await migrate(sql)
  const server = await startServer({ DATABASE_URL: embedded.url, DATA_DIR: folder })
  try {
    await signIn(server.url, sql)
    const cases = await manyWriters(() => server.url, 10, alone + officers * each)
    const followers = await lightFollowers(server.url, screens)
    await sleep(1000)

    const sentAt = new Map<string, number>()
    const act = async (id: string) => {
      sentAt.set(id, performance.now())
      const answer = await fetch(`${server.url}/api/v1/cases/${id}/actions/supervise`, {
        method: 'POST',
        headers: { ...credentials.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ reason: 'bench' }),
      })
      if (answer.status !== 200)
        throw new Error(`${answer.status}: ${await answer.text()}`)
      await answer.body?.cancel()
    }
    const ids = cases.map(({ id }) => id)
    for (const id of ids.slice(0, alone)) {
      await act(id)
      await sleep(50)
    }
    const rest = ids.slice(alone)
    await Promise.all(Array.from({ length: officers }, async (_, officer) => {
      for (const id of rest.slice(officer * each, (officer + 1) * each))
        await act(id)
    }))
    await sleep(2000)

    const events = await sql<{ seq: number, id: string }[]>`select seq, id from events where type = 'case.supervised'`
    const lastHas = new Map(events.map(({ seq, id }) => [id, Math.max(...followers.map(({ arrivals }) => arrivals.get(seq) ?? Infinity)) - sentAt.get(id)!]))
    const faults = followers.flatMap(follower => follower.faults)
    followers.forEach(follower => follower.close())
    if (faults.length > 0 || lastHas.size !== ids.length)
      throw new Error(`a screen missed something: ${faults[0] ?? `${lastHas.size} of ${ids.length} events`}`)
    const share = (of: string[], part: number) => of.map(id => lastHas.get(id)!).sort((a, b) => a - b)[Math.floor(of.length * part)]!
    return {
      'screens': screens,
      'one officer: all screens have it, p50 ms': share(ids.slice(0, alone), 0.5),
      'one officer: all screens have it, p95 ms (≤ 200)': share(ids.slice(0, alone), 0.95),
      'ten at once: all screens have it, p50 ms': share(rest, 0.5),
      'ten at once: all screens have it, p95 ms (≤ 200)': share(rest, 0.95),
    }
  }
  finally {
    await server.stop()
    await sql.end({ timeout: 1 })
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
