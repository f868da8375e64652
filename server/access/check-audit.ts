import type { Sql } from '../../db/connect.ts'
import type { AuditVerification } from '#contract/access.ts'
import { verifyAudit } from './audit.ts'

const mostTold = 20

/**
 * Checks the trail for a page. It reads every entry, so however many ask, one check runs at a time and they share what it finds.
 * A cut-off end does not show here: that takes what was noted outside the database (`npm run audit -- verify`).
 */
export function auditChecker(sql: Sql, key: Buffer): () => Promise<AuditVerification> {
  let running: Promise<AuditVerification> | null = null
  return () => running ??= check(sql, key).finally(() => running = null)
}

async function check(sql: Sql, key: Buffer): Promise<AuditVerification> {
  const { entries, faults } = await verifyAudit(sql, key, null)
  return {
    at: new Date().toISOString(),
    entries,
    faults: faults.length,
    first: faults.slice(0, mostTold),
  }
}
