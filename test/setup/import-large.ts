import process from 'node:process'
import { connect } from '../../db/connect.ts'
import { runImport } from '../../server/ingest/run-import.ts'
import { caseFile } from '../world/case-file.ts'
import { testPersonal } from '../world/import.ts'
import { osmFile } from '../world/osm-file.ts'

/** node import-large.ts KIND MEGABYTES URL: imports a generated file of that size and writes what came of it as JSON. */
const [, , kind, megabytes, url] = process.argv
const sql = connect(url!, { max: 3 })
let most = 0
const timer = setInterval(() => most = Math.max(most, process.memoryUsage.rss()), 50)
let created = 0
let error = ''
try {
  const summary = kind === 'osm'
    ? await runImport({
        sql,
        kind: 'osm',
        format: 'osm-xml',
        input: () => osmFile({
          megabytes: Number(megabytes),
        }),
      })
    : await runImport({
        sql,
        kind: 'cases',
        format: 'csv',
        personal: testPersonal,
        input: () => caseFile({ rows: Number(megabytes) * 6500 }),
      })
  created = summary.created
}
catch (caught) {
  error = (caught as Error).message
}
clearInterval(timer)
await sql.end({ timeout: 1 })
process.stdout.write(JSON.stringify({
  created,
  error,
  megabytes: Math.round(most / 1e6),
}))
