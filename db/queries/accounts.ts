import type { Sql } from '../connect.ts'
import type { Role } from '#contract/role.ts'
import { randomUUID } from 'node:crypto'

export interface AccountRow {
  id: string
  username: string | null
  name: string
  role: Role
  region?: string | null
  officer?: string | null
  passwordHash: string | null
  mustChangePassword?: boolean
  demo?: boolean
}

export async function createAccount(sql: Sql, account: AccountRow) {
  await sql.begin(async (tx) => {
    await tx`
      insert into users (
        "id", "name", "email", "emailVerified", "username", "displayUsername", "role", "region", "officer", "mustChangePassword", "demo"
      ) values (
        ${account.id}, ${account.name}, ${`${account.username ?? account.id}@local.invalid`}, false, ${account.username},
        ${account.username}, ${account.role}, ${account.region ?? null}, ${account.officer ?? null},
        ${account.mustChangePassword ?? false}, ${account.demo ?? false}
      )`
    if (account.passwordHash !== null) {
      await tx`
        insert into accounts ("id", "accountId", "providerId", "userId", "password", "updatedAt")
        values (${randomUUID()}, ${account.id}, 'credential', ${account.id}, ${account.passwordHash}, now())`
    }
  })
}

export async function removeAccounts(sql: Sql, { demo }: { demo: true }) {
  await sql`delete from users where "demo" = ${demo}`
}

/** Lets the screen that shows `userCode` fetch a token as the account `userId`; false when the code is unknown, used or too old. */
export async function approveDeviceCode(sql: Sql, userCode: string, userId: string): Promise<boolean> {
  const rows = await sql`
    update device_codes set status = 'approved', "userId" = ${userId}
    where "userCode" = ${userCode} and status = 'pending' and "expiresAt" > now()
    returning id`
  return rows.length === 1
}

export interface ScreenRow { id: string, name: string, createdAt: Date, lastSeen: Date | null, address: string | null }

/** Wall screens that may still come in. */
export async function screens(sql: Sql): Promise<ScreenRow[]> {
  return await sql<ScreenRow[]>`
    select u.id, u.name, u."createdAt", s."updatedAt" as "lastSeen", s."ipAddress" as address
    from users u
    left join sessions s on s."userId" = u.id
    where u.role = 'wall'
    order by u."createdAt"`
}

/** Ends the account of a screen and all its sessions; true when there was one. */
export async function removeScreen(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql`delete from users where id = ${id} and role = 'wall' returning id`
  return rows.length === 1
}
