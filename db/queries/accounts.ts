import type { SqlOrTx } from '../connect.ts'
import { randomUUID } from 'node:crypto'
import { Role } from '#contract/role.ts'

// Any number, as long as it is the same in every process of this program.
const demoAccountsLock = 4877300
const adminsLock = 4877301

export interface NewAccountRow {
  id: string
  username: string | null
  name: string
  role: Role
  region?: string | null
  officer?: string | null
  /** null: it never signs in with a password (a screen, or somebody whom the provider knows). */
  passwordHash: string | null
  /** Who this is for the provider of OIDC sign-on (its `sub`). */
  subject?: string | null
  mustChangePassword?: boolean
  demo?: boolean
}

/** Call inside a transaction. */
export async function createAccount(tx: SqlOrTx, account: NewAccountRow) {
  await tx`
    insert into users (
      "id", "name", "email", "emailVerified", "username", "displayUsername", "role", "region", "officer", "mustChangePassword", "demo"
    ) values (
      ${account.id}, ${account.name}, ${`${account.username ?? account.id}@local.invalid`}, false, ${account.username},
      ${account.username}, ${account.role}, ${account.region ?? null}, ${account.officer ?? null},
      ${account.mustChangePassword ?? false}, ${account.demo ?? false}
    )`
  if (account.passwordHash !== null)
    await addSignIn(tx, account.id, { provider: 'credential', accountId: account.id, passwordHash: account.passwordHash })
  if (account.subject)
    await addSignIn(tx, account.id, { provider: 'oidc', accountId: account.subject, passwordHash: null })
}

async function addSignIn(tx: SqlOrTx, userId: string, { provider, accountId, passwordHash }: { provider: 'credential' | 'oidc', accountId: string, passwordHash: string | null }) {
  await tx`
    insert into accounts ("id", "accountId", "providerId", "userId", "password", "updatedAt")
    values (${randomUUID()}, ${accountId}, ${provider}, ${userId}, ${passwordHash}, now())`
}

/** Adds a demo account or brings the one of that name up to date. An account of that name that is no demo's is left alone. */
export async function setDemoAccount(tx: SqlOrTx, account: NewAccountRow & { username: string, passwordHash: string }) {
  await tx`select pg_advisory_xact_lock(${demoAccountsLock})`
  const known = await findAccount(tx, { username: account.username })
  if (!known)
    return createAccount(tx, { ...account, demo: true })
  if (!known.demo)
    return
  await tx`
    update users set name = ${account.name}, role = ${account.role}, region = ${account.region ?? null}, officer = ${account.officer ?? null}
    where id = ${known.id}
      and (name, role, region, officer) is distinct from (${account.name}, ${account.role}, ${account.region ?? null}, ${account.officer ?? null})`
  await tx`update accounts set password = ${account.passwordHash} where "userId" = ${known.id} and "providerId" = 'credential'`
}

export interface AccountRow {
  id: string
  username: string
  name: string
  role: Role
  region: string | null
  officer: string | null
  subject: string | null
  twoFactor: boolean
  mustChangePassword: boolean
  demo: boolean
  banned: boolean
  banReason: string | null
  createdAt: Date
  /** Newest sign of life of a session that still runs. */
  lastSeen: Date | null
  sessions: number
}

/** Accounts of people, by name. A screen is none. */
export async function listAccounts(sql: SqlOrTx): Promise<AccountRow[]> {
  return await accountsWhere(sql, {})
}

/** One of them, by id or by the name it signs in with. */
export async function findAccount(sql: SqlOrTx, by: { id: string } | { username: string }): Promise<AccountRow | null> {
  const [row] = await accountsWhere(sql, by)
  return row ?? null
}

async function accountsWhere(sql: SqlOrTx, by: { id?: string, username?: string }): Promise<AccountRow[]> {
  return await sql<AccountRow[]>`
    select
      u.id, u.username, u.name, u.role, u.region, u.officer, u."mustChangePassword", u.demo, u."createdAt", u."banReason",
      coalesce(u."twoFactorEnabled", false) as "twoFactor",
      coalesce(u.banned, false) as banned,
      (select "accountId" from accounts a where a."userId" = u.id and a."providerId" = 'oidc' limit 1) as subject,
      s."lastSeen",
      s.sessions
    from users u
    cross join lateral (
      select max("updatedAt") as "lastSeen", count(*)::integer as sessions
      from sessions
      where "userId" = u.id and "expiresAt" > now()
    ) s
    where u.role <> 'wall'
      and (${by.id ?? null}::text is null or u.id = ${by.id ?? null})
      and (${by.username ?? null}::text is null or u.username = ${by.username ?? null})
    order by u.username`
}

