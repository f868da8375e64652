import type { Sql, SqlOrTx } from '../../db/connect.ts'
import type { AuditEntry, AuditRow } from '../../db/queries/audit.ts'
import { createHmac } from 'node:crypto'
import { allAudit, insertAudit, lockAuditHead } from '../../db/queries/audit.ts'

/** Who did it, and from where. */
export type AuditActor = Pick<AuditEntry, 'actor' | 'actorName' | 'role' | 'address'>

export const GENESIS = '0'.repeat(64)

/**
 * Appends to the audit trail inside the transaction that does what is recorded.
 * Each entry's hash is keyed and covers the one before, so that a change, a gap or a cut-off shows.
 * `key` is kept outside the database: who can write there cannot forge the chain
 */
export async function record(tx: SqlOrTx, key: Buffer, entries: AuditEntry[], at = new Date()): Promise<AuditRow | null> {
  if (entries.length === 0)
    return null
  const head = await lockAuditHead(tx)
  let { seq, hash } = head ?? { seq: 0, hash: GENESIS }
  const rows = entries.map((entry) => {
    const previousHash = hash
    seq += 1
    hash = hashOf(key, { ...entry, seq, at, previousHash })
    return {
      ...entry,
      seq,
      at,
      previousHash,
      hash,
    }
  })
  await insertAudit(tx, rows)
  return rows.at(-1)!
}

export interface AuditFault { seq: number, fault: 'changed' | 'gap' | 'chain-broken' | 'cut-off' }

/**
 * Reads the whole trail and says where it is not what was written.
 * `anchor`: the newest entry as noted outside the database; finds a tail that was cut off
 */
export async function verifyAudit(sql: Sql, key: Buffer, anchor: { seq: number, hash: string } | null): Promise<{ entries: number, head: { seq: number, hash: string } | null, faults: AuditFault[] }> {
  const faults: AuditFault[] = []
  let last = null as { seq: number, hash: string } | null
  let entries = 0
  let anchorMet = anchor === null
  for await (const rows of allAudit(sql)) {
    for (const row of rows) {
      const before = last ?? { seq: 0, hash: GENESIS }
      if (row.seq !== before.seq + 1)
        faults.push({ seq: row.seq, fault: 'gap' })
      else if (row.previousHash !== before.hash)
        faults.push({ seq: row.seq, fault: 'chain-broken' })
      if (hashOf(key, row) !== row.hash)
        faults.push({ seq: row.seq, fault: 'changed' })
      if (anchor && row.seq === anchor.seq) {
        anchorMet = true
        if (row.hash !== anchor.hash)
          faults.push({ seq: row.seq, fault: 'changed' })
      }
      last = { seq: row.seq, hash: row.hash }
      entries += 1
    }
  }
  if (!anchorMet)
    faults.push({ seq: anchor!.seq, fault: 'cut-off' })
  return { entries, head: last, faults }
}

function hashOf(key: Buffer, row: Omit<AuditRow, 'hash'>): string {
  const content = [
    row.seq,
    row.at.toISOString(),
    row.actor,
    row.actorName,
    row.role,
    row.address,
    row.action,
    row.target,
    canonical(row.before),
    canonical(row.after),
  ]
  return createHmac('sha256', key).update(row.previousHash).update('\n').update(JSON.stringify(content)).digest('hex')
}

/** jsonb does not keep the order of keys, so the hash must not depend on it. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(canonical)
  if (value && typeof value === 'object') {
    return Object.keys(value).sort().map(key => [
      key,
      canonical((value as Record<string, unknown>)[key]),
    ])
  }
  return value ?? null
}
