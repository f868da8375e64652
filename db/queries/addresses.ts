import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { SqlOrTx, Tx } from '../connect.ts'

/** Everything that has a name or a number on the map, in the overlays and in the imported addresses. */
export async function readAddressSource(sql: SqlOrTx) {
  const [compounds, buildings, roads, landmarks, areas, regions, addresses] = await Promise.all([
    sql<{ id: number, name: string | null, geometry: Polygon | MultiPolygon }[]>`
      select id, name, geometry
      from areas
      where class = 'compound' and name is not null
      order by id`,
    sql<{ id: number, name: string | null, address: string | null, compound: number | null, location: LngLat, units: number | null, floors: number | null }[]>`
      select id, name, address, compound, centre as location, units, floors
      from buildings
      where name is not null or address is not null
      order by id`,
    sql<{ name: string, location: LngLat }[]>`
      select distinct on (name) name, point(lngs[(array_length(lngs, 1) + 1) / 2], lats[(array_length(lats, 1) + 1) / 2]) as location
      from streets
      where name is not null
      order by name, array_length(nodes, 1) desc, id`,
    sql<{ name: string, location: LngLat }[]>`
      select name, location from care_facilities
      union all
      select name, location from worksites
      union all
      select name, location from map_labels
      union all
      select name, @@ bounds from renovation_zones`,
    sql<{ name: string, geometry: Polygon | MultiPolygon }[]>`
      select name, geometry
      from areas
      where class in ('landuse', 'green') and name is not null and geometry ->> 'type' <> 'LineString'
      order by id`,
    sql<{ name: string }[]>`select distinct name from regions`,
    sql<{ compound: string | null, building: string | null, road: string | null, number: string | null, landmark: string | null, full_text: string | null, aliases: string[], building_id: number | null, location: LngLat }[]>`
      select compound, building, road, number, landmark, full_text, aliases, building_id, location
      from addresses
      order by id`,
  ])
  return {
    compounds,
    buildings,
    roads,
    landmarks,
    areas,
    regions: regions.map(({ name }) => name),
    addresses,
  }
}

export interface TaughtAlias { alias: string, said: string, location: LngLat }

/** What people taught by placing cases, the newest last. */
export async function listAliases(sql: SqlOrTx): Promise<TaughtAlias[]> {
  return await sql<TaughtAlias[]>`
    select alias, said, location
    from address_aliases
    order by taught_at, case_id`
}

/** What a case taught is what its newest placing says: placed anew, it teaches anew. */
export async function teachAlias(tx: Tx, taught: TaughtAlias & { subdistrict: string, caseId: string, by: string }): Promise<void> {
  await forgetAlias(tx, taught.caseId)
  await tx`
    insert into address_aliases (subdistrict, case_id, alias, said, location, taught_by)
    values (${taught.subdistrict}, ${taught.caseId}, ${taught.alias}, ${taught.said},
      point(${taught.location[0]}, ${taught.location[1]}), ${taught.by})`
}

export async function forgetAlias(tx: Tx, caseId: string): Promise<void> {
  await tx`delete from address_aliases where case_id = ${caseId}`
}

/** What a case says of its place, for proposals. */
export async function findCaseWords(sql: SqlOrTx, id: string): Promise<{ address: string | null, content: string, located_by: string | null, location_confidence: number | null } | null> {
  const [row] = await sql<{ address: string | null, content: string, located_by: string | null, location_confidence: number | null }[]>`
    select address, content, located_by, location_confidence
    from cases
    where id = ${id}`
  return row ?? null
}
