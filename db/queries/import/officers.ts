import type { LngLat, Point } from '#contract/geometry.ts'
import type { Officer } from '#contract/places.ts'
import type { Tx } from '../../connect.ts'
import type { OverlayItem } from './overlay-item.ts'

interface OfficerRow extends Omit<Officer, 'seenAt' | 'dutyUntil'> {
  subdistrict: string
  phone: Buffer | null
  location: LngLat | null
  seen_at: Date | null
}

/** Officers of these ids in any subdistrict, locked; `phone` among the properties is sealed. */
export async function lockOfficers(tx: Tx, ids: readonly string[]): Promise<OverlayItem[]> {
  const rows = await tx<OfficerRow[]>`
    select subdistrict, id, name, phone, grid, community, duty, skills, seen_at, location
    from officers
    where id = any(${ids}::text[])
    order by id
    for update`
  return rows.map(({ subdistrict, location, seen_at, ...properties }) => ({
    id: properties.id,
    subdistrict,
    geometry: location && { type: 'Point', coordinates: location },
    properties: { ...properties, seenAt: seen_at?.toISOString() ?? null },
  }))
}

/** `phone` among the properties is sealed. When they were last seen is not an import's to say. */
export async function writeOfficers(tx: Tx, officers: readonly OverlayItem[]): Promise<void> {
  const given = JSON.stringify(officers.map(({ subdistrict, properties, geometry }) => ({
    ...properties,
    subdistrict,
    phone: (properties.phone as Buffer | null)?.toString('hex') ?? null,
    location: (geometry as Point | null)?.coordinates ?? null,
  })))
  await tx`
    update officers as known
    set subdistrict = given.subdistrict
    from json_to_recordset(${given}::text::json) as given (subdistrict text, id text)
    where known.id = given.id and known.subdistrict <> given.subdistrict`
  await tx`
    insert into officers (subdistrict, id, name, phone, community, grid, duty, skills, location)
    select subdistrict, id, name, decode(phone, 'hex'), community, grid, duty, skills, point(location[1], location[2])
    from json_to_recordset(${given}::text::json) as given (
      subdistrict text, id text, name text, phone text, community text, grid text, duty text, skills text[], location float8[])
    on conflict (subdistrict, id) do update
    set name = excluded.name, phone = excluded.phone, community = excluded.community, grid = excluded.grid,
      duty = excluded.duty, duty_until = case when excluded.duty = officers.duty then officers.duty_until end, skills = excluded.skills, location = excluded.location, updated_at = now()`
}
