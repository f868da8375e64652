import type { CaseStatus } from '#contract/case.ts'
import type { Datum, LngLat } from '#contract/geometry.ts'
import type { Box } from '../../../server/places/polygon.ts'
import type { SqlOrTx, Tx } from '../../connect.ts'
import type { CaseRow } from '../cases.ts'
import { caseColumns } from '../cases.ts'

export interface SettledPlace {
  subdistrict: string
  location: LngLat | null
  community: string | null
  grid: string | null
  compound: number | null
  building: number | null
  zone: string | null
  worksite: string | null
}

export interface UnsettledCase extends SettledPlace {
  id: string
  status: CaseStatus
  assignee: string | null
  original_location: LngLat | null
  original_datum: Datum | null
}

/** Ids of the cases in the box, and of those whose place could not be told yet; null = of all cases. */
export async function casesToSettle(sql: SqlOrTx, box: Box | null): Promise<string[]> {
  const rows = box
    ? await sql<{ id: string }[]>`
        select id
        from cases
        where location <@ box(point(${box[0]}, ${box[1]}), point(${box[2]}, ${box[3]}))
        union all
        select id
        from cases
        where location is null and original_location is not null
        order by id`
    : await sql<{ id: string }[]>`select id from cases order by id`
  return rows.map(({ id }) => id)
}

export async function lockUnsettledCases(tx: Tx, ids: readonly string[]): Promise<UnsettledCase[]> {
  return await tx<UnsettledCase[]>`
    select id, status, assignee, subdistrict, location, original_location, original_datum, community, grid, compound, building, zone, worksite
    from cases
    where id = any(${ids}::text[])
    order by id
    for update`
}

/** Writes where cases lie, counts their versions up and returns them as they are then. */
export async function settleCases(tx: Tx, places: readonly (SettledPlace & { id: string })[]): Promise<CaseRow[]> {
  const given = JSON.stringify(places)
  await tx`
    update case_steps as step
    set subdistrict = given.subdistrict
    from json_to_recordset(${given}::text::json) as given (subdistrict text, id text)
    where step.case_id = given.id and step.subdistrict <> given.subdistrict`
  return await tx<CaseRow[]>`
    with settled as (
      update cases as known
      set subdistrict = given.subdistrict, location = point(given.location[1], given.location[2]), community = given.community,
        grid = given.grid, compound = given.compound, building = given.building, zone = given.zone,
        worksite = given.worksite, version = version + 1, updated_at = clock_timestamp()
      from json_to_recordset(${given}::text::json) as given (
        id text, subdistrict text, location float8[], community text, grid text, compound bigint, building bigint, zone text,
        worksite text)
      where known.id = given.id
      returning known.*
    )
    select ${caseColumns(tx)} from settled`
}

export async function hasCases(sql: SqlOrTx): Promise<boolean> {
  const [row] = await sql<[{ exists: boolean }]>`select exists (select from cases)`
  return row.exists
}
