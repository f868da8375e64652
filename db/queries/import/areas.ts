import type { Tx } from '../../connect.ts'
import type { Outcome } from './outcome.ts'
import { lastById, outcomeOf } from './outcome.ts'

export interface AreaRow {
  subdistrict: string
  id: number
  class: string
  subclass: string
  name: string | null
  bridge: boolean
  tunnel: boolean
  geometry: { type: string, coordinates: unknown }
  bounds: [west: number, south: number, east: number, north: number]
}

export async function upsertAreas(tx: Tx, all: readonly AreaRow[]): Promise<Outcome> {
  const rows = lastById(all)
  const given = JSON.stringify(rows)
  const [moved, written] = await Promise.all([
    tx<{ id: number }[]>`
      update areas as known
      set subdistrict = given.subdistrict
      from json_to_recordset(${given}::text::json) as given (subdistrict text, id bigint)
      where known.id = given.id and known.subdistrict <> given.subdistrict
      returning known.id`,
    tx<{ id: number, created: boolean }[]>`
      insert into areas as known (subdistrict, id, class, subclass, name, bridge, tunnel, geometry, bounds)
      select subdistrict, id, class, subclass, name, bridge, tunnel, geometry,
        box(point(bounds[1], bounds[2]), point(bounds[3], bounds[4]))
      from json_to_recordset(${given}::text::json) as given (
        subdistrict text, id bigint, class text, subclass text, name text, bridge boolean, tunnel boolean,
        geometry jsonb, bounds float8[])
      on conflict (subdistrict, id) do update
      set class = excluded.class, subclass = excluded.subclass, name = excluded.name, bridge = excluded.bridge,
        tunnel = excluded.tunnel, geometry = excluded.geometry, bounds = excluded.bounds
      where (known.class, known.subclass, known.name, known.bridge, known.tunnel, known.geometry)
        is distinct from (excluded.class, excluded.subclass, excluded.name, excluded.bridge, excluded.tunnel, excluded.geometry)
      returning id, (xmax = 0) as created`,
  ])
  return outcomeOf(rows.length, moved, written)
}
