import type { CaseKind, CaseSource, CaseStatus, Urgency } from '#contract/case.ts'
import type { Datum, LngLat } from '#contract/geometry.ts'
import type { CaseTopic } from '#contract/topic.ts'
import type { Tx } from '../connect.ts'
import type { CaseRow } from './cases.ts'
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
  closed_at: Date | null
  satisfied: boolean | null
  contact_name: Buffer | null
  contact_phone: Buffer | null
  contact_phone_hash: string | null
}

/** One statement however many; in the order given. Ids must be new. */
export async function insertCases(tx: Tx, cases: NewCase[]): Promise<void> {
  await tx`
    insert into cases (
      id, subdistrict, source_ref, kind, source, status, urgency, topic, content, address, location, original_location, original_datum,
      community, grid, compound, building, zone, worksite, assignee, reported_at, term, due_at, closed_at, satisfied,
      contact_name, contact_phone, contact_phone_hash)
    select
      id, subdistrict, source_ref, kind, source, status, urgency, topic, content, address,
      point(lng, lat), point(original_lng, original_lat), original_datum,
      community, grid, compound, building, zone, worksite, assignee, reported_at, term, due_at, closed_at, satisfied,
      decode(contact_name, 'hex'), decode(contact_phone, 'hex'), contact_phone_hash
    from json_to_recordset(${JSON.stringify(cases.map(jsonOf))}::text::json) as fresh (
      id text, subdistrict text, source_ref text, kind text, source text, status text, urgency text, topic text, content text, address text,
      lng float8, lat float8, original_lng float8, original_lat float8, original_datum text,
      community text, grid text, compound bigint, building bigint, zone text, worksite text, assignee text,
      reported_at timestamptz, term text, due_at timestamptz, closed_at timestamptz, satisfied boolean,
      contact_name text, contact_phone text, contact_phone_hash text)`
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
}

/** Writes the patch, counts the version up and returns the case as it is then. The caller holds the row's lock. */
export async function patchCase(tx: Tx, id: string, patch: CasePatch): Promise<CaseRow> {
  const { location, original_location, ...plain } = patch
  if (plain.subdistrict)
    await tx`update case_steps set subdistrict = ${plain.subdistrict} where case_id = ${id} and subdistrict <> ${plain.subdistrict}`
  const [row] = await tx<CaseRow[]>`
    update cases
    set version = version + 1, updated_at = clock_timestamp()
      ${Object.keys(plain).length > 0
        ? tx`, ${tx(plain)}`
        : tx``}
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

function jsonOf(fresh: NewCase) {
  const { location, original_location, contact_name, contact_phone, ...rest } = fresh
  return {
    ...rest,
    lng: location?.[0],
    lat: location?.[1],
    original_lng: original_location?.[0],
    original_lat: original_location?.[1],
    contact_name: contact_name?.toString('hex'),
    contact_phone: contact_phone?.toString('hex'),
  }
}
