import type { SqlOrTx } from '../connect.ts'

/**
 * Which key the contacts of this database were first sealed with; the given one when none was noted yet.
 * Only the fingerprint is kept, which tells nothing about the key.
 */
export async function notedKeyFingerprint(sql: SqlOrTx, fingerprint: string): Promise<string> {
  await sql`
    insert into meta (key, value)
    values ('personal data key', to_jsonb(${fingerprint}::text))
    on conflict (key) do nothing`
  const [row] = await sql<[{ fingerprint: string }]>`
    select value #>> '{}' as fingerprint from meta where key = 'personal data key'`
  return row.fingerprint
}

/** From now on the contacts are sealed with this key. */
export async function noteKeyFingerprint(tx: SqlOrTx, fingerprint: string): Promise<void> {
  await tx`
    insert into meta (key, value)
    values ('personal data key', to_jsonb(${fingerprint}::text))
    on conflict (key) do update set value = excluded.value`
}
