import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { connect } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { runImport } from '../server/ingest/run-import.ts'
import { createLog } from '../server/log.ts'
import { personalData } from '../server/privacy/personal-data.ts'
import { caseFile } from '../test/world/case-file.ts'
import { osmFile } from '../test/world/osm-file.ts'

const cases = 100_000
const osmMegabytes = 100

/**
 * Cases per second from a CSV file of 100,000 into an empty database that syncs every batch to disk, the same file again,
 * and a generated OSM file of 100 MB with the growth of this process while it is read (without the database).
 */
export async function run(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  const embedded = await startEmbedded({
    dataDir: folder,
    log: createLog('silent'),
  })
  const sql = connect(embedded.url, { name: 'bench import' })
  try {
    await migrate(sql)
    const personal = personalData(new Uint8Array(32).fill(1))
    // The first rows warm the code and the database; they are not counted.
    await runImport({
      sql,
      personal,
      kind: 'cases',
      format: 'csv',
      input: () => caseFile({ rows: 5000, firstNumber: cases }),
    })
    const importCases = () => timed(() => runImport({
      sql,
      personal,
      kind: 'cases',
      format: 'csv',
      input: () => caseFile({ rows: cases }),
    }))
    const first = await importCases()
    const second = await importCases()
    const memory = watchMemory()
    const osm = await timed(() => runImport({
      sql,
      kind: 'osm',
      format: 'osm-xml',
      input: () => osmFile({ megabytes: osmMegabytes }),
    }))
    return {
      'cases into an empty database: per second (≥ 20,000)': first.answer.created / first.seconds,
      'the same cases again, nothing changed: per second': second.answer.unchanged / second.seconds,
      'OSM XML: MB per second, read twice': osmMegabytes / osm.seconds,
      'OSM XML: streets and buildings per second': osm.answer.created / osm.seconds,
      'OSM XML of 100 MB: growth of memory, MB': memory.stop(),
    }
  }
  finally {
    await sql.end({ timeout: 1 })
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ answer: T, seconds: number }> {
  const begun = performance.now()
  const answer = await work()
  return { answer, seconds: (performance.now() - begun) / 1000 }
}

function watchMemory(): { stop: () => number } {
  const before = process.memoryUsage.rss()
  let most = before
  const timer = setInterval(() => most = Math.max(most, process.memoryUsage.rss()), 50)
  return {
    stop() {
      clearInterval(timer)
      return (most - before) / 1e6
    },
  }
}