export interface BindableOfficerRow { id: string, name: string, community: string | null, grid: string | null, account: string | null }

/** Every officer that an account can be bound to, with who is bound already. No phone, no position. */
export async function bindableOfficers(sql: SqlOrTx): Promise<BindableOfficerRow[]> {
  return await sql<BindableOfficerRow[]>`
    select o.id, o.name, o.community, o.grid, (select min(username) from users u where u.officer = o.id) as account
    from officers o
    order by o.id`
}

/** The accounts of the demo that can come in; there are none on real data. */
export async function demoAccounts(sql: SqlOrTx): Promise<{ username: string, name: string }[]> {
  return await sql<{ username: string, name: string }[]>`
    select username, name from users
    where demo and username is not null and not coalesce(banned, false)
    order by array_position(${[...Role.options]}::text[], role), username`
}

/** Whether a name is taken, for sign-in (`username`) or by the provider (`subject`). */
export async function takenNames(sql: SqlOrTx, { username, subject }: { username: string, subject: string | null }): Promise<{ username: boolean, subject: boolean }> {
  const [row] = await sql<[{ username: boolean, subject: boolean }]>`
    select
      exists (select from users where username = ${username}) as username,
      exists (select from accounts where "providerId" = 'oidc' and "accountId" = ${subject}) as subject`
  return row
}

export async function changeAccount(tx: SqlOrTx, id: string, { name, role, region, officer }: Pick<AccountRow, 'name' | 'role' | 'region' | 'officer'>) {
  await tx`update users set name = ${name}, role = ${role}, region = ${region}, officer = ${officer}, "updatedAt" = now() where id = ${id}`
}

/** `reason` null lets the account in again. */
export async function banAccount(tx: SqlOrTx, id: string, reason: string | null) {
  await tx`update users set banned = ${reason !== null}, "banReason" = ${reason}, "banExpires" = null, "updatedAt" = now() where id = ${id}`
}

/** A new password that must be changed at the next sign-in. The second factor is forgotten too: it may be lost as well. */
export async function resetSignIn(tx: SqlOrTx, id: string, passwordHash: string) {
  const changed = await tx`
    update accounts set password = ${passwordHash}, "updatedAt" = now()
    where "userId" = ${id} and "providerId" = 'credential'
    returning 1`
  if (changed.length === 0)
    await addSignIn(tx, id, { provider: 'credential', accountId: id, passwordHash })
  await tx`delete from two_factors where "userId" = ${id}`
  await tx`update users set "mustChangePassword" = true, "twoFactorEnabled" = false, "updatedAt" = now() where id = ${id}`
}

/** Signs the account out everywhere; how many sessions ended. */
export async function endSessions(tx: SqlOrTx, userId: string): Promise<number> {
  const rows = await tx`delete from sessions where "userId" = ${userId} returning 1`
  return rows.length
}

export async function removeAccount(tx: SqlOrTx, id: string) {
  await tx`delete from users where id = ${id} and role <> 'wall'`
}

/**
 * Administrators who can come in, other than this one. The lock keeps two of them from removing each other at once (locking their
 * rows would not: each would hold the other's and neither could go on). Call inside a transaction.
 */
export async function otherAdmins(tx: SqlOrTx, id: string): Promise<number> {
  await tx`select pg_advisory_xact_lock(${adminsLock})`
  const [{ others }] = await tx<[{ others: number }]>`
    select count(*)::integer as others from users
    where role = 'admin' and not coalesce(banned, false) and id <> ${id}`
  return others
}

/** Lets the screen that shows `userCode` fetch a token as the account `userId`; false when the code is unknown, used or too old. */
export async function approveDeviceCode(tx: SqlOrTx, userCode: string, userId: string): Promise<boolean> {
  const rows = await tx`
    update device_codes set status = 'approved', "userId" = ${userId}
    where "userCode" = ${userCode} and status = 'pending' and "expiresAt" > now()
    returning id`
  return rows.length === 1
}

