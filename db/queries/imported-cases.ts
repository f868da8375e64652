import type { CaseKind, CaseSource, CaseStatus, Urgency } from '#contract/case.ts'
import type { Datum, LngLat } from '#contract/geometry.ts'
import type { Tx } from '../connect.ts'

/** What an import said of a case when it was last seen, and whether anybody here has worked on it since. */
export interface KnownCase {
  id: string
  subdistrict: string
  source: CaseSource
  source_ref: string
  kind: CaseKind
  status: CaseStatus
  urgency: Urgency
  content: string
  address: string | null
  original_location: LngLat | null
  original_datum: Datum | null
  location: LngLat | null
  community: string | null
  grid: string | null
  reported_at: Date
  closed_at: Date | null
  satisfied: boolean | null
  solved: boolean | null
  assignee: string | null
  contact_name: Buffer | null
  contact_phone_hash: string | null
  worked_on: boolean
}

/** Meets cases again by the number that they have in the system they came from, and locks them. */
export async function lockKnownCases(tx: Tx, refs: { source: CaseSource, sourceRef: string }[]): Promise<KnownCase[]> {
  return await tx<KnownCase[]>`
    select id, subdistrict, source, source_ref, kind, status, urgency, content, address, original_location, original_datum,
      location, community, grid, reported_at, closed_at, satisfied, solved, assignee, contact_name, contact_phone_hash,
      exists (select from case_steps where case_steps.subdistrict = cases.subdistrict and case_id = cases.id) as worked_on
    from cases
    where (source, source_ref) in (
      select * from unnest(${refs.map(({ source }) => source)}::text[], ${refs.map(({ sourceRef }) => sourceRef)}::text[]))
    order by id
    for update`
}
