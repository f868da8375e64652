import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

/** `npm run bench [-- NAME…]`: runs bench/<name>.ts, each in turn, and keeps the figures in bench/results.json. */

export interface Result { date: string, machine: string, node: string, seconds: number, figures: Record<string, number | string> }

const folder = import.meta.dirname
const resultsFile = join(folder, 'results.json')

const all = (await readdir(folder)).filter(file => file.endsWith('.ts') && file !== 'run.ts').map(file => file.slice(0, -'.ts'.length)).sort()
const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !all.includes(name))
if (unknown.length > 0) {
  console.error(`✗ No such bench: ${unknown.join(', ')}. There are: ${all.join(', ')}.`)
  process.exit(1)
}
if (!existsSync(join(folder, '../dist')))
  console.warn('The pages are not built: benches that open them need `npm run build` first.')

for (const name of wanted.length > 0
  ? wanted
  : all) {
  console.log(`\n── ${name} ──`)
  const begun = performance.now()
  const { run } = await import(`./${name}.ts`) as { run: () => Promise<Record<string, number | string>> }
  const figures = await run()
  const seconds = Math.round((performance.now() - begun) / 100) / 10
  print(figures)
  await keep(name, {
    date: new Date().toISOString(),
    machine: describeMachine(),
    node: process.versions.node,
    seconds,
    figures,
  })
}

function print(figures: Record<string, number | string>): void {
  const width = Math.max(...Object.keys(figures).map(name => name.length))
  for (const [name, value] of Object.entries(figures)) {
    console.log(`  ${name.padEnd(width)}  ${typeof value === 'number'
      ? round(value)
      : value}`)
  }
}

/** Read again each time: another bench may have written in the meantime. */
async function keep(name: string, result: Result): Promise<void> {
  const before = existsSync(resultsFile)
    ? JSON.parse(await readFile(resultsFile, 'utf8')) as Record<string, Result>
    : {}
  const figures = Object.fromEntries(Object.entries(result.figures).map(([key, value]) => [
    key,
    typeof value === 'number'
      ? round(value)
      : value,
  ]))
  const entries = Object.entries({
    ...before,
    [name]: { ...result, figures },
  }).sort(([a], [b]) => a.localeCompare(b))
  await writeFile(resultsFile, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`)
}

/** Three digits say all that a measurement on a shared machine can. */
function round(value: number): number {
  return Number(value.toPrecision(3))
}

function describeMachine(): string {
  return `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`
}
