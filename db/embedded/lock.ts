import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { CannotStart } from '../../server/cannot-start.ts'

interface Holder { pid: number, startedAt: string | null }

/**
 * Takes a folder for this process: a file that names the holder. A holder that was killed is recognised, and its mark replaced.
 * @returns gives the folder free again
 */
export async function takeLock(file: string): Promise<() => Promise<void>> {
  const mine: Holder = { pid: process.pid, startedAt: await startOf(process.pid) }
  const draft = `${file}.${process.pid}`
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      // A link appears whole or not at all, and fails if the name is taken: only one of two starts wins.
      if (await link(draft, file).then(() => true, () => false))
        return () => release(file, mine)
      await refuseLivingHolder(file, file)
      await moveAside(file, `${draft}.stale`)
    }
    throw new CannotStart(`无法锁定数据目录 · ${file} cannot be taken.`)
  }
  finally {
    await rm(draft, { force: true })
  }
}

/** Removes a dead holder's mark. Between looking and moving another start may have put its own there: then that is put back. */
async function moveAside(file: string, aside: string): Promise<void> {
  if (!await rename(file, aside).then(() => true, () => false))
    return
  try {
    await refuseLivingHolder(aside, file)
  }
  catch (error) {
    await link(aside, file).catch(() => {})
    throw error
  }
  finally {
    await rm(aside, { force: true })
  }
}

async function refuseLivingHolder(where: string, name: string): Promise<void> {
  const holder = await readHolder(where)
  if (holder && await isAlive(holder))
    throw new CannotStart(`数据目录正被另一进程使用 · Another server (process ${holder.pid}) already uses this DATA_DIR: stop it, or set another DATA_DIR and PORT. (${name})`)
}

async function release(file: string, mine: Holder): Promise<void> {
  if ((await readHolder(file))?.pid === mine.pid)
    await rm(file, { force: true })
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  }
  catch {
    return null
  }
}

async function isAlive({ pid, startedAt }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0)
  }
  catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return startedAt === await startOf(pid)
}

/** When a process started, in the kernel's ticks: tells it from a later one with the same number. Null where /proc is missing. */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  // The second field is the program's name in brackets and may hold anything; the 22nd is the start.
  return stat && (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null)
}
