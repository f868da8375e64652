import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, afterEach, expect, it } from 'vitest'
import { testDatabase } from '../world/database.ts'
import { sized } from '../world/long.ts'

const { sql, url, drop } = await testDatabase()
afterEach(() => sql`truncate streets, buildings, cases, case_steps, events cascade`)
afterAll(drop)

const megabytes = sized(1000, 60)

/** In a process of its own, whose heap is far smaller than the file: whoever holds the file whole dies. */
async function importWithin(heapMegabytes: number, kind: 'osm' | 'cases'): Promise<{ created: number, error: string, megabytes: number }> {
  const child = spawn(process.execPath, [
    `--max-old-space-size=${heapMegabytes}`,
    '--max-semi-space-size=8', // else the heap's young part takes as much again
    join(import.meta.dirname, '../setup/import-large.ts'),
    kind,
    String(megabytes),
    url,
  ])
  let output = ''
  let complaint = ''
  child.stdout.on('data', chunk => output += chunk)
  child.stderr.on('data', chunk => complaint += chunk)
  await once(child, 'exit')
  expect(complaint.slice(-500)).toBe('')
  return JSON.parse(output)
}

it(`an OSM file of ${megabytes} MB streams through a heap of 96 MB`, {
  timeout: sized(3_600_000, 240_000),
}, async () => {
  const { error, created, megabytes: most } = await importWithin(96, 'osm')
  expect(error).toBe('')
  const [loaded] = await sql`select (select count(*) from streets) + (select count(*) from buildings) as places`
  expect(loaded!.places).toBe(created)
  // Where nodes lie is kept outside of the heap: 16 bytes of the 124 that a node takes in the file.
  expect(most).toBeLessThan(300 + megabytes / 5)
})

it.skipIf(megabytes < 1000)(`a table of ${megabytes} MB streams through a heap of 384 MB`, async () => {
  expect((await importWithin(384, 'cases')).created).toBeGreaterThan(1_000_000)
}, 1_800_000)
