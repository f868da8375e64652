import type { Log } from '../server/log.ts'
import type { ClusterPlace } from './embedded/cluster.ts'
import type { Postmaster, PostmasterOptions } from './embedded/postmaster.ts'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CannotStart } from '../server/cannot-start.ts'
import { dataDirProblem } from '../server/data-dir-problem.ts'
import { takeLock } from '../server/launch/take-lock.mjs'
import { findBinaries } from './embedded/binaries.ts'
import { makeCluster, resetPassword } from './embedded/cluster.ts'
import { freePort } from './embedded/free-port.ts'
import { stopOrphan } from './embedded/orphan.ts'
import { startPostmaster } from './embedded/postmaster.ts'
import { findRunAs } from './embedded/run-as.ts'

export interface EmbeddedOptions {
  /** Made if missing; holds `postgres/` (the database's files), `postgres.json` (how to reach it) and a lock. */
  dataDir: string
  log: Log
  /** PostgreSQL settings that differ from the program's. */
  settings?: Record<string, string | number>
  onStage?: (stage: 'create' | 'start') => void
  /** PostgreSQL ended unasked; it is started again by itself, on the same port. */
  onCrash?: (complaint: string | undefined) => void
  onRestart?: () => void
}

export interface Embedded {
  url: string
  /** The process to kill in a test of crashes; changes with every restart. */
  pid: () => number
  stop: () => Promise<void>
  /** Settled after `stop`. */
  exited: Promise<void>
}

/** What `postgres.json` says. The file is readable by its owner only. */
interface Access { port: number, password: string, pid?: number }

// Sized for one subdistrict on a small machine; a larger one is a case for DATABASE_URL.
const defaults = {
  shared_buffers: '128MB',
  max_connections: 100,
  max_wal_size: '2GB',
  jit: 'off',
}

/**
 * Starts the PostgreSQL that came with npm on a folder of its own, and keeps it running until `stop`. It listens on 127.0.0.1
 * only, with a random password. It ends with this process, however that ends. Throws CannotStart with one clear line.
 */
export async function startEmbedded({ dataDir, log, settings, onStage, onCrash, onRestart }: EmbeddedOptions): Promise<Embedded> {
  const home = resolve(dataDir)
  const folder = join(home, 'postgres')
  const unlock = await openDataDir(home)
  try {
    const { initdb, postgres } = await findBinaries()
    const runAs = await findRunAs(postgres, home)
    await stopOrphan(folder, log)

    const known = await readAccess(home)
    const access: Access = known ?? {
      port: 0,
      password: randomBytes(24).toString('base64url'),
    }
    const place: ClusterPlace = {
      folder,
      password: access.password,
      runAs,
      initdb,
      postgres,
      log,
    }
    const isNew = !existsSync(join(folder, 'PG_VERSION'))
    if (isNew)
      onStage?.('create')
    await makeCluster(place)
    if (!isNew && !known)
      await resetPassword(place)

    onStage?.('start')
    const options = {
      runAs,
      postgres,
      folder,
      settings: {
        ...defaults,
        ...settings,
      },
      log,
    }
    let { postmaster, port } = await startOnFreePort(options, access.port)
    const save = () => writeAccess(home, { port, password: access.password, pid: postmaster.pid })
    await save()

    let stopping = false
    const exited = (async () => {
      for (;;) {
        const { complaint } = await postmaster.ended
        if (stopping)
          break
        log.error({ complaint }, 'the embedded PostgreSQL ended unasked; starting it again')
        onCrash?.(complaint)
        const again = await startAgain({ ...options, port }, () => stopping)
        if (!again)
          break
        postmaster = again
        if (stopping) { // asked to stop while it was starting: nobody else would end this one
          await postmaster.stop()
          break
        }
        await save().catch(error => log.warn({ error }, 'postgres.json could not be written'))
        log.info({ pid: postmaster.pid }, 'the embedded PostgreSQL runs again')
        onRestart?.()
      }
      await unlock()
    })()
    async function stop() {
      stopping = true
      await postmaster.stop()
      await exited
    }
    return {
      url: urlOf({ port, password: access.password }),
      pid: () => postmaster.pid,
      stop,
      exited,
    }
  }
  catch (error) {
    await unlock()
    throw asCannotStart(error, home)
  }
}

/** The address of the database that a running server keeps on this folder; null when none runs. For `npm run import` and the like. */
export async function findRunning(dataDir: string): Promise<string | null> {
  const access = await readAccess(resolve(dataDir))
  if (!access?.pid)
    return null
  // PostgreSQL removes this file when it ends; after a kill -9 the address simply does not answer.
  const pid = Number.parseInt(await readFile(join(resolve(dataDir), 'postgres', 'postmaster.pid'), 'utf8').catch(() => ''), 10)
  return pid === access.pid
    ? urlOf(access)
    : null
}

function urlOf({ port, password }: Access): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
}

/** Makes the folder and takes it for this process. A server that is just being stopped gets a moment to finish. */
async function openDataDir(home: string): Promise<() => Promise<void>> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 })
    for (let turn = 0; ; turn++) {
      const { release, heldBy } = await takeLock(join(home, 'server.lock'))
      if (release)
        return release
      if (turn === 30)
        throw new CannotStart(`数据目录正被另一进程使用 · Another server (process ${heldBy}) uses DATA_DIR ${home}: stop it, or set another DATA_DIR and PORT.`)
      await sleep(100)
    }
  }
  catch (error) {
    throw asCannotStart(error, home)
  }
}

async function readAccess(home: string): Promise<Access | null> {
  try {
    return JSON.parse(await readFile(join(home, 'postgres.json'), 'utf8')) as Access
  }
  catch {
    return null
  }
}

async function writeAccess(home: string, access: Access): Promise<void> {
  const file = join(home, 'postgres.json')
  await writeFile(`${file}.new`, `${JSON.stringify(access)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/** Between finding a free port and taking it another program may take it. */
async function startOnFreePort(options: Omit<PostmasterOptions, 'port'>, wanted: number): Promise<{ postmaster: Postmaster, port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1
      ? wanted
      : 0)
    try {
      return { postmaster: await startPostmaster({ ...options, port }), port }
    }
    catch (error) {
      if (attempt === 5 || !/TCP\/IP|could not bind/.test((error as Error).message))
        throw error
    }
  }
}

/** After a crash: PostgreSQL's former helpers may need a moment to go, the port to become free, the disk to have room. */
async function startAgain(options: PostmasterOptions, isStopping: () => boolean): Promise<Postmaster | null> {
  for (let wait = 100; ; wait = Math.min(wait * 2, 5000)) {
    await sleep(wait)
    if (isStopping())
      return null
    try {
      await stopOrphan(options.folder, options.log)
      return await startPostmaster(options)
    }
    catch (error) {
      options.log.warn({ reason: (error as Error).message }, 'the embedded PostgreSQL did not start; trying again')
    }
  }
}

function asCannotStart(error: unknown, home: string): CannotStart {
  const problem = dataDirProblem(error, home)
  if (problem)
    return problem
  return error instanceof CannotStart
    ? error
    : new CannotStart(`内嵌数据库无法启动 · The embedded database did not start: ${(error as Error).message}`)
}
