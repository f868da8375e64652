import type { CaseCard, CaseKind, CaseSource, CaseStatus, Urgency } from '#contract/case.ts'
import type { Datum, LngLat } from '#contract/geometry.ts'
import type { CaseTopic } from '#contract/topic.ts'
import type { Tx } from '../connect.ts'
import type { CaseRow } from './cases.ts'
import type { Columns } from '../insert-columns.ts'
import { insertColumns } from '../insert-columns.ts'
import { caseColumns } from './cases.ts'

export interface NewCase {
  id: string
  subdistrict: string
  source_ref: string | null
  kind: CaseKind
  source: CaseSource
  status: CaseStatus
  urgency: Urgency
  topic: CaseTopic
  content: string
  address: string | null
  location: LngLat | null
  original_location: LngLat | null
  original_datum: Datum | null
  /** given, address, content, hand */
  located_by: string | null
  location_confidence: number | null
  community: string | null
  grid: string | null
  compound: number | null
  building: number | null
  zone: string | null
  worksite: string | null
  assignee: string | null
  reported_at: Date
  term: string
  due_at: Date | null
  due_missing_year: number | null
  warn_at: Date | null
  card: CaseCard | null
  resolved_at: Date | null
  closed_at: Date | null
  satisfied: boolean | null
  solved: boolean | null
  contact_name: Buffer | null
  contact_phone: Buffer | null
  contact_phone_hash: string | null
}

const columns: Columns<NewCase> = {
  id: [
    'text',
    row => row.id,
  ],
  subdistrict: [
    'text',
    row => row.subdistrict,
  ],
  source_ref: [
    'text',
    row => row.source_ref,
  ],
  kind: [
    'text',
    row => row.kind,
  ],
  source: [
    'text',
    row => row.source,
  ],
  status: [
    'text',
    row => row.status,
  ],
  urgency: [
    'text',
    row => row.urgency,
  ],
  topic: [
    'text',
    row => row.topic,
  ],
  content: [
    'text',
    row => row.content,
  ],
  address: [
    'text',
    row => row.address,
  ],
  location: [
    'point',
    row => row.location,
  ],
  original_location: [
    'point',
    row => row.original_location,
  ],
  original_datum: [
    'text',
    row => row.original_datum,
  ],
  located_by: [
    'text',
    row => row.located_by,
  ],
  location_confidence: [
    'real',
    row => row.location_confidence,
  ],
  community: [
    'text',
    row => row.community,
  ],
  grid: [
    'text',
    row => row.grid,
  ],
  compound: [
    'bigint',
    row => row.compound,
  ],
  building: [
    'bigint',
    row => row.building,
  ],
  zone: [
    'text',
    row => row.zone,
  ],
  worksite: [
    'text',
    row => row.worksite,
  ],
  assignee: [
    'text',
    row => row.assignee,
  ],
  reported_at: [
    'timestamptz',
    row => row.reported_at,
  ],
  term: [
    'text',
    row => row.term,
  ],
  due_at: [
    'timestamptz',
    row => row.due_at,
  ],
  due_missing_year: [
    'integer',
    row => row.due_missing_year,
  ],
  warn_at: [
    'timestamptz',
    row => row.warn_at,
  ],
  card: [
    'text',
    row => row.card,
  ],
  resolved_at: [
    'timestamptz',
    row => row.resolved_at,
  ],
  closed_at: [
    'timestamptz',
    row => row.closed_at,
  ],
  satisfied: [
    'boolean',
    row => row.satisfied,
  ],
  solved: [
    'boolean',
    row => row.solved,
  ],
  contact_name: [
    'bytea',
    row => row.contact_name,
  ],
  contact_phone: [
    'bytea',
    row => row.contact_phone,
  ],
  contact_phone_hash: [
    'text',
    row => row.contact_phone_hash,
  ],
}

/** One statement however many; ids must be new. */
export async function insertCases(tx: Tx, cases: readonly NewCase[]): Promise<void> {
  if (cases.length > 0)
    await insertColumns(tx, 'cases', columns, cases)
}

/** What of a case may change after it was registered. */
export type CasePatch = Partial<Omit<NewCase, 'id' | 'source_ref' | 'source'>> & {
  clock_paused_at?: Date | null
  due_before_pause?: Date | null
  supervised?: boolean
  called_back_at?: Date | null
  dissatisfied_in_row?: number
  merged_into?: string | null
  return_ruled?: boolean
  resolved_by?: string | null
  contacted_at?: Date | null
  close_proposed_by?: string | null
  promised?: boolean
  plan_date?: string | null
  review_at?: string | null
}

/** Writes the patch, counts the version up and returns the case as it is then. The caller holds the row's lock. */
export async function patchCase(tx: Tx, id: string, patch: CasePatch): Promise<CaseRow> {
  const { location, original_location, ...plain } = patch
  if (plain.subdistrict)
    await tx`update case_steps set subdistrict = ${plain.subdistrict} where case_id = ${id} and subdistrict <> ${plain.subdistrict}`
  const [row] = await tx<CaseRow[]>`
    update cases
    set ${tx({ id, ...plain })}, version = version + 1, updated_at = clock_timestamp()
      ${location !== undefined
        ? tx`, location = ${pointOf(tx, location)}`
        : tx``}
      ${original_location !== undefined
        ? tx`, original_location = ${pointOf(tx, original_location)}`
        : tx``}
    where id = ${id}
    returning ${caseColumns(tx)}`
  return row!
}

function pointOf(tx: Tx, lngLat: LngLat | null) {
  return lngLat
    ? tx`point(${lngLat[0]}, ${lngLat[1]})`
    : tx`null`
}
