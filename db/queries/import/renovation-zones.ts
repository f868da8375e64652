import type { MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { RenovationZone } from '#contract/places.ts'
import type { Tx } from '../../connect.ts'
import type { OverlayItem } from './overlay-item.ts'
import { boundsOf } from '../../../server/places/polygon.ts'
import { zoneColumns } from '../renovation-zones.ts'

/** Zones of these ids in any subdistrict, locked. */
export async function lockZones(tx: Tx, ids: readonly string[]): Promise<OverlayItem[]> {
  const rows = await tx<(RenovationZone & { subdistrict: string, geometry: Polygon | MultiPolygon })[]>`
    select subdistrict, ${zoneColumns(tx)}, geometry
    from renovation_zones
    where id = any(${ids}::text[])
    order by id
    for update`
  return rows.map(({ subdistrict, geometry, ...properties }) => ({
    id: properties.id,
    subdistrict,
    geometry,
    properties,
  }))
}

export async function writeZones(tx: Tx, zones: readonly OverlayItem[]): Promise<void> {
  const given = JSON.stringify(zones.map(({ subdistrict, properties, geometry }) => ({
    ...properties,
    subdistrict,
    geometry,
    bounds: boundsOf(geometry as Polygon),
  })))
  await tx`
    update renovation_zones as known
    set subdistrict = given.subdistrict
    from json_to_recordset(${given}::text::json) as given (subdistrict text, id text)
    where known.id = given.id and known.subdistrict <> given.subdistrict`
  await tx`
    insert into renovation_zones (
      subdistrict, id, name, community, batch, stage, progress, geometry, bounds, buildings, households, floor_area, built_year,
      owner, contractor, designer, supervisor, property_company, consent_rate, funds_yuan, plan_start, plan_end, real_start,
      real_end, warranty_end, warranty_notice, open_leftovers)
    select
      subdistrict, id, name, community, batch, stage, progress, geometry::jsonb,
      box(point(bounds[1], bounds[2]), point(bounds[3], bounds[4])), buildings, households, "floorArea", "builtYear",
      owner, contractor, designer, supervisor, "propertyCompany", "consentRate", "fundsYuan", "planStart", "planEnd",
      "realStart", "realEnd", "warrantyEnd", "warrantyNotice", "openLeftovers"
    from json_to_recordset(${given}::text::json) as given (
      subdistrict text, id text, name text, community text, batch text, stage text, progress float8, geometry json,
      bounds float8[], buildings integer, households integer, "floorArea" float8, "builtYear" integer, owner text,
      contractor text, designer text, supervisor text, "propertyCompany" text, "consentRate" float8, "fundsYuan" float8,
      "planStart" date, "planEnd" date, "realStart" date, "realEnd" date, "warrantyEnd" date, "warrantyNotice" integer,
      "openLeftovers" integer)
    on conflict (subdistrict, id) do update
    set name = excluded.name, community = excluded.community, batch = excluded.batch, stage = excluded.stage,
      progress = excluded.progress, geometry = excluded.geometry, bounds = excluded.bounds, buildings = excluded.buildings,
      households = excluded.households, floor_area = excluded.floor_area, built_year = excluded.built_year,
      owner = excluded.owner, contractor = excluded.contractor, designer = excluded.designer,
      supervisor = excluded.supervisor, property_company = excluded.property_company, consent_rate = excluded.consent_rate,
      funds_yuan = excluded.funds_yuan, plan_start = excluded.plan_start, plan_end = excluded.plan_end,
      real_start = excluded.real_start, real_end = excluded.real_end, warranty_end = excluded.warranty_end,
      warranty_notice = excluded.warranty_notice,
      open_leftovers = excluded.open_leftovers, updated_at = now()`
}
