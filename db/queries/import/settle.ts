import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { RegionLevel } from '#contract/places.ts'
import type { SqlOrTx, Tx } from '../../connect.ts'

// Any number, as long as it is the same in every process of this program.
const advisoryLock = 4877216

/** Imports that decide what lies where take turns. Held until the transaction ends. */
export async function lockPlaces(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(${advisoryLock})`
}

export async function listRegionAreas(sql: SqlOrTx) {
  return await sql<{ id: string, subdistrict: string, level: RegionLevel, name: string, parent: string | null, geometry: Polygon | MultiPolygon }[]>`
    select id, subdistrict, level, name, parent, geometry
    from regions`
}

export async function listCompounds(sql: SqlOrTx) {
  return await sql<{ id: number, geometry: Polygon | MultiPolygon }[]>`
    select id, geometry
    from areas
    where class = 'compound'`
}

export const placeTables = [
  'streets',
  'street_points',
  'barriers',
  'areas',
  'map_labels',
  'buildings',
] as const
export type PlaceTable = typeof placeTables[number]

/** A page of a table's places in the order of ids, each with the point that tells in which subdistrict it lies. */
export async function pageOfPlaces(tx: Tx, table: PlaceTable, afterId: number, limit: number) {
  const point = table === 'buildings'
    ? tx`centre`
    : table === 'street_points' || table === 'map_labels'
      ? tx`location`
      : tx`@@ bounds`
  return await tx<{ id: number, subdistrict: string, point: [number, number] }[]>`
    select id, subdistrict, ${point} as point
    from ${tx(table)}
    where id > ${afterId}
    order by id
    limit ${limit}`
}

export async function moveToSubdistricts(tx: Tx, table: PlaceTable, moves: readonly { id: number, subdistrict: string }[]): Promise<void> {
  await tx`
    update ${tx(table)} as known
    set subdistrict = move.subdistrict
    from json_to_recordset(${JSON.stringify(moves)}::text::json) as move (subdistrict text, id bigint)
    where known.id = move.id`
}

export interface BuildingPlace { id: number, compound: number | null, community: string | null, grid: string | null }

export async function pageOfBuildings(tx: Tx, afterId: number, limit: number) {
  return await tx<(BuildingPlace & { centre: LngLat })[]>`
    select id, centre, compound, community, grid
    from buildings
    where id > ${afterId}
    order by id
    limit ${limit}`
}

export async function settleBuildings(tx: Tx, places: readonly BuildingPlace[]): Promise<void> {
  await tx`
    update buildings as known
    set compound = place.compound, community = place.community, grid = place.grid
    from json_to_recordset(${JSON.stringify(places)}::text::json) as place (id bigint, compound bigint, community text, grid text)
    where known.id = place.id`
}

/** Pieces of lines that were cut at the edge of the area, beyond the first of each. */
export async function laterPieces(tx: Tx, table: 'streets' | 'barriers' | 'areas', step: number): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`select id from ${tx(table)} where id >= ${step}`
  return rows.map(({ id }) => id)
}

export async function removePieces(tx: Tx, table: 'streets' | 'barriers' | 'areas', ids: readonly number[]): Promise<void> {
  await tx`delete from ${tx(table)} where id = any(${ids}::bigint[])`
}
