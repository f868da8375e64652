import type { ScreenRow } from '../../db/queries/accounts.ts'
import type { Managing } from './manage-accounts.ts'
import { randomUUID } from 'node:crypto'
import { approveDeviceCode, createAccount, findScreen, removeScreen, renameScreen } from '../../db/queries/accounts.ts'
import { forgetScreenShow } from '../../db/queries/screen-shows.ts'
import { tellScreen } from '../screens/tell-screen.ts'
import { record } from './audit.ts'

/**
 * Pairs the screen that shows `userCode`: makes an account of role wall with the name given and lets the screen fetch its token.
 * null = no such code, or it is too old or used.
 */
export async function approveScreen({ sql, auditKey, by }: Managing, { userCode, name }: { userCode: string, name: string }): Promise<ScreenRow | null> {
  const id = randomUUID()
  return await sql.begin(async (tx) => {
    if (!await approveDeviceCode(tx, normalCode(userCode), id))
      return null
    await createAccount(tx, {
      id,
      username: null,
      name,
      role: 'wall',
      passwordHash: null,
    })
    await record(tx, auditKey, [
      {
        ...by,
        action: 'screen.approve',
        target: `screen:${id}`,
        before: null,
        after: { name },
      },
    ])
    await tellScreen(tx, id, 'paired')
    return await findScreen(tx, id)
  })
}

export async function renameManagedScreen({ sql, auditKey, by }: Managing, id: string, name: string): Promise<ScreenRow | null> {
  return await sql.begin(async (tx) => {
    const before = await findScreen(tx, id)
    if (!before)
      return null
    await renameScreen(tx, id, name)
    await record(tx, auditKey, [
      {
        ...by,
        action: 'screen.rename',
        target: `screen:${id}`,
        before: { name: before.name },
        after: { name },
      },
    ])
    await tellScreen(tx, id, 'renamed')
    return await findScreen(tx, id)
  })
}

/** The screen is out at once: its account and sessions are gone. False: there is no such screen. */
export async function revokeScreen({ sql, auditKey, by }: Managing, id: string): Promise<boolean> {
  return await sql.begin(async (tx) => {
    const before = await findScreen(tx, id)
    if (!before || !await removeScreen(tx, id))
      return false
    await record(tx, auditKey, [
      {
        ...by,
        action: 'screen.revoke',
        target: `screen:${id}`,
        before: { name: before.name },
        after: null,
      },
    ])
    await forgetScreenShow(tx, id)
    await tellScreen(tx, id, 'revoked')
    return true
  })
}

/** As somebody types it who reads it from a wall: any case, with blanks or dashes. */
function normalCode(typed: string): string {
  return typed.replaceAll(/[\s-]/g, '').toUpperCase()
}
