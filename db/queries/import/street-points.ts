import type { Tx } from '../../connect.ts'
import type { Outcome } from './outcome.ts'
import { lastById, outcomeOf } from './outcome.ts'

export interface StreetPointRow {
  subdistrict: string
  id: number
  kind: string
  name: string | null
  location: [lng: number, lat: number]
  passable: boolean
  hours: string | null
}

export async function upsertStreetPoints(tx: Tx, all: readonly StreetPointRow[]): Promise<Outcome> {
  const rows = lastById(all)
  const given = JSON.stringify(rows)
  const [moved, written] = await Promise.all([
    tx<{ id: number }[]>`
      update street_points as known
      set subdistrict = given.subdistrict
      from json_to_recordset(${given}::text::json) as given (subdistrict text, id bigint)
      where known.id = given.id and known.subdistrict <> given.subdistrict
      returning known.id`,
    tx<{ id: number, created: boolean }[]>`
      insert into street_points as known (subdistrict, id, kind, name, location, passable, hours)
      select subdistrict, id, kind, name, point(location[1], location[2]), passable, hours
      from json_to_recordset(${given}::text::json) as given (
        subdistrict text, id bigint, kind text, name text, location float8[], passable boolean, hours text)
      on conflict (subdistrict, id) do update
      set kind = excluded.kind, name = excluded.name, location = excluded.location, passable = excluded.passable,
        hours = excluded.hours
      where (known.kind, known.name, known.location[0], known.location[1], known.passable, known.hours)
        is distinct from (excluded.kind, excluded.name, excluded.location[0], excluded.location[1], excluded.passable,
          excluded.hours)
      returning id, (xmax = 0) as created`,
  ])
  return outcomeOf(rows.length, moved, written)
}
