import type { LadderTerm } from '#contract/renovation.ts'
import type { Sql } from '../../db/connect.ts'
import { putLadderTerms, readLadderTerms } from '../../db/queries/zone-ledger.ts'
import { ladderTermsInForce } from './ladder-terms.ts'

/** For everywhere; steps that were taken before keep their day. */
export async function setLadderTerms(sql: Sql, terms: readonly LadderTerm[]): Promise<LadderTerm[]> {
  const inForce = await sql.begin(async (tx) => {
    await putLadderTerms(tx, '', terms)
    return ladderTermsInForce(await readLadderTerms(tx, ''))
  })
  return inForce as LadderTerm[]
}
