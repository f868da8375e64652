import type { WageRule } from '#contract/wages.ts'
import type { SqlOrTx, Tx } from '../connect.ts'

/** Rules that were set; of a subdistrict's own and those for everywhere (subdistrict '') its own. */
export async function readWageRules(sql: SqlOrTx, subdistrict: string): Promise<WageRule[]> {
  return await sql<WageRule[]>`
    select distinct on (rule) rule, level, threshold, source
    from wage_rules
    where subdistrict in ('', ${subdistrict})
    order by rule, subdistrict desc`
}

export async function putWageRules(tx: Tx, subdistrict: string, rules: readonly WageRule[]): Promise<void> {
  for (const { rule, level, threshold, source } of rules) {
    await tx`
      insert into wage_rules (subdistrict, rule, level, threshold, source)
      values (${subdistrict}, ${rule}, ${level}, ${threshold}, ${source})
      on conflict (subdistrict, rule) do update
      set level = excluded.level, threshold = excluded.threshold, source = excluded.source, updated_at = now()`
  }
}
