import type { Case, CaseStatus } from '#contract/case.ts'
import type { SqlOrTx } from '../connect.ts'
import type { CaseRow } from './cases.ts'
import { caseColumns, caseFeature } from './cases.ts'

export interface StoredReceipt {
  salt: Buffer
  code_hash: Buffer
}

/** A receipt is made once; a report that is sent again keeps its first. */
export async function insertReceipt(sql: SqlOrTx, caseId: string, { salt, hash }: { salt: Buffer, hash: Buffer }): Promise<void> {
  await sql`
    insert into report_receipts (subdistrict, case_id, salt, code_hash)
    select subdistrict, id, ${salt}, ${hash}
    from cases
    where id = ${caseId}
    on conflict do nothing`
}

/** The subdistrict that a case belongs to; null = there is no such case. */
export async function subdistrictOfCase(sql: SqlOrTx, id: string): Promise<string | null> {
  const [row] = await sql<{ subdistrict: string }[]>`select subdistrict from cases where id = ${id}`
  return row?.subdistrict ?? null
}

export async function findReceipt(sql: SqlOrTx, caseId: string): Promise<StoredReceipt | null> {
  const [row] = await sql<StoredReceipt[]>`
    select salt, code_hash
    from report_receipts
    where case_id = ${caseId}`
  return row ?? null
}

export interface ReportedCase {
  own: Case
  /** The case that answers for it: itself unless it was merged. */
  head: Case
  steps: { at: Date, to: CaseStatus, planDate: string | null }[]
}

/** A case, the one that it was merged into if it was, and what was done to that. */
export async function readReportedCase(sql: SqlOrTx, id: string): Promise<ReportedCase | null> {
  const chain = await sql<CaseRow[]>`
    with recursive answering as (
      select cases.*, 1 as depth
      from cases
      where id = ${id}
      union all
      select cases.*, depth + 1
      from cases join answering on cases.id = answering.merged_into
      where depth < 20)
    select ${caseColumns(sql)}
    from answering
    order by depth`
  const own = chain[0]
  const head = chain.at(-1)
  if (!own || !head)
    return null
  const steps = await sql<{ at: Date, to: CaseStatus, planDate: string | null }[]>`
    select at, to_status as "to", plan_date::text as "planDate"
    from case_steps
    where subdistrict = ${head.subdistrict} and case_id = ${head.id}
    order by seq`
  return {
    own: caseFeature(own).properties,
    head: caseFeature(head).properties,
    steps,
  }
}
