import type { Tx } from '../../connect.ts'
import type { Outcome } from './outcome.ts'
import { lastById, outcomeOf } from './outcome.ts'

export interface MapLabelRow {
  subdistrict: string
  id: number
  class: string
  name: string
  location: [lng: number, lat: number]
}

export async function upsertMapLabels(tx: Tx, all: readonly MapLabelRow[]): Promise<Outcome> {
  const rows = lastById(all)
  const given = JSON.stringify(rows)
  const [moved, written] = await Promise.all([
    tx<{ id: number }[]>`
      update map_labels as known
      set subdistrict = given.subdistrict
      from json_to_recordset(${given}::text::json) as given (subdistrict text, id bigint)
      where known.id = given.id and known.subdistrict <> given.subdistrict
      returning known.id`,
    tx<{ id: number, created: boolean }[]>`
      insert into map_labels as known (subdistrict, id, class, name, location)
      select subdistrict, id, class, name, point(location[1], location[2])
      from json_to_recordset(${given}::text::json) as given (
        subdistrict text, id bigint, class text, name text, location float8[])
      on conflict (subdistrict, id) do update
      set class = excluded.class, name = excluded.name, location = excluded.location
      where (known.class, known.name, known.location[0], known.location[1])
        is distinct from (excluded.class, excluded.name, excluded.location[0], excluded.location[1])
      returning id, (xmax = 0) as created`,
  ])
  return outcomeOf(rows.length, moved, written)
}
