import type { Sql } from '../db/connect.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { connect } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { findLedger } from '../db/queries/ledger.ts'
import { createLog } from '../server/log.ts'
import { fillCases } from './cases/fill-cases.ts'
import { ledgerQuestions, wholeRequest } from './cases/ledger-questions.ts'

/** CASES=200000 for a look while working; the promise is about a million. */
const cases = Number(process.env.CASES ?? 1_000_000)
const rounds = 7
/** What db/migrations/011-ledger.sql added. */
const ledgerIndexes = '^cases_(by_text|by_status|by_kind|by_source|by_urgency|by_grid|by_compound|by_zone|by_worksite|supervised|answered_no|unlocated|by_phone|by_assignee|by_report|open_by_report|by_closing|by_dissatisfaction)$'
const now = new Date('2026-11-16T12:00:00Z')

/**
 * Milliseconds until a page of the ledger with its count is there, by what is asked, over a million cases in a database of its
 * own; and what its indexes cost a writer. Each question is asked once before, then seven times.
 */
export async function run(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  const embedded = await startEmbedded({
    dataDir: folder,
    log: createLog('silent'),
  })
  const sql = connect(embedded.url, { name: 'bench cases' })
  try {
    await migrate(sql)
    const write = await writeCost(sql)
    await fillWithoutIndexes(sql)
    return {
      cases,
      ...await askAll(sql),
      ...write,
    }
  }
  finally {
    await sql.end({ timeout: 1 })
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function askAll(sql: Sql): Promise<Record<string, number>> {
  const all: number[] = []
  const figures: Record<string, number> = {}
  for (const [name, question] of Object.entries(ledgerQuestions)) {
    const request = wholeRequest(question, now)
    await findLedger(sql, request)
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now()
      await findLedger(sql, request)
      times.push(performance.now() - begun)
    }
    all.push(...times)
    figures[`${name}: p50 ms`] = share(times, 0.5)
    figures[`${name}: p95 ms`] = share(times, 0.95)
  }
  return {
    'any filter: p95 ms (≤ 100)': share(all, 0.95),
    'any filter: p50 ms': share(all, 0.5),
    ...figures,
  }
}

/** Rows per second into an empty table with the ledger's indexes, as a share of those without; by turns. */
async function writeCost(sql: Sql): Promise<Record<string, number>> {
  const rows = 10_000
  const [withIndexes, without]: [number[], number[]] = [[], []]
  for (let round = 0; round < 3; round++) {
    withIndexes.push(await secondsOf(() => fillCases(sql, 0, rows)))
    await sql`truncate cases cascade`
    const restore = await dropIndexes(sql, ledgerIndexes)
    without.push(await secondsOf(() => fillCases(sql, 0, rows)))
    await sql`truncate cases cascade`
    await restore()
  }
  return { 'inserts with the ledger\'s indexes : without': Math.min(...without) / Math.min(...withIndexes) }
}

/** Built over all rows at once, indexes cost a fraction of the time. */
async function fillWithoutIndexes(sql: Sql): Promise<void> {
  const restore = await dropIndexes(sql, '.')
  await fillCases(sql, 1_000_000 - cases, 1_000_000)
  await restore()
  await sql`vacuum analyze cases`
}

/** Drops those whose name matches; returns the way to make them again. */
async function dropIndexes(sql: Sql, pattern: string): Promise<() => Promise<void>> {
  const found = await sql<{ name: string, definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'cases' and schemaname = 'public' and indexname <> 'cases_pkey' and indexname ~ ${pattern}
      and not exists (select from pg_constraint where conname = indexname)`
  for (const { name } of found)
    await sql`drop index ${sql(name)}`
  return async () => {
    for (const { definition } of found)
      await sql.unsafe(definition)
  }
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

function share(values: number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]!
}
