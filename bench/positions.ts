import type { Reported } from './positions/reporters.ts'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { addAccount } from '../server/access/accounts.ts'
import { createLog } from '../server/log.ts'
import { hashOfToken } from '../server/positions/roster.ts'
import { startServer } from '../test/world/server.ts'

const officers = 5000
const everySeconds = 5
const warmSeconds = 10
const seconds = 30
const subdistrict = '990101001'
const ground = {
  type: 'Polygon',
  coordinates: [
    [
      [116.9, 36.6],
      [117.1, 36.6],
      [117.1, 36.7],
      [116.9, 36.7],
      [116.9, 36.6],
    ],
  ],
}
const password = 'only-for-benches-7431'

/**
 * 5,000 officers on duty, each seen every five seconds, on one server process that also answers, judges, tells other processes and keeps
 * the tracks; a follower at a screen says how long each position took from the device. Once by a tracker each (Traccar's OsmAnd protocol,
 * 1,000 requests a second), once by a gateway that brings 500 in a request.
 */
export async function run(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  const embedded = await startEmbedded({
    dataDir: join(folder, 'database'),
    log: createLog('silent'),
  })
  const sql = connect(embedded.url, { name: 'bench positions' })
  try {
    await migrate(sql)
    await sql`
      insert into regions (subdistrict, id, level, name, geometry, bounds)
      values (${subdistrict}, ${subdistrict}, 'subdistrict', 'bench', ${sql.json(ground)}, box(point(116.9, 36.6), point(117.1, 36.7)))`
    // Those of the gateway are others: an officer's device keeps him for two minutes.
    const ids = Array.from({ length: 2 * officers }, (_, i) => `WG${subdistrict}${String(i).padStart(4, '0')}`)
    await sql`
      insert into officers (subdistrict, id, name, duty, community)
      select ${subdistrict}, id, '网格员', 'on', '990101001001' from unnest(${ids}::text[]) as given (id)`
    await sql`
      insert into position_consents (subdistrict, officer, given_at, wording, recorded_by)
      select ${subdistrict}, id, now(), 'bench', 'bench' from unnest(${ids}::text[]) as given (id)`
    await sql`
      insert into trackers (subdistrict, id, officer, name, token_hash, made_by)
      select ${subdistrict}, id, id, 'bench', hash, 'bench'
      from unnest(${ids}::text[], ${ids.map(id => hashOfToken(tokenOf(id)))}::text[]) as given (id, hash)`
    await addAccount(sql, {
      username: 'bench',
      name: 'bench',
      role: 'duty',
      password,
    })
    const server = await startServer({ DATABASE_URL: embedded.url, DATA_DIR: folder, RATE_LIMITS: 'tracker=off,program=off' })
    const figures: Record<string, number | string> = {}
    for (const [way, words, own] of [
      [
        'trackers',
        'a tracker each',
        ids.slice(0, officers),
      ],
      [
        'gateway',
        '500 in a request',
        ids.slice(officers),
      ],
    ] as const) {
      const measured = await measure(server.url, way, own)
      Object.assign(figures, {
        [`${words}: positions a second`]: measured.sent / seconds,
        [`${words}: share of a core, % (≤ 50)`]: measured.cpuShare * 100,
        [`${words}: device to screen p50, ms`]: percentile(measured.latencies, 0.5),
        [`${words}: device to screen p95, ms (≤ 1,000)`]: percentile(measured.latencies, 0.95),
        [`${words}: time to the answer p95, ms`]: percentile(measured.answers, 0.95),
        [`${words}: refused`]: measured.refused,
        [`${words}: positions that the screen got, % of those sent`]: measured.latencies.length / measured.sent * 100,
      })
      await sleep(1000)
    }
    const [{ kept }] = await sql<[{ kept: number }]>`select count(*)::integer as kept from officer_tracks`
    figures['places kept in tracks'] = kept
    await server.stop()
    return figures
  }
  finally {
    await sql.end({ timeout: 1 })
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(url: string, way: 'trackers' | 'gateway', ids: string[]): Promise<Reported & { cpuShare: number }> {
  const child = fork(join(import.meta.dirname, 'positions/reporters.ts'))
  const told = async <T>() => (await once(child, 'message'))[0] as T
  child.send({
    url,
    way,
    ids,
    password,
    everySeconds,
  })
  await told()
  await sleep(warmSeconds * 1000)
  child.send('reset')
  const [before, begun] = [
    await cpuSeconds(url),
    performance.now(),
  ]
  await sleep(seconds * 1000)
  const cpuShare = (await cpuSeconds(url) - before) / ((performance.now() - begun) / 1000)
  child.send('report')
  const reported = await told<Reported>()
  child.disconnect()
  await once(child, 'exit')
  return { ...reported, cpuShare }
}

/** Of the server's process, all threads of it: what it has used since its start. */
async function cpuSeconds(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  return Number(/^process_cpu_seconds_total ([\d.e+-]+)$/m.exec(metrics)![1])
}

function tokenOf(id: string): string {
  return `token-of-${id}`
}

function percentile(values: number[], share: number): number {
  return values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
}
