import type { SqlOrTx } from '../connect.ts'
import type { AuditFilter } from './audit.ts'

export interface AuditExportRow {
  id: string
  requestedBy: string
  requestedName: string
  requestedAt: Date
  reason: string
  filter: AuditFilter
  toSeq: number
  rows: number
  needsApproval: boolean
  decidedBy: string | null
  decidedName: string | null
  decidedAt: Date | null
  approved: boolean | null
  fetchedAt: Date | null
  expiresAt: Date
}

const columns = `
  id, requested_by as "requestedBy", requested_name as "requestedName", requested_at as "requestedAt", reason, filter, to_seq as "toSeq", rows,
  needs_approval as "needsApproval", decided_by as "decidedBy", decided_name as "decidedName", decided_at as "decidedAt", approved,
  fetched_at as "fetchedAt", expires_at as "expiresAt"`

type NewExport = Pick<AuditExportRow, 'id' | 'requestedBy' | 'requestedName' | 'reason' | 'filter' | 'toSeq' | 'rows' | 'needsApproval' | 'expiresAt'>

export async function insertAuditExport(tx: SqlOrTx, asked: NewExport): Promise<AuditExportRow> {
  const [row] = await tx<[AuditExportRow]>`
    insert into audit_exports (id, requested_by, requested_name, reason, filter, to_seq, rows, needs_approval, expires_at)
    values (
      ${asked.id}, ${asked.requestedBy}, ${asked.requestedName}, ${asked.reason}, ${tx.json(asked.filter as never)}, ${asked.toSeq}, ${asked.rows},
      ${asked.needsApproval}, ${asked.expiresAt}
    )
    returning ${tx.unsafe(columns)}`
  return row
}

/** Newest first. */
export async function listAuditExports(sql: SqlOrTx, limit: number): Promise<AuditExportRow[]> {
  return await sql<AuditExportRow[]>`select ${sql.unsafe(columns)} from audit_exports order by requested_at desc, id limit ${limit}`
}

/** Held until the transaction ends, so that it is decided and fetched once. */
export async function lockAuditExport(tx: SqlOrTx, id: string): Promise<AuditExportRow | null> {
  const [row] = await tx<AuditExportRow[]>`select ${tx.unsafe(columns)} from audit_exports where id = ${id} for update`
  return row ?? null
}

export async function decideAuditExport(tx: SqlOrTx, id: string, { by, name, approved }: { by: string, name: string, approved: boolean }): Promise<AuditExportRow> {
  const [row] = await tx<[AuditExportRow]>`
    update audit_exports set decided_by = ${by}, decided_name = ${name}, decided_at = now(), approved = ${approved}
    where id = ${id}
    returning ${tx.unsafe(columns)}`
  return row
}

export async function noteAuditExportFetched(tx: SqlOrTx, id: string) {
  await tx`update audit_exports set fetched_at = now() where id = ${id}`
}
