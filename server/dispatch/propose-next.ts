import type { Tx } from '../../db/connect.ts'
import type { CaseRow } from '../../db/queries/cases.ts'
import { dismissedOfficers, officersAskedInVain } from '../../db/queries/assignments.ts'
import { readOfficersAtWork } from '../../db/queries/candidates.ts'
import { rankCandidates } from '../cases/rank-candidates.ts'

/** Who is to be asked next, once `lastAsked` would not: the best on duty who was not asked for this case yet. null = nobody. */
export async function proposeNext(tx: Tx, item: CaseRow, lastAsked: string, now: Date): Promise<string | null> {
  const out = new Set([
    lastAsked,
    ...await officersAskedInVain(tx, item.id),
    ...await dismissedOfficers(tx),
  ])
  const officers = await readOfficersAtWork(tx, item.subdistrict, now)
  const [best] = rankCandidates(item, officers.filter(({ id, duty }) => duty === 'on' && !out.has(id)), now)
  return best?.officer ?? null
}
