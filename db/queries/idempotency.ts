import type { Sql, Tx } from '../connect.ts'

/** One request that may be sent again. */
export interface Claim {
  /** The sender's Idempotency-Key. */
  key: string
  /** Who sent it; two senders may use the same key. */
  subject: string
  /** Hash of what was asked. */
  hash: string
}

/** claimed: do it now. Otherwise it was done: what was asked (its hash) and what was answered. */
export type ClaimOutcome = { claimed: true } | { claimed: false, hash: string, answer: unknown }

/**
 * Claims keys for this transaction; waits for another one that is at work on the same key, so that two at once end with one
 * deed. Must come before any other lock of the transaction. Claims have distinct (key, subject).
 */
export async function claimKeys(tx: Tx, claims: Claim[]): Promise<ClaimOutcome[]> {
  if (claims.length === 0)
    return []
  const keys = claims.map(claim => claim.key)
  const subjects = claims.map(claim => claim.subject)
  const fresh = await tx<{ key: string, subject: string }[]>`
    insert into idempotency (key, subject, request_hash, status, response)
    select key, subject, hash, 0, 'null'
    from unnest(${keys}::text[], ${subjects}::text[], ${claims.map(claim => claim.hash)}::text[]) as claim (key, subject, hash)
    order by key, subject
    on conflict do nothing
    returning key, subject`
  const claimed = new Set(fresh.map(nameOf))
  if (claimed.size === claims.length)
    return claims.map(() => ({ claimed: true }))
  const known = await tx<{ key: string, subject: string, request_hash: string, response: unknown }[]>`
    select key, subject, request_hash, response
    from idempotency
    where (key, subject) in (select * from unnest(${keys}::text[], ${subjects}::text[]))`
  const knownByName = new Map(known.map(row => [
    nameOf(row),
    row,
  ]))
  return claims.map((claim): ClaimOutcome => {
    if (claimed.has(nameOf(claim)))
      return { claimed: true }
    const row = knownByName.get(nameOf(claim))!
    return { claimed: false, hash: row.request_hash, answer: row.response }
  })
}

/** Keeps what was answered, in the transaction that claimed the keys. */
export async function storeAnswers(tx: Tx, answers: { claim: Claim, status: number, response: unknown }[]): Promise<void> {
  if (answers.length === 0)
    return
  await tx`
    update idempotency
    set status = answer.status, response = answer.response
    from json_to_recordset(${JSON.stringify(answers.map(({ claim, status, response }) => ({
      key: claim.key,
      subject: claim.subject,
      status,
      response,
    })))}::text::json)
      as answer (key text, subject text, status smallint, response jsonb)
    where idempotency.key = answer.key and idempotency.subject = answer.subject`
}

/** A key is remembered for a day or so: long enough for any retry, short enough for personal data. */
export async function forgetAnswers(sql: Sql, olderThanHours: number): Promise<number> {
  const forgotten = await sql`delete from idempotency where created_at < now() - ${olderThanHours} * interval '1 hour'`
  return forgotten.count
}

function nameOf({ key, subject }: { key: string, subject: string }): string {
  return JSON.stringify([key, subject])
}
