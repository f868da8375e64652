import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../db/embedded/free-port.ts'

const root = resolve(import.meta.dirname, '..')

/**
 * Seconds from `npm start` to the first 200 of /readyz: on an empty folder without and with the demo town, and again on what
 * is there (median of three). Memory is that of the server's process at rest, without the database (Linux).
 */
export async function run(): Promise<Record<string, number | string>> {
  const bare = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  const town = await mkdtemp(join(tmpdir(), 'huizhi-bench-'))
  try {
    const firstBare = await measure(bare, '0')
    const firstTown = await measure(town, '1')
    const again = [await measure(town, '1'), await measure(town, '1'), await measure(town, '1')]
    const second = again.map(({ readySeconds }) => readySeconds).sort((a, b) => a - b)[1]!
    return {
      'first start, empty: s to /readyz': firstBare.readySeconds,
      'first start, demo town: s to /readyz': firstTown.readySeconds,
      'second start, demo town: s to /readyz (≤ 5)': second,
      'stop: s from SIGINT to the end': again[0]!.stopSeconds,
      'memory of the server at rest, demo town: MB (≤ 250)': again[0]!.megabytes ?? 'not measured on this system',
    }
  }
  finally {
    await rm(bare, { recursive: true, force: true })
    await rm(town, { recursive: true, force: true })
  }
}

interface Start { readySeconds: number, stopSeconds: number, megabytes: number | null }

async function measure(dataDir: string, demo: '0' | '1'): Promise<Start> {
  const port = await freePort()
  const begun = performance.now()
  const child = spawn(process.execPath, [
    join(root, 'server/launch.mjs'),
  ], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      DEMO: demo,
      DATABASE_URL: '',
      LOG_LEVEL: 'error',
    },
  })
  const exited = once(child, 'exit')
  let isOver = false
  exited.then(() => isOver = true)
  while (!await isReady(port)) {
    if (isOver)
      throw new Error('the server ended before it was ready')
    await sleep(20)
  }
  const readySeconds = (performance.now() - begun) / 1000
  await sleep(demo === '1'
    ? 10_000
    : 0)
  const megabytes = await residentMegabytes(child.pid!)
  const asked = performance.now()
  child.kill('SIGINT')
  await exited
  return { readySeconds, stopSeconds: (performance.now() - asked) / 1000, megabytes }
}

async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(({ status }) => status === 200, () => false)
}

async function residentMegabytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kibibytes = status.match(/^VmRSS:\s+(\d+) kB/m)?.[1]
  return kibibytes
    ? Number(kibibytes) * 1024 / 1e6
    : null
}
