import type { MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { CommunityRecord, FacilityRecord, WalkRecords } from '#coverage/records.ts'
import type { SqlOrTx } from '../connect.ts'
import { fencedOff } from '#coverage/obstacles.ts'
import { obstructionKind } from '#coverage/obstruction.ts'

interface AreaRow {
  class: string
  subclass: string | null
  bridge: boolean
  tunnel: boolean
  geometry: WalkRecords['obstructions'][number]['geometry']
}

/** Everything that walking times follow from, buildings' people included. Nothing in it changes but by an import. */
export async function readWalkRecords(sql: SqlOrTx): Promise<WalkRecords> {
  const streets = await sql<WalkRecords['streets']>`
    select id, class, foot, oneway_foot as "onewayFoot", stairs, bridge, tunnel, nodes, lngs, lats
    from streets
    where foot or class = any(${[...fencedOff]}::text[])
    order by id`
  const points = await sql<WalkRecords['points']>`
    select id, kind, name, location[0] as lng, location[1] as lat, passable, hours
    from street_points
    order by id`
  const barriers = await sql<WalkRecords['barriers']>`
    select lngs, lats
    from barriers
    order by id`
  const areas = await sql<AreaRow[]>`
    select class, subclass, bridge, tunnel, geometry
    from areas
    where class in ('water', 'waterway', 'rail')
    order by id`
  const buildings = await sql<WalkRecords['buildings']>`
    select
      id, subdistrict, name, community, grid, geometry, centre, doors,
      coalesce(households, 0) as households, coalesce(population, 0) as population,
      coalesce(aged60, 0) as aged60, coalesce(aged70, 0) as aged70, coalesce(aged80, 0) as aged80
    from buildings
    order by id`
  return {
    streets: [...streets],
    points: [...points],
    barriers: [...barriers],
    obstructions: areas.flatMap((area) => {
      const kind = obstructionKind(area)
      return kind
        ? [
            { kind, geometry: area.geometry },
          ]
        : []
    }),
    buildings: [...buildings],
  }
}

/** Their grids are found by where they stand: server/care/place-in-grids.ts. */
export async function readFacilityRecords(sql: SqlOrTx): Promise<FacilityRecord[]> {
  return await sql<FacilityRecord[]>`
    select
      id, subdistrict, name, kind, community, null as grid, open,
      location[0] as lng, location[1] as lat, floor_area as "floorArea", capacity
    from care_facilities
    order by subdistrict, id`
}

/** Another text after every change of a facility: whether an answer still holds is told without waiting for the log. */
export async function facilitiesVersion(sql: SqlOrTx): Promise<string> {
  const [row] = await sql<[{ version: string }]>`
    select concat_ws(' ', count(*), sum(hashtext(subdistrict || id || xmin::text)::bigint)) as version
    from care_facilities`
  return row.version
}

export async function readCommunityRecords(sql: SqlOrTx): Promise<CommunityRecord[]> {
  return await sql<CommunityRecord[]>`
    select id, subdistrict, name, households, population_as_of as "populationAsOf"
    from regions
    where level in ('community', 'village')
    order by id`
}

export interface GridArea extends CommunityRecord { geometry: Polygon | MultiPolygon }

export async function readGridAreas(sql: SqlOrTx): Promise<GridArea[]> {
  return await sql<GridArea[]>`
    select id, subdistrict, name, households, population_as_of as "populationAsOf", geometry
    from regions
    where level = 'grid'
    order by id`
}

export async function readSubdistrictNames(sql: SqlOrTx): Promise<Map<string, string>> {
  const rows = await sql<{ id: string, name: string }[]>`
    select id, name
    from regions
    where level = 'subdistrict'`
  return new Map(rows.map(({ id, name }) => [id, name]))
}
