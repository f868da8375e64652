import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { CannotStart } from '../../server/cannot-start.ts'

const run = promisify(execFile)

export interface RunAs {
  how: 'as-is' | 'user-namespace' | 'other-user'
  /** Words that go before a command. */
  prefix: string[]
  /** Owner that PostgreSQL's files must have, where it is not the one who starts it. */
  owner?: { uid: number, gid: number }
}

/**
 * PostgreSQL refuses to run as root. For an ordinary user nothing is to be done. For root, in this order:
 * 1. a user namespace, in which root's files look like another user's: works below folders that only root can enter;
 * 2. another user who keeps the right to pass any folder (containers often forbid namespaces but allow this);
 * 3. another user, plainly: works where that user can reach both the program and the data.
 * Each is tried for real, by a command that must reach the program and write beside the data.
 */
export async function findRunAs(postgres: string, folder: string, uid = process.getuid?.()): Promise<RunAs> {
  if (uid !== 0)
    return { how: 'as-is', prefix: [] }
  const user = await findUser()
  const ids = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
  const pass = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  const ways: RunAs[] = [
    {
      how: 'user-namespace',
      prefix: [
        'unshare',
        '-U',
        `--map-user=${user.uid}`,
        `--map-group=${user.gid}`,
      ],
    },
    {
      how: 'other-user',
      prefix: [
        'setpriv',
        ...ids,
        ...pass,
      ],
      owner: user,
    },
    {
      how: 'other-user',
      prefix: ['setpriv', ...ids],
      owner: user,
    },
  ]
  for (const way of ways) {
    if (await works(way, postgres, folder))
      return way
  }
  throw new CannotStart('以 root 运行时无法启动内嵌 PostgreSQL，请换普通用户或设置 DATABASE_URL · As root the embedded PostgreSQL needs `unshare` or `setpriv`, and neither works here: start as an ordinary user, or set DATABASE_URL.')
}

async function works({ prefix: [command, ...words], owner }: RunAs, postgres: string, folder: string): Promise<boolean> {
  // With another owner the folder of the database is handed over later; here reaching it is enough.
  const test = owner ? '-d "$1/."' : '-w "$1"'
  try {
    await run(command!, [
      ...words,
      'sh',
      '-c',
      `"$0" --version && test ${test}`,
      postgres,
      folder,
    ])
    return true
  }
  catch {
    return false
  }
}

/** Who to be instead of root. initdb wants a user that has a name. */
async function findUser(): Promise<{ uid: number, gid: number }> {
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map(line => line.split(':')).map(([name, , uid, gid]) => ({
    name,
    uid: Number(uid),
    gid: Number(gid),
  })).filter(({ uid }) => uid > 0)
  const found = ['postgres', 'nobody', 'daemon'].map(name => users.find(user => user.name === name)).find(user => user) ?? users[0]
  if (!found)
    throw new CannotStart('系统没有可用于运行 PostgreSQL 的普通用户 · This system knows no user but root, and PostgreSQL refuses to run as root: set DATABASE_URL.')
  return { uid: found.uid, gid: found.gid }
}
