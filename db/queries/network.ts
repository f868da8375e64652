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

/** Degrees: west, south, east, north. */
export type Box = readonly [number, number, number, number]

/** Everything that walking times follow from, buildings' people included; within a box, or all. Nothing in it changes but by an import. */
export async function readWalkRecords(sql: SqlOrTx, box: Box | null = null): Promise<WalkRecords> {
  const boxed = box
    ? sql`and bounds && box(point(${box[0]}, ${box[1]}), point(${box[2]}, ${box[3]}))`
    : sql``
  const streets = await sql<WalkRecords['streets']>`
    select id, class, foot, oneway_foot as "onewayFoot", stairs, bridge, tunnel, nodes, lngs, lats
    from streets
    where (foot or class = any(${[...fencedOff]}::text[])) ${boxed}
    order by id`
  const points = await sql<WalkRecords['points']>`
    select id, kind, name, location[0] as lng, location[1] as lat, passable, hours
    from street_points
    where true ${box
      ? sql`and location <@ box(point(${box[0]}, ${box[1]}), point(${box[2]}, ${box[3]}))`
      : sql``}
    order by id`
  const barriers = await sql<WalkRecords['barriers']>`
    select lngs, lats
    from barriers
    where true ${boxed}
    order by id`
  const areas = await sql<AreaRow[]>`
    select class, subclass, bridge, tunnel, geometry
    from areas
    where class in ('water', 'waterway', 'rail') ${boxed}
    order by id`
  const buildings = await sql<WalkRecords['buildings']>`
    select
      id, subdistrict, name, community, grid, geometry, centre, doors,
      coalesce(households, 0) as households, coalesce(population, 0) as population,
      coalesce(aged60, 0) as aged60, coalesce(aged70, 0) as aged70, coalesce(aged80, 0) as aged80
    from buildings
    where true ${boxed}
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

/** Where a subdistrict lies; null = there is no such one. */
export async function subdistrictBox(sql: SqlOrTx, id: string): Promise<Box | null> {
  const [row] = await sql<{ box: Box }[]>`
    select array[(bounds[1])[0], (bounds[1])[1], (bounds[0])[0], (bounds[0])[1]] as box
    from regions
    where level = 'subdistrict' and id = ${id}`
  return row?.box ?? null
}

/** Communities as a planner's browser takes them: where they lie, and how many elders the register has there. */
export interface CommunityArea extends GridArea { aged60: number | null }

export async function readCommunityAreas(sql: SqlOrTx): Promise<CommunityArea[]> {
  return await sql<CommunityArea[]>`
    select id, subdistrict, name, households, population_as_of as "populationAsOf", geometry, aged60
    from regions
    where level in ('community', 'village')
    order by id`
}

/** Another text after every change of what coverage follows from: a scenario tells by it whether it was made on these data. */
export async function planBasis(sql: SqlOrTx): Promise<string> {
  const [row] = await sql<[{ basis: string }]>`
    select md5(concat_ws(' ',
      (select value from meta where key = 'epoch'),
      (select concat(count(*), ' ', sum(hashtext(id || xmin::text)::bigint)) from streets),
      (select concat(count(*), ' ', sum(hashtext(id || xmin::text)::bigint)) from street_points),
      (select concat(count(*), ' ', sum(hashtext(id || xmin::text)::bigint)) from buildings),
      (select concat(count(*), ' ', sum(hashtext(id || xmin::text)::bigint)) from care_facilities),
      (select concat(count(*), ' ', sum(hashtext(id || xmin::text)::bigint)) from regions)
    )) as basis`
  return row.basis
}
