import type { Geometry } from 'geojson'
import type { Bounds } from '#contract/map.ts'
import type { SqlOrTx } from '../connect.ts'

export interface TileStreet { class: string, name: string | null, foot: boolean, stairs: boolean, bridge: boolean, tunnel: boolean, lngs: number[], lats: number[] }
export interface TileArea { id: number, class: string, subclass: string | null, name: string | null, geometry: Geometry, west: number, south: number, east: number, north: number }
export interface TileBuilding { id: number, kind: string | null, name: string | null, floors: number | null, home: boolean, geometry: Geometry }
export interface TileBarrier { kind: string, lngs: number[], lats: number[] }
export interface TileGate { kind: string, name: string | null, passable: boolean, location: [number, number] }
export interface TileLabel { class: string, name: string, location: [number, number] }

/** Streets that touch the bounds; only the given OSM classes unless null. */
export function tileStreets(sql: SqlOrTx, [west, south, east, north]: Bounds, classes: string[] | null) {
  return sql<TileStreet[]>`
    select class, name, foot, stairs, bridge, tunnel, lngs, lats
    from streets
    where bounds && box(point(${west}, ${south}), point(${east}, ${north}))
      and (${classes === null} or class = any(${classes ?? []}))`
}

/** Areas and the lines among them (waterways, rail) that touch the bounds and are at least so long or wide, in degrees. */
export function tileAreas(sql: SqlOrTx, [west, south, east, north]: Bounds, leastExtent: number) {
  return sql<TileArea[]>`
    select id, class, subclass, name, geometry,
      (bounds[1])[0] as west, (bounds[1])[1] as south, (bounds[0])[0] as east, (bounds[0])[1] as north
    from areas
    where bounds && box(point(${west}, ${south}), point(${east}, ${north}))
      and greatest(width(bounds), height(bounds)) >= ${leastExtent}
    order by area(bounds) desc`
}

export function tileBuildings(sql: SqlOrTx, [west, south, east, north]: Bounds) {
  return sql<TileBuilding[]>`
    select id, kind, name, floors,
      coalesce(households > 0, population > 0, kind in ('apartments', 'residential', 'house', 'dormitory'), false) as home,
      geometry
    from buildings
    where bounds && box(point(${west}, ${south}), point(${east}, ${north}))`
}

export function tileBarriers(sql: SqlOrTx, [west, south, east, north]: Bounds) {
  return sql<TileBarrier[]>`
    select kind, lngs, lats
    from barriers
    where bounds && box(point(${west}, ${south}), point(${east}, ${north}))`
}

export function tileGates(sql: SqlOrTx, [west, south, east, north]: Bounds) {
  return sql<TileGate[]>`
    select kind, name, passable, location
    from street_points
    where kind = 'gate'
      and location <@ box(point(${west}, ${south}), point(${east}, ${north}))`
}

/** Names of places and, where asked, of buildings, each at one point. */
export function tileLabels(sql: SqlOrTx, [west, south, east, north]: Bounds, buildings: boolean) {
  return sql<TileLabel[]>`
    select class, name, location
    from map_labels
    where location <@ box(point(${west}, ${south}), point(${east}, ${north}))
    union all
    select 'building', name, centre
    from buildings
    where ${buildings}
      and name is not null
      and centre <@ box(point(${west}, ${south}), point(${east}, ${north}))`
}

/** Changes with every import that changes what the base map draws; another database never has the same. */
export async function basemapVersion(sql: SqlOrTx): Promise<string> {
  const [row] = await sql<{ epoch: string, seq: number }[]>`
    select
      (select value #>> '{}' from meta where key = 'epoch') as epoch,
      coalesce((select max(seq) from events where type like 'basemap.%'), 0) as seq`
  return `${row!.epoch.slice(0, 8)}-${row!.seq}`
}

export interface BasemapExtent {
  /** Of everything that is drawn. */
  drawn: Bounds | null
  /** Of the subdistricts. */
  view: Bounds | null
  /** Subdistricts whose streets are drawn. */
  subdistricts: string[]
}

export async function basemapExtent(sql: SqlOrTx): Promise<BasemapExtent> {
  const [row] = await sql<{ drawn: number[] | null, view: number[] | null, subdistricts: string[] | null }[]>`
    with everything as (
      select subdistrict, bounds from streets
      union all select subdistrict, bounds from buildings
    )
    select
      (select array[min((bounds[1])[0]), min((bounds[1])[1]), max((bounds[0])[0]), max((bounds[0])[1])] from everything) as drawn,
      (select array[min((bounds[1])[0]), min((bounds[1])[1]), max((bounds[0])[0]), max((bounds[0])[1])]
        from regions where level = 'subdistrict') as view,
      (select array_agg(distinct subdistrict) from everything) as subdistricts`
  return {
    drawn: boundsOf(row!.drawn),
    view: boundsOf(row!.view),
    subdistricts: row!.subdistricts ?? [],
  }
}

/** An aggregate over nothing comes as an array of nulls. */
function boundsOf(numbers: (number | null)[] | null): Bounds | null {
  return numbers?.every(number => number !== null)
    ? numbers as Bounds
    : null
}
