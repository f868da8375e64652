import type { LngLat, Point } from '#contract/geometry.ts'
import type { CareFacility } from '#contract/places.ts'
import type { Tx } from '../../connect.ts'
import type { OverlayItem } from './overlay-item.ts'

/** Facilities of these ids in any subdistrict, locked. */
export async function lockFacilities(tx: Tx, ids: readonly string[]): Promise<OverlayItem[]> {
  const rows = await tx<(CareFacility & { subdistrict: string, location: LngLat })[]>`
    select subdistrict, id, name, kind, community, open, floor_area as "floorArea", capacity, hours, location
    from care_facilities
    where id = any(${ids}::text[])
    order by id
    for update`
  return rows.map(({ subdistrict, location, ...properties }) => ({
    id: properties.id,
    subdistrict,
    geometry: { type: 'Point', coordinates: location },
    properties,
  }))
}

export async function writeFacilities(tx: Tx, facilities: readonly OverlayItem[]): Promise<void> {
  const given = JSON.stringify(facilities.map(({ subdistrict, properties, geometry }) => ({ ...properties, subdistrict, location: (geometry as Point).coordinates })))
  await tx`
    update care_facilities as known
    set subdistrict = given.subdistrict
    from json_to_recordset(${given}::text::json) as given (subdistrict text, id text)
    where known.id = given.id and known.subdistrict <> given.subdistrict`
  await tx`
    insert into care_facilities (subdistrict, id, name, kind, community, location, open, floor_area, capacity, hours)
    select subdistrict, id, name, kind, community, point(location[1], location[2]), open, "floorArea", capacity, hours
    from json_to_recordset(${given}::text::json) as given (
      subdistrict text, id text, name text, kind text, community text, location float8[], open boolean, "floorArea" float8,
      capacity integer, hours text)
    on conflict (subdistrict, id) do update
    set name = excluded.name, kind = excluded.kind, community = excluded.community, location = excluded.location,
      open = excluded.open, floor_area = excluded.floor_area, capacity = excluded.capacity, hours = excluded.hours,
      updated_at = now()`
}
