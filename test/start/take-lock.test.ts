import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { takeLock } from '../../server/launch/take-lock.mjs'
import { emptyFolder } from '../world/folder.ts'

it('a lock that somebody living has is not given, and says who has it', async () => {
  const file = join(await emptyFolder(), 'lock')
  const { release } = await takeLock(file)
  expect(await takeLock(file)).toEqual({ heldBy: process.pid })
  await release!()
  expect((await takeLock(file)).release).toBeDefined()
})

it('the lock of a killed process is taken over', async () => {
  const file = join(await emptyFolder(), 'lock')
  const child = spawn(process.execPath, ['-e', `
    import('${new URL('../../server/launch/take-lock.mjs', import.meta.url)}')
      .then(({ takeLock }) => takeLock('${file}'))
      .then(() => { console.log('taken'); setInterval(() => {}, 1000) })
  `], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  expect(await takeLock(file)).toEqual({ heldBy: child.pid })
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect((await takeLock(file)).release).toBeDefined()
})

it('a process that got the number of a dead holder is not taken for it', async () => {
  const file = join(await emptyFolder(), 'lock')
  await writeFile(file, JSON.stringify({ pid: process.pid, startedAt: 'long ago' }))
  expect((await takeLock(file)).release).toBeDefined()
})

it('of many that find a dead lock at the same time exactly one gets it, and no file is left over', async () => {
  const folder = await emptyFolder()
  const file = join(folder, 'lock')
  await writeFile(file, 'half a li')
  const locks = await Promise.all(Array.from({ length: 30 }, () => takeLock(file)))
  expect(locks.filter(({ release }) => release)).toHaveLength(1)
  expect(await readdir(folder)).toEqual(['lock'])
  expect(JSON.parse(await readFile(file, 'utf8')).pid).toBe(process.pid)
})

it('the lock of another is never given back by mistake', async () => {
  const file = join(await emptyFolder(), 'lock')
  const { release } = await takeLock(file)
  await writeFile(file, 'somebody else')
  await release!()
  expect(await readFile(file, 'utf8')).toBe('somebody else')
})
