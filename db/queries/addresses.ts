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

export interface Teaching extends TaughtAlias {
  subdistrict: string
  case_id: string
  taught_by: string
}

/** Keeps what a case taught; placed again, the case teaches the new place only. */
export async function teachAlias(tx: Tx, { subdistrict, case_id, alias, said, location, taught_by }: Teaching): Promise<void> {
  await tx`delete from address_aliases where case_id = ${case_id}`
  await tx`
    insert into address_aliases (subdistrict, case_id, alias, said, location, taught_by)
    values (${subdistrict}, ${case_id}, ${alias}, ${said}, point(${location[0]}, ${location[1]}), ${taught_by})`
}
