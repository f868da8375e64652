import type { Sql } from '../../db/connect.ts'
import { randomUUID } from 'node:crypto'
import { insertMerge, lockCompanies, undoMerge, worksitesOfCompanies } from '../../db/queries/companies.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { settleWorksites } from './settle-worksite.ts'

export type Merged = { merged: true } | { notFound: 'company' | 'into' } | { obstacle: string }

/**
 * Says that two spellings are one company; the sites' ledgers keep what was written and show the one name. One step only: what
 * others were merged into is merged into nothing, so that undoing a merge undoes exactly it.
 */
export async function mergeCompanies(sql: Sql, { company, into, by, now }: { company: string, into: string, by: string, now: Date }): Promise<Merged> {
  const merged = await sql.begin(async (tx): Promise<Merged> => {
    const rows = await lockCompanies(tx, [company, into])
    const from = rows.find(({ id }) => id === company)
    const to = rows.find(({ id }) => id === into)
    if (!from || !to) {
      return {
        notFound: from ? 'into' : 'company',
      }
    }
    if (company === into || from.subdistrict !== to.subdistrict)
      return { obstacle: 'A company is merged into another one of the same subdistrict.' }
    if (from.mergedInto)
      return { obstacle: 'It is merged already; undo that first.' }
    if (from.hasMerged || to.mergedInto)
      return { obstacle: 'Others were merged into it, or the other one was merged itself; undo that first.' }
    await insertMerge(tx, {
      subdistrict: from.subdistrict,
      id: randomUUID(),
      company,
      into_company: into,
      merged_by: by,
      merged_at: now,
    })
    await appendBySubdistrict(tx, await settleWorksites(tx, await worksitesOfCompanies(tx, [company, into]), now, true))
    return { merged: true }
  })
  return merged as Merged
}

/** Whether it was merged. */
export async function unmergeCompany(sql: Sql, { company, by, now }: { company: string, by: string, now: Date }): Promise<boolean> {
  const undone = await sql.begin(async (tx) => {
    if (!await undoMerge(tx, company, by, now))
      return false
    await appendBySubdistrict(tx, await settleWorksites(tx, await worksitesOfCompanies(tx, [company]), now, true))
    return true
  })
  return undone as boolean
}
