import type { LngLat } from '#contract/geometry.ts'
import type { Tx } from '../../connect.ts'
import type { Outcome } from './outcome.ts'
import { outcomeOf } from './outcome.ts'

export interface AddressRow {
  subdistrict: string
  id: string
  compound: string | null
  building: string | null
  road: string | null
  number: string | null
  landmark: string | null
  full_text: string | null
  aliases: string[]
  building_id: number | null
  location: LngLat
  original_location: LngLat
  original_datum: string
}

/** Ids must differ within the rows. */
export async function upsertAddresses(tx: Tx, rows: readonly AddressRow[]): Promise<Outcome> {
  const given = JSON.stringify(rows)
  // A row whose place now lies in another subdistrict goes there; it is written below like any other.
  const moved = await tx<{ id: string }[]>`
    update addresses as known
    set subdistrict = given.subdistrict
    from json_to_recordset(${given}::text::json) as given (subdistrict text, id text)
    where known.id = given.id and known.subdistrict <> given.subdistrict
    returning known.id`
  const written = await tx<{ id: string, created: boolean }[]>`
    insert into addresses as known (subdistrict, id, compound, building, road, number, landmark, full_text, aliases, building_id,
      location, original_location, original_datum)
    select subdistrict, id, compound, building, road, number, landmark, full_text, aliases, building_id,
      point(location[1], location[2]), point(original_location[1], original_location[2]), original_datum
    from json_to_recordset(${given}::text::json) as given (
      subdistrict text, id text, compound text, building text, road text, number text, landmark text, full_text text,
      aliases text[], building_id bigint, location float8[], original_location float8[], original_datum text)
    on conflict (subdistrict, id) do update
    set compound = excluded.compound, building = excluded.building, road = excluded.road, number = excluded.number,
      landmark = excluded.landmark, full_text = excluded.full_text, aliases = excluded.aliases,
      building_id = excluded.building_id, location = excluded.location, original_location = excluded.original_location,
      original_datum = excluded.original_datum, updated_at = now()
    where (known.compound, known.building, known.road, known.number, known.landmark, known.full_text, known.aliases,
        known.building_id, known.original_location[0], known.original_location[1], known.original_datum)
      is distinct from (excluded.compound, excluded.building, excluded.road, excluded.number, excluded.landmark, excluded.full_text,
        excluded.aliases, excluded.building_id, excluded.original_location[0], excluded.original_location[1], excluded.original_datum)
    returning id, (xmax = 0) as created`
  return outcomeOf(rows.length, moved, written)
}
