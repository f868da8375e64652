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

/** `action` is a whole one or its beginning: 'account' is all of 'account.…'. `from` ≤ at < `to`. */
export interface AuditFilter {
  actor?: string | undefined
  action?: string | undefined
  target?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

const columns = `seq, at, actor, actor_name as "actorName", role, address, action, target, before, after, previous_hash as "previousHash", hash`

/** The newest entry, under the lock that keeps two writers from numbering at once. Call inside a transaction. */
export async function lockAuditHead(tx: SqlOrTx): Promise<{ seq: number, hash: string } | null> {
  await tx`select pg_advisory_xact_lock(4210)`
  return await auditHead(tx)
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

/** Newest first, those before `beforeSeq`. */
export async function readAudit(sql: SqlOrTx, filter: AuditFilter, { beforeSeq, limit }: { beforeSeq?: number | undefined, limit: number }): Promise<AuditRow[]> {
  return await sql<AuditRow[]>`
    select ${sql.unsafe(columns)}
    from audit
    where ${matching(sql, filter)} and seq < ${beforeSeq ?? Number.MAX_SAFE_INTEGER}
    order by seq desc
    limit ${limit}`
}

/** How many entries an export would have, `most` + 1 at most, and the newest entry of all. */
export async function countAudit(sql: SqlOrTx, filter: AuditFilter, most: number): Promise<{ rows: number, toSeq: number }> {
  const [row] = await sql<[{ rows: number, toSeq: number }]>`
    select
      (select count(*)::integer from (select from audit where ${matching(sql, filter)} limit ${most + 1}) found) as rows,
      (select coalesce(max(seq), 0) from audit) as "toSeq"`
  return row
}

/** In order, a thousand at a time, up to `toSeq`. */
export async function* exportAudit(sql: Sql, filter: AuditFilter, toSeq: number): AsyncGenerator<AuditRow[]> {
  yield* sql<AuditRow[]>`
    select ${sql.unsafe(columns)}
    from audit
    where ${matching(sql, filter)} and seq <= ${toSeq}
    order by seq`.cursor(1000)
}

function matching(sql: SqlOrTx, { actor, action, target, from, to }: AuditFilter) {
  return sql`
    true
    ${actor === undefined
      ? sql``
      : sql`and (actor = ${actor} or actor_name = ${actor})`}
    ${action === undefined
      ? sql``
      : sql`and (action = ${action} or starts_with(action, ${`${action.replace(/\.$/, '')}.`}))`}
    ${target === undefined
      ? sql``
      : sql`and target = ${target}`}
    ${from === undefined
      ? sql``
      : sql`and at >= ${from}::timestamptz`}
    ${to === undefined
      ? sql``
      : sql`and at < ${to}::timestamptz`}`
}

/** The newest entry; null when there is none. */
export async function auditHead(sql: SqlOrTx): Promise<{ seq: number, hash: string } | null> {
  const [row] = await sql<{ seq: number, hash: string }[]>`select seq, hash from audit order by seq desc limit 1`
  return row ?? null
}

/** Every entry in order, a thousand at a time. */
export async function* allAudit(sql: Sql): AsyncGenerator<AuditRow[]> {
  yield* sql<AuditRow[]>`select ${sql.unsafe(columns)} from audit order by seq`.cursor(1000)
}
