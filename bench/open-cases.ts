import type { LightFollower } from '../test/world/light-follower.ts'
import type { LiveProcess } from '../test/world/live-process.ts'
import type { SideDatabase } from './live/side-database.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbedded } from '../db/embedded.ts'
import { createLog } from '../server/log.ts'
import { writeCase } from '../test/world/case-writes.ts'
import { lightFollowers } from '../test/world/light-follower.ts'
import { liveProcess } from '../test/world/live-process.ts'
import { sideDatabase } from './live/side-database.ts'

const followerCount = 20
const sizes = [1000, 100_000] as const
/** Changes a server has seen before it is measured: its code is compiled by then, as it is after a minute of any day. */
const warmUp = 2000
const rounds = 8
const changesARound = 500
/** After so long the snapshot that followers shared is forgotten. */
const forgottenMs = 18_000

interface Side extends SideDatabase { server: LiveProcess, followers: LightFollower[], snapshotSeconds: number, written: number, cpuAChange: number[] }

/**
 * What many open cases cost: the time until a new follower has them all, and the CPU that the server spends on a change, with
 * 1,000 and with 100,000 open cases. Both servers run side by side on databases of their own and are measured in turns.
 */
export async function run(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  const embedded = await startEmbedded({
    dataDir: folder,
    log: createLog('silent'),
  })
  const sides: Side[] = []
  try {
    for (const size of sizes)
      sides.push(await openSide(embedded.url, size))
    await sleep(forgottenMs)
    for (const side of sides)
      await change(side, warmUp)
    for (let round = 0; round < rounds; round++) {
      for (const side of sides) {
        await side.server.usage()
        await change(side, changesARound)
        side.cpuAChange.push((await side.server.usage()).cpuMicros / changesARound)
      }
    }
    const [few, many] = sides.map(({ cpuAChange }) => median(cpuAChange)) as [number, number]
    return {
      'snapshot of 100,000 open cases to a new follower, s (≤ 3)': sides[1]!.snapshotSeconds,
      'snapshot of 1,000 open cases, s': sides[0]!.snapshotSeconds,
      'CPU of the server a change, 1,000 open cases, microseconds': few,
      'CPU of the server a change, 100,000 open cases, microseconds': many,
      'a change at 100,000 against at 1,000 (0.8–1.2)': many / few,
    }
  }
  finally {
    for (const { server, followers, sql } of sides) {
      followers.forEach(follower => follower.close())
      await server.stop()
      await sql.end({ timeout: 1 })
    }
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function openSide(serverUrl: string, size: number): Promise<Side> {
  const database = await sideDatabase(serverUrl, `open_${size}`)
  const { sql, url } = database
  await sql`
    insert into cases (subdistrict, id, kind, source, status, content, address, community, location, reported_at)
    select '990101001', 'open ' || number, 'noise', 'hotline', 'dispatched', '夜间施工噪声扰民，居民无法休息，请尽快处理（' || number || '）',
      '甸柳新村四区' || number % 90 || '号楼', '990101001001', point(117 + number % 1000 / 1e5, 36.6 + number / 1e7), now()
    from generate_series(1, ${size}::integer) as number`
  await sql`vacuum analyze cases`
  const server = await liveProcess(url)
  const followers = await lightFollowers(server.url, followerCount - 1)
  await sleep(forgottenMs)
  const begun = performance.now()
  followers.push(...await lightFollowers(server.url, 1))
  return {
    ...database,
    server,
    followers,
    snapshotSeconds: (performance.now() - begun) / 1000,
    written: 0,
    cpuAChange: [],
  }
}

/** Writes one change after the other, and waits until every follower has them. */
async function change(side: Side, count: number): Promise<void> {
  const { sql, followers } = side
  for (let number = 0; number < count; number++) {
    await sql.begin(tx => writeCase(tx, {
      id: 'open 500',
      what: 'change',
      community: null,
      value: side.written++,
    }))
  }
  const [head] = await sql<{ seq: number }[]>`select max(seq) as seq from events`
  while (!followers.every(follower => follower.seq() >= head!.seq))
    await sleep(10)
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
