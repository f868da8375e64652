import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { SqlOrTx, Tx } from '../../connect.ts'
import type { Box } from '../../../server/places/polygon.ts'

/** What a register says of a building; null = not known. */
export interface PeopleRow {
  id: number
  households: number | null
  population: number | null
  aged60: number | null
  aged70: number | null
  aged80: number | null
  units: number | null
  floors: number | null
  builtYear: number | null
}

export interface HomeRow extends PeopleRow {
  kind: string
  compound: number | null
  geometry: Polygon | MultiPolygon
  centre: LngLat
}

export async function lockPeople(tx: Tx, ids: readonly number[]): Promise<PeopleRow[]> {
  return await tx<PeopleRow[]>`
    select id, households, population, aged60, aged70, aged80, units, floors, built_year as "builtYear"
    from buildings
    where id = any(${ids}::bigint[])
    order by id
    for update`
}

/** Buildings whose centre lies in the box. */
export async function homesIn(sql: SqlOrTx, [west, south, east, north]: Box): Promise<HomeRow[]> {
  return await sql<HomeRow[]>`
    select ${homeColumns(sql)}
    from buildings
    where centre <@ box(point(${west}, ${south}), point(${east}, ${north}))
    order by id`
}

/** Buildings whose box touches this one. */
export async function homesNear(sql: SqlOrTx, [west, south, east, north]: Box): Promise<HomeRow[]> {
  return await sql<HomeRow[]>`
    select ${homeColumns(sql)}
    from buildings
    where bounds && box(point(${west}, ${south}), point(${east}, ${north}))
    order by id`
}

function homeColumns(sql: SqlOrTx) {
  return sql`
    id, coalesce(kind, 'yes') as kind, compound, geometry, centre, households, population, aged60, aged70, aged80, units,
    floors, built_year as "builtYear"`
}

export async function writePeople(tx: Tx, rows: readonly PeopleRow[]): Promise<void> {
  await tx`
    update buildings as known
    set households = given.households, population = given.population, aged60 = given.aged60, aged70 = given.aged70,
      aged80 = given.aged80, units = given.units, floors = given.floors, built_year = given."builtYear"
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as given (
      id bigint, households integer, population integer, aged60 integer, aged70 integer, aged80 integer, units integer,
      floors integer, "builtYear" integer)
    where known.id = given.id`
}

export async function knownBuildings(tx: Tx, ids: readonly number[]): Promise<Set<number>> {
  const rows = ids.length > 0
    ? await tx<{ id: number }[]>`select id from buildings where id = any(${ids}::bigint[])`
    : []
  return new Set(rows.map(({ id }) => id))
}
