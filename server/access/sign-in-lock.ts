import type { Sql } from '../../db/connect.ts'
import { createHash } from 'node:crypto'
import { clearFailures, failuresOf, noteFailure } from '../../db/queries/sign-in-failures.ts'

/** 等保 level 3: lock-out after repeated failures; ASVS 5.0 §6.3.1. */
export const MAX_FAILURES = 5
export const LOCK_SECONDS = 15 * 60
/** An address serves a whole office: it is locked later than an account. */
export const MAX_FAILURES_PER_ADDRESS = 25

export interface SignInAttempt { username: string, address: string }

/** Seconds until another attempt is heard; 0 = now. The same for accounts that do not exist. */
export async function lockedFor(sql: Sql, attempt: SignInAttempt, now = new Date()): Promise<number> {
  const [account, address] = keysOf(attempt)
  const rows = await failuresOf(sql, [account, address])
  return Math.max(0, ...rows.map(({ key, failures, lastAt }) => {
    const limit = key === account
      ? MAX_FAILURES
      : MAX_FAILURES_PER_ADDRESS
    const left = LOCK_SECONDS - (now.getTime() - lastAt.getTime()) / 1000
    return failures >= limit
      ? Math.ceil(left)
      : 0
  }))
}

export async function signInFailed(sql: Sql, attempt: SignInAttempt): Promise<void> {
  for (const key of keysOf(attempt))
    await noteFailure(sql, key, LOCK_SECONDS)
}

export async function signInSucceeded(sql: Sql, attempt: SignInAttempt): Promise<void> {
  await clearFailures(sql, keysOf(attempt)[0])
}

/** A mistyped name may be a password: only its hash is kept. */
function keysOf({ username, address }: SignInAttempt): [string, string] {
  const account = createHash('sha256').update(username.trim().toLowerCase()).digest('base64url')
  return [`account:${account}`, `address:${address}`]
}
