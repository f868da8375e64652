import type { Heard, Kind, Side } from './live/side.ts'
import type { SideDatabase } from './live/side-database.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbedded } from '../db/embedded.ts'
import { createLog } from '../server/log.ts'
import { sideDatabase } from './live/side-database.ts'
import { clock, openSide } from './live/side.ts'

const kinds: Kind[] = ['ours', 'plain', 'ws']
const busySeconds = 4
const quietRounds = 100
/** Deliveries a second. */
const warmRate = 30_000
/**
 * Events a second when busy, by number of followers. The peers get what they can bear on one core: what a delivery costs them does
 * not depend on the rate. Ours gets what fills its batches.
 */
const busyRate: [count: number, peers: number, ours: number][] = [
  [200, 200, 2000],
  [1000, 40, 1000],
]

/**
 * The live engine against socket.io as it comes (one event a packet) and `ws` alone, the followers in another process. Every event is
 * first written durably to the same log; the peers are told once it is. Latency runs from before the write to every tenth follower.
 */
export async function run(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  const embedded = await startEmbedded({
    dataDir: folder,
    log: createLog('silent'),
  })
  const databases = await Promise.all(kinds.map(kind => sideDatabase(embedded.url, kind)))
  const figures: Record<string, number | string> = {}
  try {
    for (const [count, peers, ours] of busyRate) {
      const quiet = await quietP50s(count, databases)
      const results: Busy[] = []
      for (const [index, { sql, url }] of databases.entries()) {
        const side = await openSide(kinds[index]!, count, sql, url)
        results.push(await busy(side, side.kind === 'ours'
          ? ours
          : peers))
        await side.close()
      }
      const [own, plain, ws] = results as [Busy, Busy, Busy]
      Object.assign(figures, {
        [`${count} followers: deliveries a CPU second, ours`]: own.perCpuSecond,
        [`${count} followers: times plain socket.io (≥ 20)`]: own.perCpuSecond / plain.perCpuSecond,
        [`${count} followers: times ws alone`]: own.perCpuSecond / ws.perCpuSecond,
        [`${count} followers: p99 at half load, ms (≤ 150)`]: own.halfLoadP99,
        [`${count} followers: quiet p50, ms: ours, plain, ws`]: quiet.map(p50 => p50.toFixed(2)).join(' '),
        [`${count} followers: quiet p50 against plain (≤ 1.2)`]: quiet[0]! / quiet[1]!,
        [`${count} followers: bytes an event without the clock in it, ours, plain (≤ 110)`]: `${own.bytesAnEvent.toFixed(0)} ${plain.bytesAnEvent.toFixed(0)}`,
        [`${count} followers: memory a connection against plain (≤ 1.2)`]: own.rssAConnection / plain.rssAConnection,
      })
    }
    return figures
  }
  finally {
    await Promise.all(databases.map(({ sql }) => sql.end({ timeout: 1 })))
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * A lone event to each side in turn: on a machine with few cores it is luck which process runs first, so one side's samples are
 * compared with what the others took in the same seconds.
 */
async function quietP50s(count: number, databases: SideDatabase[]): Promise<number[]> {
  const sides = await Promise.all(databases.map(({ sql, url }, index) => openSide(kinds[index]!, count, sql, url)))
  const everySide = async (rounds: number, pauseMs: number) => {
    for (let round = 0; round < rounds; round++) {
      for (const side of sides) {
        await side.emit(1)
        await sleep(pauseMs)
      }
    }
    return await Promise.all(sides.map(side => side.heard()))
  }
  for (const side of sides)
    await flood(side, warmRate / count) // warms up
  const heard = await everySide(quietRounds, 150)
  await Promise.all(sides.map(side => side.close()))
  return heard.map(({ latencies }) => percentile(latencies, 0.5))
}

interface Busy { perCpuSecond: number, halfLoadP99: number, bytesAnEvent: number, rssAConnection: number }

async function busy(side: Side, rate: number): Promise<Busy> {
  await flood(side, rate / 4) // warms up
  await side.usage()
  const half = await flood(side, rate / 2)
  await side.usage()
  const full = await flood(side, rate)
  const { cpuMicros } = await side.usage()
  return {
    perCpuSecond: full.events / (cpuMicros / 1e6),
    halfLoadP99: percentile(half.latencies, 0.99),
    bytesAnEvent: full.bytes / full.events - Buffer.byteLength(`,"t":${clock()}`),
    rssAConnection: side.rssAConnection,
  }
}

async function flood(side: Side, perSecond: number): Promise<Heard> {
  const begun = performance.now()
  for (let sent = 0; sent < perSecond * busySeconds;) {
    const due = Math.floor((performance.now() - begun) / 1000 * perSecond) - sent
    if (due > 0) {
      await side.emit(due)
      sent += due
    }
    await sleep(5)
  }
  await sleep(500)
  return await side.heard()
}

function percentile(values: number[], share: number): number {
  return values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
}
