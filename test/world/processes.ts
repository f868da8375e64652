import process from 'node:process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** One that has ended but has not been taken note of by its parent (a zombie) counts as gone. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  }
  catch {
    return false
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z'
}

/** Waits until the process is gone; throws after `seconds`. */
export async function gone(pid: number, seconds = 10): Promise<void> {
  for (const until = Date.now() + seconds * 1000; await isAlive(pid); await sleep(20)) {
    if (Date.now() > until)
      throw new Error(`process ${pid} is still there after ${seconds} s`)
  }
}

/** The process of the embedded PostgreSQL of a data folder. */
export async function postmasterOf(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10)
}

/** A process's parent, by Linux's /proc. */
export async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}
