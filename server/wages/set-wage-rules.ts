import type { WageRule } from '#contract/wages.ts'
import type { Sql } from '../../db/connect.ts'
import { putWageRules, readWageRules } from '../../db/queries/wage-rules.ts'
import { settleAllWorksites } from './settle-worksite.ts'
import { rulesInForce } from './warning-rules.ts'

/** For everywhere; every site is judged by them at once. */
export async function setWageRules(sql: Sql, rules: readonly WageRule[], now: Date): Promise<WageRule[]> {
  const inForce = await sql.begin(async (tx) => {
    await putWageRules(tx, '', rules)
    await settleAllWorksites(tx, now)
    return rulesInForce(await readWageRules(tx, ''))
  })
  return inForce as WageRule[]
}
