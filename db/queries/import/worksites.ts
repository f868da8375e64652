import type { LngLat, Point } from '#contract/geometry.ts'
import type { Worksite } from '#contract/places.ts'
import type { Tx } from '../../connect.ts'
import type { OverlayItem } from './overlay-item.ts'

/** Worksites of these ids in any subdistrict, locked. */
export async function lockWorksites(tx: Tx, ids: readonly string[]): Promise<OverlayItem[]> {
  const rows = await tx<(Worksite & { subdistrict: string, location: LngLat })[]>`
    select
      subdistrict, id, name, community, developer, general_contractor as "generalContractor", subcontractor,
      owed_yuan as "owedYuan", owed_people as "owedPeople", owed_since as "owedSince", workers, payees, warning, dispute,
      handling, next_visit as "nextVisit", location
    from worksites
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

export async function writeWorksites(tx: Tx, worksites: readonly OverlayItem[]): Promise<void> {
  const given = JSON.stringify(worksites.map(({ subdistrict, properties, geometry }) => ({ ...properties, subdistrict, location: (geometry as Point).coordinates })))
  await tx`
    update worksites as known
    set subdistrict = given.subdistrict
    from json_to_recordset(${given}::text::json) as given (subdistrict text, id text)
    where known.id = given.id and known.subdistrict <> given.subdistrict`
  await tx`
    insert into worksites (
      subdistrict, id, name, community, location, developer, general_contractor, subcontractor, owed_yuan, owed_people,
      owed_since, workers, payees, warning, dispute)
    select
      subdistrict, id, name, community, point(location[1], location[2]), developer, "generalContractor", subcontractor,
      "owedYuan", "owedPeople", "owedSince", workers, payees, warning, dispute
    from json_to_recordset(${given}::text::json) as given (
      subdistrict text, id text, name text, community text, location float8[], developer text, "generalContractor" text,
      subcontractor text, "owedYuan" float8, "owedPeople" integer, "owedSince" date, workers integer, payees integer,
      warning text, dispute boolean)
    on conflict (subdistrict, id) do update
    set name = excluded.name, community = excluded.community, location = excluded.location, developer = excluded.developer,
      general_contractor = excluded.general_contractor, subcontractor = excluded.subcontractor,
      owed_yuan = excluded.owed_yuan, owed_people = excluded.owed_people, owed_since = excluded.owed_since,
      workers = excluded.workers, payees = excluded.payees, warning = excluded.warning, dispute = excluded.dispute,
      updated_at = now()`
}
