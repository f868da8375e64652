import type { CommunityRecord, FacilityRecord, WalkRecords } from '#coverage/records.ts'
import type { SqlOrTx } from '../connect.ts'

/** Everything that walking times follow from. Nothing in it changes but by an import. */
export async function readWalkRecords(sql: SqlOrTx): Promise<WalkRecords> {
  const [streets, points, barriers, obstructions, buildings] = await Promise.all([
    sql<WalkRecords['streets']>`
      select id, class, foot, oneway_foot as "onewayFoot", stairs, bridge, tunnel, nodes, lngs, lats
      from streets
      order by id`,
    sql<WalkRecords['points']>`
      select id, kind, name, location[0] as lng, location[1] as lat, passable, hours
      from street_points
      order by id`,
    sql<WalkRecords['barriers']>`select lngs, lats from barriers order by id`,
    sql<WalkRecords['obstructions']>`
      select case class when 'rail' then 'rail' else 'water' end as kind, geometry
      from areas
      where class in ('water', 'waterway', 'rail')
        and not tunnel
        and not bridge
      order by id`,
    sql<WalkRecords['buildings']>`
      select
        id, subdistrict, name, community, grid, geometry, centre, doors,
        coalesce(households, 0) as households, coalesce(population, 0) as population,
        coalesce(aged60, 0) as aged60, coalesce(aged70, 0) as aged70, coalesce(aged80, 0) as aged80
      from buildings
      order by id`,
  ])
  return {
    streets: [...streets],
    points: [...points],
    barriers: [...barriers],
    obstructions: [...obstructions],
    buildings: [...buildings],
  }
}

export async function readFacilityRecords(sql: SqlOrTx): Promise<FacilityRecord[]> {
  return await sql<FacilityRecord[]>`
    select
      id, subdistrict, name, kind, community, open,
      location[0] as lng, location[1] as lat, floor_area as "floorArea", capacity
    from care_facilities
    order by subdistrict, id`
}

export async function readCommunityRecords(sql: SqlOrTx): Promise<CommunityRecord[]> {
  return await sql<CommunityRecord[]>`
    select id, subdistrict, name, households, population_as_of as "populationAsOf"
    from regions
    where level in ('community', 'village')
    order by id`
}
