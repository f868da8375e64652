import type { Tx } from '../../connect.ts'
import type { Outcome } from './outcome.ts'
import { lastById, outcomeOf } from './outcome.ts'

export interface BuildingRow {
  subdistrict: string
  id: number
  kind: string
  name: string | null
  address: string | null
  geometry: { type: string, coordinates: unknown }
  centre: [lng: number, lat: number]
  bounds: [west: number, south: number, east: number, north: number]
  floors: number | null
  units: number | null
  households: number | null
  builtYear: number | null
  doors: number[]
}

/**
 * What a map says of buildings. Where it is silent, and in what a population register knows better (units, households), the
 * values that are there stay. Compound, community and grid are settled afterwards (settle-places.ts).
 */
export async function upsertBuildings(tx: Tx, all: readonly BuildingRow[]): Promise<Outcome> {
  const rows = lastById(all)
  const given = JSON.stringify(rows)
  const [moved, written] = await Promise.all([
    tx<{ id: number }[]>`
      update buildings as known
      set subdistrict = given.subdistrict
      from json_to_recordset(${given}::text::json) as given (subdistrict text, id bigint)
      where known.id = given.id and known.subdistrict <> given.subdistrict
      returning known.id`,
    tx<{ id: number, created: boolean }[]>`
      insert into buildings as known (
        subdistrict, id, kind, name, address, geometry, centre, bounds, floors, units, households, built_year, doors)
      select subdistrict, id, kind, name, address, geometry, point(centre[1], centre[2]),
        box(point(bounds[1], bounds[2]), point(bounds[3], bounds[4])), floors, units, households, "builtYear", doors
      from json_to_recordset(${given}::text::json) as given (
        subdistrict text, id bigint, kind text, name text, address text, geometry jsonb, centre float8[], bounds float8[],
        floors integer, units integer, households integer, "builtYear" integer, doors bigint[])
      on conflict (subdistrict, id) do update
      set kind = excluded.kind, name = excluded.name, address = excluded.address, geometry = excluded.geometry,
        centre = excluded.centre, bounds = excluded.bounds,
        floors = coalesce(excluded.floors, known.floors), units = coalesce(known.units, excluded.units),
        households = coalesce(known.households, excluded.households),
        built_year = coalesce(excluded.built_year, known.built_year), doors = excluded.doors
      where (known.kind, known.name, known.address, known.geometry, known.floors, known.units, known.households,
          known.built_year, known.doors)
        is distinct from (excluded.kind, excluded.name, excluded.address, excluded.geometry,
          coalesce(excluded.floors, known.floors), coalesce(known.units, excluded.units),
          coalesce(known.households, excluded.households), coalesce(excluded.built_year, known.built_year), excluded.doors)
      returning id, (xmax = 0) as created`,
  ])
  return outcomeOf(rows.length, moved, written)
}
