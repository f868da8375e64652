import type { Role } from '#contract/role.ts'
import type { Sql } from '../../db/connect.ts'
import { randomInt, randomUUID } from 'node:crypto'
import { createAccount, setDemoAccount } from '../../db/queries/accounts.ts'
import { hashPassword } from './password.ts'

export interface NewAccount {
  username: string
  name: string
  role: Role
  region?: string | null
  officer?: string | null
  password: string
  mustChangePassword?: boolean
  demo?: boolean
}

/** Makes an account that signs in with a password. Throws when the name is taken. */
export async function addAccount(sql: Sql, account: NewAccount): Promise<{ id: string }> {
  const id = randomUUID()
  const passwordHash = await hashPassword(account.password)
  await sql.begin(tx => createAccount(tx, { ...account, id, passwordHash }))
  return { id }
}

/** A password to be told once: 4 groups of 5 signs, 99 bits. */
export function oneTimePassword(): string {
  return groupsOfFive(4)
}

/** What stands in for the second factor, once each: 2 groups of 5 signs, 49 bits, behind a password and a lock after 5 failures. */
export function backupCodes(): string[] {
  return Array.from({ length: 10 }, () => groupsOfFive(2))
}

/** Signs that cannot be mistaken for each other on paper: no 0 and o, no 1, i and l. */
function groupsOfFive(groups: number): string {
  const signs = 'abcdefghjkmnpqrstuvwxyz23456789'
  const group = () => Array.from({ length: 5 }, () => signs[randomInt(signs.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}

/**
 * The demo accounts of the interface: one of each role of a person, with one password. Only ever on a demo database. Those that
 * are there keep their sessions and get the password.
 */
export async function setDemoAccounts(sql: Sql, { password, community, grid, officer }: { password: string, community: string | null, grid: string | null, officer: string | null }): Promise<string[]> {
  const accounts: Pick<NewAccount, 'username' | 'name' | 'role' | 'region' | 'officer'>[] = [
    { username: 'duty', name: '值班员', role: 'duty' },
    {
      username: 'grid',
      name: '网格员',
      role: 'grid',
      region: grid,
      officer,
    },
    {
      username: 'community',
      name: '社区经办',
      role: 'community',
      region: community,
    },
    { username: 'planner', name: '规划员', role: 'planner' },
    { username: 'inspector', name: '督查员', role: 'inspector' },
    { username: 'admin', name: '管理员', role: 'admin' },
  ]
  const passwordHash = await hashPassword(password)
  await sql.begin(async (tx) => {
    for (const account of accounts) {
      await setDemoAccount(tx, {
        ...account,
        id: randomUUID(),
        passwordHash,
      })
    }
  })
  return accounts.map(({ username }) => username)
}
