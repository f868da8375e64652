import type { ExportState } from '#contract/access.ts'
import type { AuditExportRow } from '../../db/queries/audit-exports.ts'
import type { AuditFilter } from '../../db/queries/audit.ts'
import type { Managing } from './manage-accounts.ts'
import { randomUUID } from 'node:crypto'
import { decideAuditExport, insertAuditExport, lockAuditExport, noteAuditExportFetched } from '../../db/queries/audit-exports.ts'
import { countAudit } from '../../db/queries/audit.ts'
import { record } from './audit.ts'

/** So many entries may be taken out by one person; more need a second one to agree. */
export const EXPORT_ROWS_ALONE = 1000
/** Nobody gets more at once: narrow the filter, or ask for several. */
export const EXPORT_ROWS_MOST = 100_000
/** What nobody agreed to, or nobody fetched, within a day is over. */
const EXPORT_HOURS = 24

export interface ExportCaps { alone: number, most: number }
export const exportCaps: ExportCaps = { alone: EXPORT_ROWS_ALONE, most: EXPORT_ROWS_MOST }

export type ExportOutcome = { export: AuditExportRow } | { refused: 'too-many' | 'not-found' | 'own' | 'not-own' | 'waiting' | 'over' }

/** Asks for a file of what the filter finds now, and says what for. */
export async function requestAuditExport({ sql, auditKey, by }: Managing, { filter, reason }: { filter: AuditFilter, reason: string }, caps: ExportCaps, now = new Date()): Promise<ExportOutcome> {
  return await sql.begin(async (tx): Promise<ExportOutcome> => {
    const { rows, toSeq } = await countAudit(tx, filter, caps.most)
    if (rows > caps.most)
      return { refused: 'too-many' }
    const asked = await insertAuditExport(tx, {
      id: randomUUID(),
      requestedBy: by.actor,
      requestedName: by.actorName,
      reason,
      filter,
      toSeq,
      rows,
      needsApproval: rows > caps.alone,
      expiresAt: new Date(now.getTime() + EXPORT_HOURS * 3_600_000),
    })
    await record(tx, auditKey, [
      {
        ...by,
        action: 'audit.export-request',
        target: targetOf(asked),
        before: null,
        after: {
          filter,
          reason,
          rows,
          needsApproval: asked.needsApproval,
        },
      },
    ])
    return { export: asked }
  })
}

/** Agrees to somebody else's export, or refuses it. */
export async function decideExport({ sql, auditKey, by }: Managing, id: string, approved: boolean, now = new Date()): Promise<ExportOutcome> {
  return await sql.begin(async (tx): Promise<ExportOutcome> => {
    const found = await lockAuditExport(tx, id)
    if (!found)
      return { refused: 'not-found' }
    if (found.requestedBy === by.actor)
      return { refused: 'own' }
    if (stateOf(found, now) !== 'waiting')
      return { refused: 'over' }
    const decided = await decideAuditExport(tx, id, { by: by.actor, name: by.actorName, approved })
    const action = approved
      ? 'audit.export-approve'
      : 'audit.export-refuse'
    await record(tx, auditKey, [
      {
        ...by,
        action,
        target: targetOf(found),
        before: null,
        after: { for: found.requestedName, rows: found.rows },
      },
    ])
    return { export: decided }
  })
}

/** Takes the one fetch that an export has. Only who asked for it may. */
export async function takeExport({ sql, auditKey, by }: Managing, id: string, now = new Date()): Promise<ExportOutcome> {
  return await sql.begin(async (tx): Promise<ExportOutcome> => {
    const found = await lockAuditExport(tx, id)
    if (!found)
      return { refused: 'not-found' }
    if (found.requestedBy !== by.actor)
      return { refused: 'not-own' }
    const state = stateOf(found, now)
    if (state === 'waiting')
      return { refused: 'waiting' }
    if (state !== 'ready')
      return { refused: 'over' }
    await noteAuditExportFetched(tx, id)
    await record(tx, auditKey, [
      {
        ...by,
        action: 'audit.export',
        target: targetOf(found),
        before: null,
        after: { rows: found.rows, agreed: found.decidedName },
      },
    ])
    return { export: found }
  })
}

export function stateOf({ needsApproval, approved, fetchedAt, expiresAt }: AuditExportRow, now: Date): ExportState {
  if (fetchedAt)
    return 'fetched'
  if (approved === false)
    return 'refused'
  if (expiresAt <= now)
    return 'expired'
  return needsApproval && approved === null
    ? 'waiting'
    : 'ready'
}

function targetOf({ id }: Pick<AuditExportRow, 'id'>): string {
  return `audit-export:${id}`
}
