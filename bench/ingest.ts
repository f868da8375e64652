import type { ChildProcess } from 'node:child_process'
import type { Posted } from './ingest/clients.ts'
import type { Usage } from './live/measured.ts'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { createLog } from '../server/log.ts'

const clients = 50
const seconds = 8

/**
 * Cases posted over HTTP by 50 clients, each acknowledged only when it is on disk with its event, against what a server that
 * commits each by itself could reach at best: bare inserts of the same row from 50 connections, without HTTP and without a log.
 */
export async function run(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  const embedded = await startEmbedded({
    dataDir: folder,
    log: createLog('silent'),
  })
  const sql = connect(embedded.url, { name: 'bench ingest' })
  try {
    await migrate(sql)
    const server = child('server', embedded.url)
    const { port } = await told<{ port: number }>(server)
    const posting = child('clients', String(port), String(clients))
    await told(posting)
    await post(posting, 3) // warms up
    await usageOf(server)
    const before = await singleInserts(embedded.url, seconds / 2)
    await usageOf(server)
    const { registered, refused, latencies } = await post(posting, seconds)
    const { cpuMicros } = await usageOf(server)
    const after = await singleInserts(embedded.url, seconds / 2)
    const [kept] = await sql<[{ cases: number, events: number }]>`
      select (select count(*) from cases where id like 'GD%') as cases, (select count(*) from events) as events`
    for (const process of [posting, server]) {
      process.disconnect()
      await once(process, 'exit')
    }
    const perSecond = registered / seconds
    const single = (before + after) / 2
    return {
      'POST /api/v1/cases, 50 clients: cases a second, each durable (≥ 2,000)': perSecond,
      'bare inserts one by one, 50 connections: a second': single,
      'times bare inserts': perSecond / single,
      'time to the answer, ms: p50': percentile(latencies, 0.5),
      'time to the answer, ms: p99': percentile(latencies, 0.99),
      'CPU of the server a case, microseconds': cpuMicros / registered,
      'refused': refused,
      'cases without an event': kept.cases - kept.events,
    }
  }
  finally {
    await sql.end({ timeout: 1 })
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A commit for each row, from as many connections as there are clients. @returns rows a second */
async function singleInserts(url: string, seconds: number): Promise<number> {
  const sql = connect(url, { name: 'bench ingest bare', max: clients })
  const end = performance.now() + seconds * 1000
  let rows = 0
  await Promise.all(Array.from({ length: clients }, async (_, connection) => {
    while (performance.now() < end) {
      await sql`
        insert into cases (subdistrict, id, kind, source, status, content, address, location, reported_at)
        values ('000000000', ${`bare ${connection} ${crypto.randomUUID()}`}, 'other', 'hotline', 'registered', '楼道灯坏了', '甸柳新村', point(117.05, 36.66), now())`
      rows++
    }
  }))
  await sql.end({ timeout: 1 })
  return rows / seconds
}

function child(name: string, ...args: string[]): ChildProcess {
  return fork(join(import.meta.dirname, `ingest/${name}.ts`), args)
}

async function told<T>(from: ChildProcess): Promise<T> {
  const [message] = await once(from, 'message')
  return message as T
}

async function usageOf(server: ChildProcess): Promise<Usage> {
  server.send({ ask: 'usage' })
  return (await told<{ usage: Usage }>(server)).usage
}

async function post(posting: ChildProcess, seconds: number): Promise<Posted> {
  posting.send({ post: seconds })
  return (await told<{ posted: Posted }>(posting)).posted
}

function percentile(values: number[], share: number): number {
  return values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
}
