import type { Geometry } from '#contract/geometry.ts'
import type { RenovationZone, RenovationZoneFeature } from '#contract/places.ts'
import type { SqlOrTx } from '../connect.ts'
import type { OverlayFilter } from './overlay-filter.ts'

interface ZoneRow extends RenovationZone { geometry: Geometry }

export function zoneColumns(sql: SqlOrTx) {
  return sql`
    id, name, community, batch, stage, progress, buildings, households, floor_area as "floorArea", built_year as "builtYear",
    owner, contractor, designer, supervisor, property_company as "propertyCompany", consent_rate as "consentRate",
    funds_yuan as "fundsYuan", plan_start as "planStart", plan_end as "planEnd", real_start as "realStart",
    real_end as "realEnd", warranty_end as "warrantyEnd", warranty_notice as "warrantyNotice",
    open_leftovers as "openLeftovers"`
}

/** One that is there; without its outline. */
export async function readRenovationZone(sql: SqlOrTx, { subdistrict, zone }: { subdistrict: string, zone: string }): Promise<RenovationZone> {
  const [row] = await sql<[RenovationZone]>`
    select ${zoneColumns(sql)}
    from renovation_zones
    where subdistrict = ${subdistrict} and id = ${zone}`
  return row
}

export async function listRenovationZones(sql: SqlOrTx, { bbox, region }: OverlayFilter = {}): Promise<RenovationZoneFeature[]> {
  const rows = await sql<ZoneRow[]>`
    select ${zoneColumns(sql)}, geometry
    from renovation_zones
    where true
      ${region
        ? sql`and (community = ${region} or starts_with(subdistrict, ${region}))`
        : sql``}
      ${bbox
        ? sql`and bounds && box(point(${bbox[0]}, ${bbox[1]}), point(${bbox[2]}, ${bbox[3]}))`
        : sql``}
    order by id`
  return rows.map(({ geometry, ...properties }) => ({
    type: 'Feature',
    id: properties.id,
    geometry: geometry as RenovationZoneFeature['geometry'],
    properties,
  }))
}
