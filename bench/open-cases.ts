import type { Sql } from '../db/connect.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { createLog } from '../server/log.ts'
import { writeCase } from '../test/world/case-writes.ts'
import { lightFollowers } from '../test/world/light-follower.ts'
import { liveProcess } from '../test/world/live-process.ts'

const followerCount = 20
const changes = 1000
/** After so long the snapshot that followers shared is forgotten, and its garbage collected. */
const forgottenMs = 18_000

interface Measured { snapshotSeconds: number, cpuAChange: number }

/**
 * What many open cases cost: the time until a new follower has them all, and the CPU that the server spends on a change, with
 * 1,000 and with 100,000 open cases, in turns.
 */
export async function run(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  const embedded = await startEmbedded({
    dataDir: folder,
    log: createLog('silent'),
  })
  const sql = connect(embedded.url, { name: 'bench open cases' })
  try {
    await migrate(sql)
    await openCases(sql, 1, 1000)
    const few = [await measure(sql, embedded.url), await measure(sql, embedded.url)]
    await openCases(sql, 1001, 100_000)
    const many = [await measure(sql, embedded.url), await measure(sql, embedded.url)]
    const least = (measured: Measured[], figure: keyof Measured) => Math.min(...measured.map(one => one[figure]))
    return {
      'snapshot of 100,000 open cases to a new follower, s (≤ 3)': least(many, 'snapshotSeconds'),
      'snapshot of 1,000 open cases, s': least(few, 'snapshotSeconds'),
      'CPU of the server a change, 1,000 open cases, microseconds': least(few, 'cpuAChange'),
      'CPU of the server a change, 100,000 open cases, microseconds': least(many, 'cpuAChange'),
      'a change at 100,000 against at 1,000 (0.8–1.2)': least(many, 'cpuAChange') / least(few, 'cpuAChange'),
    }
  }
  finally {
    await sql.end({ timeout: 1 })
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(sql: Sql, url: string): Promise<Measured> {
  const server = await liveProcess(url)
  const followers = await lightFollowers(server.url, followerCount - 1)
  await sleep(forgottenMs)
  const begun = performance.now()
  followers.push(...await lightFollowers(server.url, 1))
  const snapshotSeconds = (performance.now() - begun) / 1000
  await sleep(forgottenMs)
  await server.usage()
  for (let value = 0; value < changes; value++) {
    await sql.begin(tx => writeCase(tx, {
      id: 'open 500',
      what: 'change',
      community: null,
      value,
    }))
  }
  const [head] = await sql<{ seq: number }[]>`select max(seq) as seq from events`
  while (!followers.every(follower => follower.seq() >= head!.seq))
    await sleep(10)
  const { cpuMicros } = await server.usage()
  followers.forEach(follower => follower.close())
  await server.stop()
  return { snapshotSeconds, cpuAChange: cpuMicros / changes }
}

async function openCases(sql: Sql, from: number, to: number): Promise<void> {
  await sql`
    insert into cases (subdistrict, id, kind, source, status, content, address, community, location, reported_at)
    select '990101001', 'open ' || number, 'noise', 'hotline', 'dispatched', '夜间施工噪声扰民，居民无法休息，请尽快处理（' || number || '）',
      '甸柳新村四区' || number % 90 || '号楼', '990101001001', point(117 + number % 1000 / 1e5, 36.6 + number / 1e7), now()
    from generate_series(${from}::integer, ${to}::integer) as number`
  await sql`vacuum analyze cases`
}