export interface ScreenRow { id: string, name: string, createdAt: Date, lastSeen: Date | null, address: string | null }

/** Wall screens that may still come in. */
export async function listScreens(sql: SqlOrTx): Promise<ScreenRow[]> {
  return await screensWhere(sql, null)
}

export async function findScreen(sql: SqlOrTx, id: string): Promise<ScreenRow | null> {
  const [row] = await screensWhere(sql, id)
  return row ?? null
}

async function screensWhere(sql: SqlOrTx, id: string | null): Promise<ScreenRow[]> {
  return await sql<ScreenRow[]>`
    select u.id, u.name, u."createdAt", s."updatedAt" as "lastSeen", s."ipAddress" as address
    from users u
    left join lateral (
      select "updatedAt", "ipAddress" from sessions where "userId" = u.id order by "updatedAt" desc limit 1
    ) s on true
    where u.role = 'wall' and (${id}::text is null or u.id = ${id})
    order by u."createdAt"`
}

export async function renameScreen(tx: SqlOrTx, id: string, name: string) {
  await tx`update users set name = ${name}, "updatedAt" = now() where id = ${id} and role = 'wall'`
}

/** A screen's session does not run out, so nothing else notes that it is still used. */
export async function noteScreenSeen(sql: SqlOrTx, sessionId: string) {
  await sql`update sessions set "updatedAt" = now() where id = ${sessionId} and "updatedAt" < now() - interval '30 seconds'`
}

/** Ends the account of a screen and all its sessions; true when there was one. */
export async function removeScreen(tx: SqlOrTx, id: string): Promise<boolean> {
  const rows = await tx`delete from users where id = ${id} and role = 'wall' returning id`
  return rows.length === 1
}

/** What the accounts behind running sessions may do now, by session. A banned account has none. */
export async function runningSessions(sql: SqlOrTx, sessionIds: readonly string[]): Promise<Map<string, Pick<AccountRow, 'role' | 'region' | 'officer'>>> {
  const rows = await sql<(Pick<AccountRow, 'role' | 'region' | 'officer'> & { id: string })[]>`
    select s.id, u.role, u.region, u.officer
    from sessions s
    join users u on u.id = s."userId"
    where s.id = any(${[...sessionIds]}::text[]) and s."expiresAt" > now() and not coalesce(u.banned, false)`
  return new Map(rows.map(({ id, ...rights }) => [id, rights]))
}

/**
 * Whoever came in by the provider before using the one-time password needs none: it is forgotten, and an administrator can
 * give another one.
 */
export async function dropOneTimePassword(sql: SqlOrTx, id: string): Promise<void> {
  await sql`
    with found as (
      update users set "mustChangePassword" = false
      where id = ${id} and "mustChangePassword"
      returning id
    )
    delete from accounts
    where "userId" in (select id from found) and "providerId" = 'credential'`
}

/**
 * Binds the account of this name to a subject of the provider of sign-on, if both are free. Call inside a transaction.
 * null: there is no such account, or one of the two is bound already.
 */
export async function bindSubject(tx: SqlOrTx, { subject, name }: { subject: string, name: string }): Promise<{ id: string, name: string, role: Role } | null> {
  const [account] = await tx<{ id: string, name: string, role: Role }[]>`
    select id, users.name, role from users
    where username = ${name} and role <> 'wall' and not demo and not coalesce(banned, false)
      and not exists (select from accounts where "providerId" = 'oidc' and ("userId" = users.id or "accountId" = ${subject}))
    for update`
  if (!account)
    return null
  await addSignIn(tx, account.id, { provider: 'oidc', accountId: subject, passwordHash: null })
  return account
}

export async function roleOfUser(sql: SqlOrTx, id: string): Promise<Role | null> {
  const [row] = await sql<{ role: Role }[]>`select role from users where id = ${id}`
  return row?.role ?? null
}

/** The one-time password has been replaced by one of their own. */
export async function passwordChanged(sql: SqlOrTx, id: string): Promise<void> {
  await sql`update users set "mustChangePassword" = false where id = ${id}`
}
