import type { Log } from '../../server/log.ts'
import type { RunAs } from './run-as.ts'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { CannotStart } from '../../server/cannot-start.ts'

export interface ClusterPlace { folder: string, password: string, runAs: RunAs, initdb: string, postgres: string, log: Log }

/**
 * Makes the database's files where there are none. They are made beside their place and moved there when complete, so that
 * a start that was killed half-way leaves nothing that looks like a database.
 */
export async function makeCluster(place: ClusterPlace): Promise<void> {
  const { folder, password, runAs, initdb, log } = place
  if (existsSync(join(folder, 'PG_VERSION')))
    return checkCluster(place)
  // A name of its own each time: the initdb of a start that was killed may still be at work on the former one.
  const unfinished = `${folder}.new-${process.pid}`
  const passwordFile = `${folder}.password`
  for (const left of await readdir(dirname(folder))) {
    if (left.startsWith('postgres.new-'))
      await rm(join(dirname(folder), left), { recursive: true, force: true })
  }
  await mkdir(unfinished, { mode: 0o700 })
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    if (runAs.owner) {
      await chown(unfinished, runAs.owner.uid, runAs.owner.gid)
      await chown(passwordFile, runAs.owner.uid, runAs.owner.gid)
    }
    log.debug({ folder }, 'initdb')
    // The builtin locale: the C library's would make trigrams ignore Chinese, or be missing.
    await runToEnd(runAs, initdb, [
      '-D',
      unfinished,
      '-U',
      'postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ])
    await rename(unfinished, folder)
  }
  finally {
    await rm(passwordFile, { force: true })
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** An existing database must be of the program's major version and belong to the one whom PostgreSQL will run as. */
async function checkCluster({ folder, runAs, postgres }: ClusterPlace): Promise<void> {
  const version = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim()
  const program = (await runToEnd(runAs, postgres, ['--version'])).match(/(\d+)\.|(\d+)(?:beta|rc|devel)/)
  if (program && version !== (program[1] ?? program[2]))
    throw new CannotStart(`数据库文件属于 PostgreSQL ${version}，与程序不符 · ${folder} was made by PostgreSQL ${version}, the program brings ${program[0]}: dump it with the former version, or use another DATA_DIR.`)
  const owner = runAs.owner ?? {
    uid: process.getuid!(),
    gid: process.getgid!(),
  }
  const { uid } = await lstat(folder)
  if (uid === owner.uid)
    return
  if (process.getuid!() !== 0)
    throw new CannotStart(`数据目录属于另一用户 · ${folder} belongs to another user (uid ${uid}): start as that user, or use another DATA_DIR.`)
  await giveTo(folder, owner)
}

/** A database last run as an ordinary user, now started by root (or the other way round by one of root's ways). */
async function giveTo(path: string, owner: { uid: number, gid: number }): Promise<void> {
  await chown(path, owner.uid, owner.gid)
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink())
      await chown(join(entry.parentPath, entry.name), owner.uid, owner.gid)
  }
  await chmod(path, 0o700)
}

/** Sets the password anew, for when the file that held it is gone: PostgreSQL's single-user mode asks for none. */
export async function resetPassword({ folder, password, runAs, postgres }: ClusterPlace): Promise<void> {
  await runToEnd(runAs, postgres, ['--single', '-D', folder, 'postgres'], `alter role postgres password '${password}'\n`)
}

/** Runs a program of PostgreSQL's to its end; what it prints, or an error with its last words. */
export function runToEnd({ prefix }: RunAs, program: string, args: string[], input = ''): Promise<string> {
  const [command, ...words] = [
    ...prefix,
    program,
    ...args,
  ]
  return new Promise((resolve, reject) => {
    const child = spawn(command!, words, {
      env: { ...process.env, LC_ALL: 'C' },
      cwd: '/',
    })
    // Node ends without waiting for its children, and this one may have minutes to go on a slow disk.
    const end = () => child.kill('SIGTERM')
    process.once('exit', end)
    let output = ''
    child.stdout.on('data', chunk => output += chunk)
    child.stderr.on('data', chunk => output += chunk)
    child.on('error', reject)
    child.on('close', (code) => {
      process.off('exit', end)
      if (code === 0)
        return resolve(output)
      const line = output.split('\n').find(text => /error:|FATAL|PANIC/.test(text)) ?? output.trim().split('\n').at(-1) ?? ''
      reject(new CannotStart(`内嵌数据库初始化失败 · The embedded database could not be made: ${line.trim()}`))
    })
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
