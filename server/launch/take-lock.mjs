import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import process from 'node:process'

/**
 * A lock that outlives no process: a file that names its holder. A holder that was killed is recognised and replaced.
 * @param {string} file
 * @returns {Promise<{ release: () => Promise<void>, heldBy?: undefined } | { release?: undefined, heldBy: number }>}
 *   how to give it back, or the process that has it. Throws what the file system throws.
 */
export async function takeLock(file) {
  const mine = JSON.stringify({
    pid: process.pid,
    startedAt: await startOf(process.pid),
    nonce: randomBytes(6).toString('hex'),
  })
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, mine, { mode: 0o600, flag: 'wx' })
  try {
    for (;;) {
      // A link appears whole or not at all, and fails if the name is taken: of two starts one wins.
      if (await link(draft, file).then(() => true, ifCode('EEXIST', false))) {
        return {
          release: () => release(file, mine),
        }
      }
      const holder = await readHolder(file)
      if (holder && await isAlive(holder))
        return { heldBy: holder.pid }
      await moveAside(file, `${draft}.dead`)
    }
  }
  finally {
    await rm(draft, { force: true })
  }
}

/** Removes a dead holder's mark. Another start may have put its own there since it was read: then that is put back. */
async function moveAside(file, aside) {
  if (!await rename(file, aside).then(() => true, ifCode('ENOENT', false)))
    return
  const holder = await readHolder(aside)
  if (holder && await isAlive(holder))
    await link(aside, file).catch(ifCode('EEXIST'))
  await rm(aside, { force: true })
}

async function release(file, mine) {
  if (await readFile(file, 'utf8').catch(() => null) === mine)
    await rm(file, { force: true })
}

/** @returns {Promise<{ pid: number, startedAt: string | null } | null>} null if the mark is gone or not whole */
async function readHolder(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  }
  catch {
    return null
  }
}

async function isAlive({ pid, startedAt }) {
  try {
    process.kill(pid, 0)
  }
  catch (error) {
    if (error.code === 'ESRCH')
      return false
  }
  return startedAt === await startOf(pid)
}

/** When a process started, in the kernel's ticks: tells it from a later one with the same number. Null where /proc is missing. */
async function startOf(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (!stat)
    return null
  // The second field is the program's name in brackets and may hold anything; then come the state (Z: dead, not yet
  // taken note of) and, as the 22nd field, the start.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z'
    ? 'zombie'
    : fields[19]
}

function ifCode(code, value) {
  return (error) => {
    if (error.code !== code)
      throw error
    return value
  }
}
