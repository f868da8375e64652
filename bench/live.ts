import type { ChildProcess } from 'node:child_process'
import type { Sql } from '../db/connect.ts'
import type { Usage } from './live/measured.ts'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { appendEvents } from '../db/queries/events.ts'
import { createLog } from '../server/log.ts'

type Kind = 'ours' | 'plain' | 'ws'
const kinds: Kind[] = ['ours', 'plain', 'ws']
const busySeconds = 4
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
 * first written durably to the same log; the peers are told once it is. Latency runs from before the write to the first follower.
 */
export async function run(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  const embedded = await startEmbedded({
    dataDir: folder,
    log: createLog('silent'),
  })
  const sql = connect(embedded.url, { name: 'bench live' })
  const figures: Record<string, number | string> = {}
  try {
    await migrate(sql)
    for (const [count, peers, ours] of busyRate) {
      const results = new Map<Kind, Result>()
      for (const kind of kinds) {
        results.set(kind, await measure(kind, count, kind === 'ours'
          ? ours
          : peers, sql, embedded.url))
      }
      const [own, plain, ws] = kinds.map(kind => results.get(kind)!) as [Result, Result, Result]
      Object.assign(figures, {
        [`${count} followers: deliveries a CPU second, ours`]: own.perCpuSecond,
        [`${count} followers: times plain socket.io (≥ 20)`]: own.perCpuSecond / plain.perCpuSecond,
        [`${count} followers: times ws alone`]: own.perCpuSecond / ws.perCpuSecond,
        [`${count} followers: p99 at half load, ms (≤ 150)`]: own.halfLoadP99,
        [`${count} followers: quiet p50, ms: ours, plain, ws`]: [own, plain, ws].map(({ quietP50 }) => quietP50.toFixed(2)).join(' '),
        [`${count} followers: quiet p50 against plain (≤ 1.2)`]: own.quietP50 / plain.quietP50,
        [`${count} followers: bytes an event without the clock in it, ours, plain (≤ 110)`]: `${own.bytesAnEvent.toFixed(0)} ${plain.bytesAnEvent.toFixed(0)}`,
        [`${count} followers: memory a connection against plain (≤ 1.2)`]: own.rssAConnection / plain.rssAConnection,
      })
    }
    return figures
  }
  finally {
    await sql.end({ timeout: 1 })
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Result { perCpuSecond: number, halfLoadP99: number, quietP50: number, bytesAnEvent: number, rssAConnection: number }

async function measure(kind: Kind, count: number, rate: number, sql: Sql, databaseUrl: string): Promise<Result> {
  const server = kind === 'ours'
    ? child('ours', databaseUrl)
    : child('peer', kind)
  const { port } = await told<{ port: number }>(server)
  const before = (await usageOf(server)).rss
  const followers = child('followers', kind, String(port), String(count))
  await told(followers)
  const rssAConnection = ((await usageOf(server)).rss - before) / count

  let number = 0
  const emit = async (size: number) => {
    const events = Array.from({ length: size }, () => ({
      id: `GD2611240${String(number++ % 1000).padStart(3, '0')}`,
      set: {
        status: 'dispatched',
        t: clock(),
      },
    }))
    await sql.begin(tx => appendEvents(tx, '990101001', events.map(event => ({ type: 'case.dispatched', ...event }))))
    if (kind !== 'ours') {
      server.send({
        emit: events.map(event => ({
          ...event,
          type: 'case.dispatched',
          at: Date.now(),
          seq: number,
          note: 'as long as a plain event of a case is, with its names and so on',
        })),
      })
    }
  }
  const flood = async (perSecond: number) => {
    const begun = performance.now()
    for (let sent = 0; sent < perSecond * busySeconds;) {
      const due = Math.floor((performance.now() - begun) / 1000 * perSecond) - sent
      if (due > 0) {
        await emit(due)
        sent += due
      }
      await sleep(5)
    }
    await sleep(500)
    return await reportOf(followers)
  }

  await flood(rate / 4) // warms up
  for (let i = 0; i < 20; i++) {
    await emit(1)
    await sleep(250)
  }
  const quiet = await reportOf(followers)
  await usageOf(server)
  const half = await flood(rate / 2)
  await usageOf(server)
  const busy = await flood(rate)
  const { cpuMicros } = await usageOf(server)
  for (const process of [followers, server]) {
    process.disconnect()
    await once(process, 'exit')
  }
  return {
    perCpuSecond: busy.events / (cpuMicros / 1e6),
    halfLoadP99: percentile(half.latencies, 0.99),
    quietP50: percentile(quiet.latencies, 0.5),
    bytesAnEvent: busy.bytes / busy.events - Buffer.byteLength(`,"t":${clock()}`),
    rssAConnection,
  }
}

/** Milliseconds, the same in every process of this machine, short enough to add little to an event. */
function clock(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 10 % 1e7) / 10
}

function child(name: string, ...args: string[]): ChildProcess {
  return fork(join(import.meta.dirname, `live/${name}.ts`), args)
}

async function told<T>(from: ChildProcess): Promise<T> {
  const [message] = await once(from, 'message')
  return message as T
}

async function usageOf(server: ChildProcess): Promise<Usage> {
  server.send({ ask: 'usage' })
  return (await told<{ usage: Usage }>(server)).usage
}

async function reportOf(followers: ChildProcess) {
  followers.send({ ask: 'report' })
  return (await told<{ report: { events: number, bytes: number, latencies: number[] } }>(followers)).report
}

function percentile(values: number[], share: number): number {
  return values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
}
