import type { Sql, SqlOrTx } from '../connect.ts'

/** An entry as it is written; `before` and `after` hold only what changed. */
export interface AuditEntry {
  actor: string
  actorName: string
  role: string | null
  address: string | null
  action: string
  target: string | null
  before: unknown
  after: unknown
}
export interface AuditRow extends AuditEntry { seq: number, at: Date, previousHash: string, hash: string }

export interface AuditFilter { actor?: string, action?: string, target?: string, from?: Date, to?: Date, beforeSeq?: number, limit: number }

const columns = `seq, at, actor, actor_name as "actorName", role, address, action, target, before, after, previous_hash as "previousHash", hash`

/** The newest entry, under the lock that keeps two writers from numbering at once. Call inside a transaction. */
export async function lockAuditHead(tx: SqlOrTx): Promise<{ seq: number, hash: string } | null> {
  await tx`select pg_advisory_xact_lock(4210)`
  const [row] = await tx<{ seq: number, hash: string }[]>`select seq, hash from audit order by seq desc limit 1`
  return row ?? null
}

export async function insertAudit(tx: SqlOrTx, rows: AuditRow[]) {
  const values = rows.map(row => ({
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    actor_name: row.actorName,
    role: row.role,
    address: row.address,
    action: row.action,
    target: row.target,
    before: row.before,
    after: row.after,
    previous_hash: row.previousHash,
    hash: row.hash,
  }))
  await tx`
    insert into audit
    select * from jsonb_to_recordset(${tx.json(values as never)}) as r(
      seq bigint, at timestamptz, actor text, actor_name text, role text, address text,
      action text, target text, before jsonb, after jsonb, previous_hash text, hash text
    )`
}

export async function readAudit(sql: Sql, filter: AuditFilter): Promise<AuditRow[]> {
  return await sql<AuditRow[]>`
    select ${sql.unsafe(columns)}
    from audit
    where (${filter.actor ?? null}::text is null or actor = ${filter.actor ?? null} or actor_name = ${filter.actor ?? null})
      and (${filter.action ?? null}::text is null or action = ${filter.action ?? null})
      and (${filter.target ?? null}::text is null or target = ${filter.target ?? null})
      and at >= ${filter.from ?? new Date(0)}
      and at < ${filter.to ?? new Date('9999-01-01')}
      and seq < ${filter.beforeSeq ?? Number.MAX_SAFE_INTEGER}
    order by seq desc
    limit ${filter.limit}`
}

/** Every entry in order, a thousand at a time. */
export async function* allAudit(sql: Sql): AsyncGenerator<AuditRow[]> {
  yield* sql<AuditRow[]>`select ${sql.unsafe(columns)} from audit order by seq`.cursor(1000)
}
