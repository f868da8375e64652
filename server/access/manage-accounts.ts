import type { AccountRow } from '../../db/queries/accounts.ts'
import type { Sql, Tx } from '../../db/connect.ts'
import type { AccountPlace } from './account-place.ts'
import type { AuditActor } from './audit.ts'
import { randomUUID } from 'node:crypto'
import { banAccount, changeAccount, createAccount, endSessions, findAccount, otherAdmins, removeAccount, resetSignIn, takenNames } from '../../db/queries/accounts.ts'
import { officerExists } from '../../db/queries/officers.ts'
import { regionLevel } from '../../db/queries/regions.ts'
import { placeFault } from './account-place.ts'
import { oneTimePassword } from './accounts.ts'
import { record } from './audit.ts'
import { hashPassword } from './password.ts'

/** What accounts are managed with: who does it, and the key of the trail that it is written to. */
export interface Managing {
  sql: Sql
  auditKey: Buffer
  by: AuditActor
}

export type AccountRefusal = { refused: 'not-found' | 'self' | 'last-admin' } | { refused: 'invalid', path: string, message: string }
export type AccountOutcome<T = object> = { account: AccountRow } & T | AccountRefusal

export interface AccountToAdd extends AccountPlace {
  username: string
  name: string
  /** `sub` at the provider of OIDC sign-on. */
  subject: string | null
}

/** Adds an account; its password is told once and must be changed at the first sign-in. */
export async function addManagedAccount({ sql, auditKey, by }: Managing, account: AccountToAdd): Promise<AccountOutcome<{ password: string }>> {
  const password = oneTimePassword()
  const passwordHash = await hashPassword(password)
  return await sql.begin(async (tx): Promise<AccountOutcome<{ password: string }>> => {
    const taken = await takenNames(tx, account)
    if (taken.username)
      return { refused: 'invalid', path: 'username', message: 'is taken' }
    if (account.subject !== null && taken.subject)
      return { refused: 'invalid', path: 'subject', message: 'belongs to another account' }
    const fault = await faultOf(tx, account)
    if (fault)
      return { refused: 'invalid', ...fault }
    const id = randomUUID()
    await createAccount(tx, {
      ...account,
      id,
      passwordHash,
      mustChangePassword: true,
    })
    const added = await findAccount(tx, { id })
    await write(tx, auditKey, by, 'account.add', added!, null, shown(added!))
    return { account: added!, password }
  })
}

/** Changes name, role or place. Whoever gets another role or place is signed out, so that no open page keeps the old one. */
export async function changeManagedAccount(managing: Managing, id: string, change: Partial<Pick<AccountRow, 'name' | 'role' | 'region' | 'officer'>>): Promise<AccountOutcome> {
  return await withAccount(managing, id, async (tx, before) => {
    const after = {
      ...before,
      ...change,
    }
    const isMoved = after.role !== before.role || after.region !== before.region || after.officer !== before.officer
    if (isMoved && id === managing.by.actor)
      return { refused: 'self' }
    if (before.role === 'admin' && after.role !== 'admin' && await otherAdmins(tx, id) === 0)
      return { refused: 'last-admin' }
    const fault = isMoved && await faultOf(tx, after)
    if (fault)
      return { refused: 'invalid', ...fault }
    await changeAccount(tx, id, after)
    if (isMoved)
      await endSessions(tx, id)
    return {
      action: 'account.change',
      ...differences(shown(before), shown(after)),
    }
  })
}

/** Keeps an account out, with a reason, or lets it in again with null. */
export async function banManagedAccount(managing: Managing, id: string, reason: string | null): Promise<AccountOutcome> {
  return await withAccount(managing, id, async (tx, before) => {
    if (reason !== null && id === managing.by.actor)
      return { refused: 'self' }
    if (reason !== null && before.role === 'admin' && await otherAdmins(tx, id) === 0)
      return { refused: 'last-admin' }
    await banAccount(tx, id, reason)
    if (reason === null) {
      return {
        action: 'account.unban',
        before: { reason: before.banReason },
        after: null,
      }
    }
    await endSessions(tx, id)
    return {
      action: 'account.ban',
      before: null,
      after: { reason },
    }
  })
}

/** Gives a new one-time password, forgets the second factor and signs out everywhere. */
export async function resetManagedAccount(managing: Managing, id: string): Promise<AccountOutcome<{ password: string }>> {
  const password = oneTimePassword()
  const passwordHash = await hashPassword(password)
  const done = await withAccount(managing, id, async (tx, before) => {
    if (id === managing.by.actor)
      return { refused: 'self' }
    await resetSignIn(tx, id, passwordHash)
    await endSessions(tx, id)
    return {
      action: 'account.reset-password',
      before: { secondFactor: before.twoFactor },
      after: { secondFactor: false },
    }
  })
  return 'refused' in done
    ? done
    : { ...done, password }
}

export async function signOutManagedAccount(managing: Managing, id: string): Promise<AccountOutcome> {
  return await withAccount(managing, id, async tx => ({
    action: 'account.sign-out-everywhere',
    before: { sessions: await endSessions(tx, id) },
    after: null,
  }))
}

/** Removes an account for good; the audit trail keeps its name. */
export async function removeManagedAccount(managing: Managing, id: string): Promise<AccountOutcome> {
  return await withAccount(managing, id, async (tx, before) => {
    if (id === managing.by.actor)
      return { refused: 'self' }
    if (before.role === 'admin' && await otherAdmins(tx, id) === 0)
      return { refused: 'last-admin' }
    await removeAccount(tx, id)
    return {
      action: 'account.remove',
      before: shown(before),
      after: null,
    }
  })
}

interface Done { action: string, before: unknown, after: unknown }

/** Finds the account, does the work and writes it down, all in one transaction. */
async function withAccount({ sql, auditKey, by }: Managing, id: string, work: (tx: Tx, before: AccountRow) => Promise<Done | AccountRefusal>): Promise<AccountOutcome> {
  return await sql.begin(async (tx): Promise<AccountOutcome> => {
    const before = await findAccount(tx, { id })
    if (!before)
      return { refused: 'not-found' }
    const done = await work(tx, before)
    if ('refused' in done)
      return done
    await write(tx, auditKey, by, done.action, before, done.before, done.after)
    return { account: await findAccount(tx, { id }) ?? before }
  })
}

async function write(tx: Tx, key: Buffer, by: AuditActor, action: string, { username }: AccountRow, before: unknown, after: unknown) {
  await record(tx, key, [
    {
      ...by,
      action,
      target: `account:${username}`,
      before,
      after,
    },
  ])
}

async function faultOf(tx: Tx, account: AccountPlace) {
  return placeFault(account, {
    level: account.region === null
      ? null
      : await regionLevel(tx, account.region),
    officerExists: account.officer !== null && await officerExists(tx, account.officer),
  })
}

function shown({ name, role, region, officer, subject }: AccountRow) {
  return { name, role, region, officer, subject }
}

function differences(before: Record<string, unknown>, after: Record<string, unknown>) {
  const changed = Object.keys(before).filter(key => before[key] !== after[key])
  const pick = (of: Record<string, unknown>) => Object.fromEntries(changed.map(key => [key, of[key]]))
  return {
    before: pick(before),
    after: pick(after),
  }
}
