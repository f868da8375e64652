import type { HandlingTerm } from '#contract/wage-handling.ts'
import type { Sql } from '../../../db/connect.ts'
import { putHandlingTerms, readHandlingTerms } from '../../../db/queries/wage-handlings.ts'
import { handlingTermsInForce } from './handling-terms.ts'

/** For everywhere; what is due already keeps its day. */
export async function setHandlingTerms(sql: Sql, terms: readonly HandlingTerm[]): Promise<HandlingTerm[]> {
  const inForce = await sql.begin(async (tx) => {
    await putHandlingTerms(tx, '', terms)
    return handlingTermsInForce(await readHandlingTerms(tx, ''))
  })
  return inForce as HandlingTerm[]
}
