import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'
import { whyNodeIsTooOld } from '../../server/launch/check-node.mjs'
import { emptyFolder } from '../world/folder.ts'
import { makeMiniature } from '../world/miniature.ts'
import { spawnServer, startServer } from '../world/server.ts'

const node = process.execPath

async function miniature(): Promise<string> {
  const folder = await emptyFolder()
  await makeMiniature(folder)
  return folder
}

function launcher(folder: string, program = node): string[] {
  return [
    program,
    join(folder, 'server/launch.mjs'),
  ]
}

async function builds(folder: string): Promise<number> {
  return (await readFile(join(folder, 'builds.txt'), 'utf8')).split('\n').length - 1
}

it.each([
  ['18.20.4', true],
  ['20.18.3', true],
  ['20.19.0', false],
  ['22.12.0', false],
  ['24.21.0', false],
])('Node %s is too old: %s', (version, tooOld) => {
  expect(whyNodeIsTooOld(version) !== null).toBe(tooOld)
})

it('the first start installs and builds, the second does neither, a changed page is built anew', async () => {
  const folder = await miniature()
  const first = await startServer({}, launcher(folder))
  expect(first.output()).toMatch(/Installing dependencies[\s\S]*Building the pages[\s\S]*Ready/)
  expect(await first.stop()).toBe(0)

  const second = await startServer({}, launcher(folder))
  expect(second.output()).not.toMatch(/Installing|Building/)
  await second.stop()

  await writeFile(join(folder, 'client/page.html'), 'second')
  const third = await startServer({}, launcher(folder))
  expect(await builds(folder)).toBe(2)
  expect(await readFile(join(folder, 'dist/page.html'), 'utf8')).toBe('second')
  await third.stop()
})

it('a dependency that changed is installed', async () => {
  const folder = await miniature()
  await (await startServer({}, launcher(folder))).stop()
  const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'))
  lock.packages['fake/vite'].version = '1.0.1'
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock))
  await writeFile(join(folder, 'fake/vite/package.json'), JSON.stringify({ name: 'vite', version: '1.0.1', type: 'commonjs' }))
  const server = await startServer({}, launcher(folder))
  expect(server.output()).toContain('Installing dependencies')
  await server.stop()
})

it('two first starts at the same time install and build once, and both run', async () => {
  const folder = await miniature()
  const servers = await Promise.all([
    startServer({}, launcher(folder)),
    startServer({}, launcher(folder)),
  ])
  expect(servers.map(server => server.output()).join('').match(/npm ci/g)).toHaveLength(1)
  expect(await builds(folder)).toBe(1)
  expect(await Promise.all(servers.map(server => server.stop('SIGTERM')))).toEqual([0, 0])
})

it('pages that do not build end the start with the reason, and the former ones stay', async () => {
  const folder = await miniature()
  await (await startServer({}, launcher(folder))).stop()
  await appendFile(join(folder, 'client/page.html'), ' and broken')
  const server = spawnServer({}, launcher(folder))
  expect(await server.exited).toBe(1)
  expect(server.output()).toMatch(/✗ .*The pages could not be built.*\n\s+client\/page.html: it is broken\n$/)
  expect(await readFile(join(folder, 'dist/page.html'), 'utf8')).toBe('first')
})

it('an install that fails ends the start with npm\'s reason', async () => {
  const folder = await miniature()
  await rm(join(folder, 'package-lock.json'))
  await writeFile(join(folder, 'package-lock.json'), '{ "lockfileVersion": 3, "packages": { "": {} } }')
  await writeFile(join(folder, 'package.json'), '{ "name": "miniature", "dependencies": { "vite": "file:nowhere" } }')
  const server = spawnServer({}, launcher(folder))
  expect(await server.exited).toBe(1)
  expect(server.output()).toMatch(/✗ .*could not be installed: npm ci \(1\)\n\s+npm error/)
})

it('an install whose start is killed by -9 does not work on, and the next start is not held up', async () => {
  const folder = await miniature()
  const first = spawnServer({}, launcher(folder))
  while (!first.output().includes('Building the pages'))
    await new Promise(resolve => setTimeout(resolve, 5))
  first.child.kill('SIGKILL')
  const second = await startServer({}, launcher(folder))
  expect(await readFile(join(folder, 'dist/page.html'), 'utf8')).toBe('first')
  await second.stop()
})

/** The Node that a user's shell finds, where it is not the one that runs this. */
const systemNode = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, 'node')).find(file => existsSync(file) && /^v(?:20|22)\./.test(execFileSync(file, ['--version'], { encoding: 'utf8' })))

it('an older Node of the system hands over to Node 24 and passes signals and the exit code on', async ({ skip }) => {
  skip(!systemNode, 'no Node 20 or 22 in PATH')
  const folder = await miniature()
  const server = await startServer({}, launcher(folder, systemNode))
  expect(server.output()).toContain(`on ${process.versions.node}`)
  expect(await server.stop('SIGTERM')).toBe(0)
})
