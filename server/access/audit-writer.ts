import type { Sql } from '../../db/connect.ts'
import type { AuditEntry } from '../../db/queries/audit.ts'
import { createBatcher } from '../batcher.ts'
import { record } from './audit.ts'

/**
 * Writes entries to the audit trail, many that come at once in one transaction: the chain has one end, and a transaction for
 * each would let a hundred officers wait for each other.
 */
export function auditWriter(sql: Sql, auditKey: Buffer): (entry: AuditEntry) => Promise<void> {
  return createBatcher(async (entries) => {
    await sql.begin(tx => record(tx, auditKey, entries))
    return entries.map(() => undefined)
  }, {
    mayRetry: () => false,
  })
}
