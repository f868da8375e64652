import type { CaseKind, CaseStatus, Urgency } from '#contract/case.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { SqlOrTx } from '../connect.ts'

/** What the generated town leaves in `meta`, so that everybody can tell that nothing here is real. */
export interface DemoMark {
  seed: string
  size: 'subdistrict' | 'district' | 'city'
  /** ISO 8601; the moment that the town was generated for. */
  loadedAt: string
  /** Absent while it is being loaded, and for ever if that was interrupted. */
  complete?: true
}

/** null = this database holds no generated town. */
export async function readDemoMark(sql: SqlOrTx): Promise<DemoMark | null> {
  const [row] = await sql<{ value: DemoMark }[]>`select value from meta where key = 'demo'`
  return row?.value ?? null
}

export async function writeDemoMark(sql: SqlOrTx, mark: DemoMark): Promise<void> {
  await sql`
    insert into meta (key, value) values ('demo', ${sql.json({ ...mark })})
    on conflict (key) do update set value = excluded.value`
}

/** Nothing was imported or reported yet. */
export async function isEmptyDatabase(sql: SqlOrTx): Promise<boolean> {
  const [row] = await sql<[{ empty: boolean }]>`
    select not exists (select from regions)
      and not exists (select from streets)
      and not exists (select from cases) as empty`
  return row.empty
}

export interface ReferredCase {
  ref: string
  id: string
  community: string | null
  grid: string | null
}

/** Cases by the number that they came with. */
export async function casesByRef(sql: SqlOrTx, refs: readonly string[]): Promise<ReferredCase[]> {
  return await sql<ReferredCase[]>`
    select source_ref as ref, id, community, grid
    from cases
    where source_ref = any(${[...refs]})`
}

export interface DutyOfficer {
  id: string
  subdistrict: string
  community: string | null
  grid: string | null
  location: LngLat | null
}

export async function officersOnDuty(sql: SqlOrTx, limit: number): Promise<DutyOfficer[]> {
  return await sql<DutyOfficer[]>`
    select id, subdistrict, community, grid, location
    from officers
    where duty = 'on'
    order by id
    limit ${limit}`
}

export interface OpenCaseRow {
  id: string
  status: CaseStatus
  kind: CaseKind
  urgency: Urgency
  assignee: string | null
  community: string | null
  grid: string | null
  location: LngLat | null
  satisfied: boolean | null
  dissatisfied_in_row: number
  close_proposed_by: string | null
  due_at: Date | null
  updated_at: Date
}

/** What somebody still has to do something about; newest first, at most so many. */
export async function openCases(sql: SqlOrTx, limit: number): Promise<OpenCaseRow[]> {
  return await sql<OpenCaseRow[]>`
    select id, status, kind, urgency, assignee, community, grid, location, satisfied, dissatisfied_in_row, close_proposed_by, due_at,
      updated_at
    from cases
    where status not in ('closed', 'archived', 'merged')
    order by updated_at desc
    limit ${limit}`
}

export interface NamedPlace {
  name: string
  address: string
  location: LngLat
  weight: number
  units: number
  floors: number
}

/** Houses where people live, as residents call them. */
export async function houses(sql: SqlOrTx): Promise<NamedPlace[]> {
  return await sql<NamedPlace[]>`
    select coalesce(areas.name, '') || coalesce(buildings.name, '') as name, coalesce(buildings.address, '') as address,
      centre as location, population as weight, coalesce(units, 1) as units, coalesce(floors, 1) as floors
    from buildings left join areas on areas.subdistrict = buildings.subdistrict and areas.id = buildings.compound
    where population > 0 and buildings.name is not null`
}

/** Compounds by name, weighted by their people. */
export async function compounds(sql: SqlOrTx): Promise<NamedPlace[]> {
  return await sql<NamedPlace[]>`
    select areas.name, areas.name as address, point(avg(centre[0]), avg(centre[1])) as location,
      sum(population)::float8 as weight, 1 as units, 1 as floors
    from areas join buildings on buildings.subdistrict = areas.subdistrict and buildings.compound = areas.id
    where areas.class = 'compound' and areas.name is not null and population > 0
    group by areas.subdistrict, areas.id, areas.name`
}

/** Named streets at the middle of each of their ways. */
export async function namedStreets(sql: SqlOrTx): Promise<NamedPlace[]> {
  return await sql<NamedPlace[]>`
    select streets.name, streets.name || '路段' as address,
      point(lngs[(array_length(lngs, 1) + 1) / 2], lats[(array_length(lats, 1) + 1) / 2]) as location,
      case when class = 'residential' then 1 else 2 end::float8 as weight, 1 as units, 1 as floors
    from streets
    where streets.name is not null and class <> 'footway' and not bridge and not tunnel`
}

/** Renovation zones, worksites, care facilities and public places, told apart by `kind`. */
export async function otherPlaces(sql: SqlOrTx): Promise<(NamedPlace & { kind: string })[]> {
  return await sql<(NamedPlace & { kind: string })[]>`
    select 'zone' as kind, name, name as address, center(bounds) as location, open_leftovers + 2.0::float8 as weight, 1 as units, 1 as floors
    from renovation_zones
    union all
    select 'worksite', name, name, location, owed_people + 1.0::float8, 1, 1
    from worksites
    union all
    select kind, name, name, location, 1.0::float8, 1, 1
    from care_facilities
    where open
    union all
    select class, name, name, location, 1.0::float8, 1, 1
    from map_labels
    union all
    select kind, name, name, centre, 1.0::float8, 1, 1
    from buildings
    where name is not null and coalesce(population, 0) = 0 and kind <> 'retail'`
}

export interface WalkedStreet { nodes: number[], lngs: number[], lats: number[] }

/** What may be walked. */
export async function walkedStreets(sql: SqlOrTx): Promise<WalkedStreet[]> {
  return await sql<WalkedStreet[]>`
    select nodes, lngs, lats
    from streets
    where foot`
}

/**
 * Takes or keeps the right to drive the simulated day, for so many seconds; false when another process has it. A lease and
 * not a lock: it outlives a lost connection, and whoever dies without giving it back loses it soon.
 */
export async function leaseDemoDay(sql: SqlOrTx, holder: string, seconds: number): Promise<boolean> {
  const rows = await sql`
    insert into meta (key, value)
    values ('demo-day', jsonb_build_object('holder', ${holder}::text, 'until', clock_timestamp() + ${seconds} * interval '1 second'))
    on conflict (key) do update set value = excluded.value
    where meta.value ->> 'holder' = ${holder} or (meta.value ->> 'until')::timestamptz < clock_timestamp()
    returning key`
  return rows.length > 0
}

export async function giveBackDemoDay(sql: SqlOrTx, holder: string): Promise<void> {
  await sql`delete from meta where key = 'demo-day' and value ->> 'holder' = ${holder}`
}

/** The officer on duty with most open cases, whose page has something to show. */
export async function busiestOfficer(sql: SqlOrTx): Promise<Pick<DutyOfficer, 'id' | 'community' | 'grid'> | null> {
  const [row] = await sql<Pick<DutyOfficer, 'id' | 'community' | 'grid'>[]>`
    select officers.id, officers.community, officers.grid
    from officers
    left join cases on cases.assignee = officers.id and cases.status not in ('closed', 'archived', 'merged')
    where officers.duty = 'on'
    group by officers.id, officers.community, officers.grid
    order by count(cases.id) desc, officers.id
    limit 1`
  return row ?? null
}
