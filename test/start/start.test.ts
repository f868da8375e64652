import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, expect, inject, it, onTestFinished } from 'vitest'
import { logHead } from '../../db/queries/events.ts'
import { testDatabase } from '../world/database.ts'
import { emptyFolder } from '../world/folder.ts'
import { gone, isAlive, parentOf, postmasterOf } from '../world/processes.ts'
import { spawnServer, startServer } from '../world/server.ts'

const db = await testDatabase()
afterAll(db.drop)

/** Starts where it cannot, and returns its only words. */
async function refusal(environment: Record<string, string>): Promise<string> {
  const server = spawnServer(environment)
  expect(await server.exited, server.output()).toBe(1)
  const complaints = server.output().trim().split('\n').filter(line => line.startsWith('✗'))
  expect(complaints, server.output()).toHaveLength(1)
  expect(server.output()).not.toMatch(/\n {4}at /)
  return complaints[0]!
}

it('Ctrl-C stops it and its database within five seconds, exit code 0', async () => {
  const dataDir = await emptyFolder()
  const server = await startServer({ DATA_DIR: dataDir })
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  const postmaster = await postmasterOf(dataDir)
  const begun = Date.now()
  expect(await server.stop()).toBe(0)
  expect(Date.now() - begun).toBeLessThan(5000)
  await gone(postmaster, 0)
  expect(await readdir(dataDir)).not.toContain('server.lock')
})

it('killed by -9 it takes its database with it, and starts again at once with what was stored', async () => {
  const dataDir = await emptyFolder()
  const first = await startServer({ DATA_DIR: dataDir })
  const { epoch } = await (await fetch(`${first.url}/readyz`)).json() as { epoch: string }
  const postmaster = await postmasterOf(dataDir)
  await first.stop('SIGKILL')
  const second = await startServer({ DATA_DIR: dataDir })
  expect(await (await fetch(`${second.url}/readyz`)).json()).toMatchObject({ epoch })
  await gone(postmaster)
  await second.stop()
})

it('a database whose guardian was killed too is ended by the next start', async () => {
  const dataDir = await emptyFolder()
  const first = await startServer({ DATA_DIR: dataDir })
  const postmaster = await postmasterOf(dataDir)
  process.kill(await parentOf(postmaster), 'SIGKILL')
  await first.stop('SIGKILL')
  const second = await startServer({ DATA_DIR: dataDir })
  expect(await postmasterOf(dataDir)).not.toBe(postmaster)
  await gone(postmaster, 0)
  await second.stop()
})

it('stopped while it makes the database it leaves nothing running, and the next start works', async () => {
  const dataDir = await emptyFolder()
  const server = spawnServer({ DATA_DIR: dataDir })
  while (!server.output().includes('Creating a database'))
    await sleep(5)
  await sleep(200)
  server.child.kill('SIGTERM')
  expect(await server.exited).toBe(0)
  const next = await startServer({ DATA_DIR: dataDir })
  expect((await readdir(dataDir)).filter(name => name.startsWith('postgres.new'))).toEqual([])
  await next.stop()
})

it('it ends when npm, its parent, is killed by -9', async () => {
  const dataDir = await emptyFolder()
  const script = `
    const child = require('node:child_process').spawn(process.execPath, [${JSON.stringify(resolve(import.meta.dirname, '../../server/main.ts'))}], { stdio: 'inherit' })
    console.log('pid', child.pid)`
  const npm = await startServer({ DATA_DIR: dataDir, npm_lifecycle_event: 'start' }, [process.execPath, '-e', script])
  const pid = Number(npm.output().match(/pid (\d+)/)![1])
  expect(await isAlive(pid)).toBe(true)
  npm.child.kill('SIGKILL')
  await gone(pid, 6)
})

it('two servers with different ports and folders run side by side', async () => {
  const servers = await Promise.all([
    emptyFolder(),
    emptyFolder(),
  ].map(async folder => startServer({ DATA_DIR: await folder })))
  const epochs = await Promise.all(servers.map(async ({ url }) => (await (await fetch(`${url}/readyz`)).json() as { epoch: string }).epoch))
  expect(new Set(epochs).size).toBe(2)
  expect(await Promise.all(servers.map(server => server.stop()))).toEqual([0, 0])
})

it('with DATABASE_URL it uses that database and starts none', async () => {
  const dataDir = await emptyFolder()
  const server = await startServer({ DATA_DIR: dataDir, DATABASE_URL: db.url })
  const { epoch } = await logHead(db.sql)
  expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({ epoch })
  expect(await readdir(dataDir)).not.toContain('postgres')
  expect(await server.stop()).toBe(0)
})

it('a busy port is refused before anything is made', async () => {
  const dataDir = join(await emptyFolder(), 'data')
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const { port } = squatter.address() as { port: number }
  expect(await refusal({
    PORT: String(port),
    DATA_DIR: dataDir,
  })).toContain(`PORT ${port} is used by another program`)
  await expect(readdir(dataDir)).rejects.toThrow('ENOENT')
  squatter.close()
})

it('a wrong setting is refused by name', async () => {
  expect(await refusal({ PORT: 'eighty' })).toContain('PORT must be a whole number')
})

it('a database that does not answer, or refuses the password, is told without the password', async () => {
  const { port } = new URL(inject('postgres').url)
  expect(await refusal({ DATABASE_URL: 'postgres://a:secret@127.0.0.1:1/b' })).toMatch(/nobody listens at 127\.0\.0\.1:1\/b \(connection refused\)\.$/)
  expect(await refusal({ DATABASE_URL: `postgres://postgres:wrong-secret@127.0.0.1:${port}/postgres` })).toMatch(/refuses the user or the password\.$/)
})

it('as root it also runs where user namespaces are forbidden, with the data of a start where they were allowed', async ({ skip }) => {
  skip(process.getuid!() !== 0, 'not root')
  const dataDir = await emptyFolder()
  const first = await startServer({ DATA_DIR: dataDir })
  await first.stop()
  const programs = await emptyFolder()
  await writeFile(join(programs, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  const second = await startServer({ DATA_DIR: dataDir, PATH: `${programs}:${process.env.PATH}` })
  expect((await stat(join(dataDir, 'postgres'))).uid).not.toBe(0)
  expect(await second.stop()).toBe(0)
  const third = await startServer({ DATA_DIR: dataDir })
  expect((await stat(join(dataDir, 'postgres'))).uid).toBe(0)
  await third.stop()
})

const run = promisify(execFile)
/** A shell that may mount: root in a namespace of its own. */
const namespace = [
  'unshare',
  '-rm',
  '--propagation',
  'private',
  'sh',
  '-c',
]
const mayMount = await run(namespace[0]!, [
  ...namespace.slice(1),
  'mount -t tmpfs none /mnt',
]).then(() => true, () => false)

it.for([
  ['full', 'size=8m', 'no space left on the disk'],
  ['read-only', 'ro', 'cannot be written to (EROFS)'],
] as const)('a %s DATA_DIR is told in one line', async ([_, option, reason], { skip }) => {
  skip(!mayMount, 'this machine lets nobody mount a file system')
  const folder = await emptyFolder()
  const main = resolve(import.meta.dirname, '../../server/main.ts')
  const server = spawnServer({ DATA_DIR: folder }, [...namespace, `mount -t tmpfs -o ${option} none ${folder} && exec ${process.execPath} ${main}`])
  onTestFinished(() => void server.child.kill('SIGKILL'))
  expect(await server.exited, server.output()).toBe(1)
  expect(server.output()).toContain(reason)
  expect(server.output().trim().split('\n').filter(line => line.startsWith('✗'))).toHaveLength(1)
})
