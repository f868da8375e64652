import type { Sql } from '../../db/connect.ts'
import type { RetentionRuleId } from './retention-rules.ts'
import { sweeps } from '../../db/queries/retention.ts'
import { record } from '../access/audit.ts'
import { retentionRules } from './retention-rules.ts'

export interface RetentionResult { rule: RetentionRuleId, before: Date, rows: number }

/**
 * Carries out the retention rules, each in a transaction with its entry in the audit trail.
 * `apply` false = dry run: says what would go, changes nothing
 */
export async function retain(sql: Sql, { auditKey, now = new Date(), apply }: { auditKey: Buffer, now?: Date, apply: boolean }): Promise<RetentionResult[]> {
  const results: RetentionResult[] = []
  for (const { id, days, does } of retentionRules) {
    const before = new Date(now.getTime() - days * 86_400_000)
    const rows = await sql.begin(async (tx) => {
      const rows = await sweeps[id](tx, before, apply)
      if (apply && rows > 0) {
        await record(tx, auditKey, [
          {
            actor: 'system',
            actorName: 'retention',
            role: null,
            address: null,
            action: `retention.${does}`,
            target: id,
            before: null,
            after: {
              rows,
              before: before.toISOString(),
            },
          },
        ], now)
      }
      return rows
    })
    results.push({ rule: id, before, rows })
  }
  return results
}
