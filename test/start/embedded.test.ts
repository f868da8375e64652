import { once } from 'node:events'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import type { EmbeddedOptions } from '../../db/embedded.ts'
import { connect } from '../../db/connect.ts'
import { findRunning, startEmbedded } from '../../db/embedded.ts'
import { createLog } from '../../server/log.ts'
import { eventually } from '../world/eventually.ts'
import { emptyFolder } from '../world/folder.ts'
import { gone } from '../world/processes.ts'

async function start(dataDir: string, options: Partial<EmbeddedOptions> = {}) {
  const embedded = await startEmbedded({
    dataDir,
    log: createLog('silent'),
    ...options,
  })
  onTestFinished(embedded.stop)
  const sql = connect(embedded.url, { max: 1 })
  onTestFinished(() => sql.end({ timeout: 1 }))
  return { ...embedded, sql }
}

it('another process finds the running database, with its password, which only the owner may read', async () => {
  const folder = await emptyFolder()
  expect(await findRunning(folder)).toBeNull()
  const { url, stop } = await start(folder)
  expect(await findRunning(folder)).toBe(url)
  expect((await stat(join(folder, 'postgres.json'))).mode & 0o777).toBe(0o600)
  await stop()
  expect(await findRunning(folder)).toBeNull()
})

it('it sorts, finds and compares Chinese text, and asks for a password', async () => {
  const { sql, url } = await start(await emptyFolder())
  const [row] = await sql`select upper('é') as upper, current_setting('server_encoding') as encoding, '老旧小区' ~ '^\\w+$' as words`
  expect(row).toEqual({ upper: 'É', encoding: 'UTF8', words: true })
  const wrong = connect(url.replace(/:[^:@]+@/, ':guess@'), { max: 1 })
  await expect(wrong`select 1`).rejects.toMatchObject({ code: '28P01' })
})

it('killed by -9 it runs again on the same port with all that was committed', async () => {
  const restarted: number[] = []
  const { sql, pid } = await start(await emptyFolder(), {
    onRestart: () => restarted.push(1),
  })
  await sql`create table kept (n int)`
  await sql`insert into kept values (7)`
  process.kill(pid(), 'SIGKILL')
  const until = Date.now() + 15_000
  let rows: unknown[] = []
  while (Date.now() < until && rows.length === 0) {
    rows = await sql`select n from kept`.catch(() => [])
    await sleep(50)
  }
  expect(rows).toEqual([
    { n: 7 },
  ])
  // It answers a moment before it is known to.
  await eventually(() => restarted.length > 0, { seconds: 30 })
  expect(restarted).toEqual([1])
})

it.each([
  0,
  150,
  300,
  600,
])('stopped %i ms after it was killed, in the middle of being started again, it ends and leaves nothing running', async (ms) => {
  const { pid, stop } = await start(await emptyFolder())
  process.kill(pid(), 'SIGKILL')
  await sleep(ms)
  await stop()
  await gone(pid(), 0)
})

it('a second start on the same folder says in one line who uses it', async () => {
  const folder = await emptyFolder()
  await start(folder)
  await expect(start(folder)).rejects.toThrow(new RegExp(`^[^\\n]*Another server \\(process ${process.pid}\\) uses DATA_DIR ${folder}[^\\n]*$`))
})

it('a lost postgres.json gets the database a new password', async () => {
  const folder = await emptyFolder()
  const first = await start(folder)
  await first.sql`create table kept (n int)`
  await first.stop()
  await rm(join(folder, 'postgres.json'))
  const second = await start(folder)
  expect(await second.sql`select * from kept`).toEqual([])
  expect(new URL(second.url).password).not.toBe(new URL(first.url).password)
})

it('a file that names an unrelated process as the database\'s does no harm to either', async () => {
  const folder = await emptyFolder()
  const first = await start(folder)
  await first.stop()
  await writeFile(join(folder, 'postgres/postmaster.pid'), `${process.pid}\n`)
  const { sql } = await start(folder)
  expect(await sql`select 1 as one`).toEqual([
    { one: 1 },
  ])
})

it('if its former port is taken it uses another', async () => {
  const folder = await emptyFolder()
  const first = await start(folder)
  await first.stop()
  const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1')
  await once(squatter, 'listening')
  const second = await start(folder)
  expect(new URL(second.url).port).not.toBe(new URL(first.url).port)
  squatter.close()
})

it('a database of another major version is refused in one line and left as it is', async () => {
  const folder = await emptyFolder()
  await (await start(folder)).stop()
  await writeFile(join(folder, 'postgres/PG_VERSION'), '16\n')
  await expect(start(folder)).rejects.toThrow('was made by PostgreSQL 16')
  expect(await readFile(join(folder, 'postgres/PG_VERSION'), 'utf8')).toBe('16\n')
})

it('a DATA_DIR that is a file, or lies below one, is told in one line', async () => {
  const file = join(await emptyFolder(), 'file')
  await writeFile(file, '')
  await expect(start(file)).rejects.toThrow(`DATA_DIR ${file} is not a folder`)
  await expect(start(join(file, 'below'))).rejects.toThrow('is not a folder')
})

it('stopped it leaves no process', async () => {
  const { pid, stop } = await start(await emptyFolder())
  const postmaster = pid()
  await stop()
  await gone(postmaster, 0)
})
