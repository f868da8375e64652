import type { Log } from '../../server/log.ts'
import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { CannotStart } from '../../server/cannot-start.ts'
import { signal } from './postmaster.ts'

const run = promisify(execFile)

/**
 * Ends a PostgreSQL that a killed server left on this folder, and removes the files by which it marked the folder as taken.
 * Only to be called by the holder of the folder's lock: then no living server owns that PostgreSQL.
 */
export async function stopOrphan(folder: string, log: Log): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10)
  if (pid > 0 && await isPostgresOn(pid, folder)) {
    log.warn({ pid }, 'a PostgreSQL was left behind on this data folder; ending it')
    signal(pid, 'SIGINT')
    if (!await hasEnded(pid, folder, 8))
      signal(pid, 'SIGQUIT')
    if (!await hasEnded(pid, folder, 8))
      throw new CannotStart(`数据目录被另一 PostgreSQL 占用 · Another PostgreSQL (process ${pid}) uses ${folder} and cannot be ended.`)
  }
  // PostgreSQL would refuse to start if the number in this file now belonged to any other program.
  await rm(file, { force: true })
}

async function hasEnded(pid: number, folder: string, seconds: number): Promise<boolean> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until;) {
    if (!await isPostgresOn(pid, folder))
      return true
    await sleep(50)
  }
  return false
}

/** Numbers of processes are given again: only one that names itself postgres and this folder is meant. */
async function isPostgresOn(pid: number, folder: string): Promise<boolean> {
  try {
    const { stdout } = await run('ps', [
      '-ww',
      '-o',
      'stat=,args=',
      '-p',
      String(pid),
    ])
    return !stdout.startsWith('Z') && stdout.includes('postgres') && stdout.includes(folder)
  }
  catch {
    return isPostgresByProc(pid, folder)
  }
}

/** The same where `ps` is not installed (small containers). */
async function isPostgresByProc(pid: number, folder: string): Promise<boolean> {
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return words.includes('postgres') && words.includes(folder)
}
