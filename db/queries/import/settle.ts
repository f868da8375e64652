import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { RegionLevel } from '#contract/places.ts'
import type { Box } from '../../../server/places/polygon.ts'
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

const pageSize = 5000

/** Pages of a table's places, each with the point that tells in which subdistrict it lies; of those in the box, null = of all. */
export function placePages(tx: Tx, table: PlaceTable, box: Box | null) {
  const [point, place] = table === 'buildings'
    ? [tx`centre`, tx`centre <@`]
    : table === 'street_points' || table === 'map_labels'
      ? [tx`location`, tx`location <@`]
      : [tx`@@ bounds`, tx`bounds &&`]
  return pages(box, (condition, end) => tx<{ id: number, subdistrict: string, point: [number, number] }[]>`
    select id, subdistrict, ${point} as point
    from ${tx(table)}
    where ${box
      ? tx`${place} ${boxOf(tx, box)}`
      : condition(tx)}
    ${end(tx)}`)
}

export async function moveToSubdistricts(tx: Tx, table: PlaceTable, moves: readonly { id: number, subdistrict: string }[]): Promise<void> {
  await tx`
    update ${tx(table)} as known
    set subdistrict = move.subdistrict
    from json_to_recordset(${JSON.stringify(moves)}::text::json) as move (subdistrict text, id bigint)
    where known.id = move.id`
}

export interface BuildingPlace { id: number, compound: number | null, community: string | null, grid: string | null }

export function buildingPages(tx: Tx, box: Box | null) {
  return pages(box, (condition, end) => tx<(BuildingPlace & { centre: LngLat })[]>`
    select id, centre, compound, community, grid
    from buildings
    where ${box
      ? tx`centre <@ ${boxOf(tx, box)}`
      : condition(tx)}
    ${end(tx)}`)
}

type Fragment = (tx: Tx) => ReturnType<Tx>

/**
 * Whole tables come in the order of ids, a query a page. What lies in a box comes by one query: with a limit, PostgreSQL would
 * walk through all ids to find the few that lie there.
 */
async function* pages<Row extends { id: number }>(box: Box | null, read: (condition: Fragment, end: Fragment) => PromiseLike<Row[]>): AsyncGenerator<Row[]> {
  if (box) {
    const rows = await read(tx => tx`true`, tx => tx``)
    for (let start = 0; start < rows.length; start += pageSize)
      yield rows.slice(start, start + pageSize)
    return
  }
  for (let last = Number.MIN_SAFE_INTEGER; ;) {
    const after = last
    const page = await read(tx => tx`id > ${after}`, tx => tx`order by id limit ${pageSize}`)
    if (page.length === 0)
      return
    yield page
    last = page.at(-1)!.id
  }
}

function boxOf(tx: SqlOrTx, [west, south, east, north]: Box) {
  return tx`box(point(${west}, ${south}), point(${east}, ${north}))`
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

export async function idsOf(tx: Tx, table: 'renovation_zones' | 'worksites' | 'care_facilities' | 'officers'): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`select id from ${tx(table)} order by id`
  return rows.map(({ id }) => id)
}
