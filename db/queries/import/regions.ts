import type { MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { Region } from '#contract/places.ts'
import type { Tx } from '../../connect.ts'
import { boundsOf } from '../../../server/places/polygon.ts'

export interface RegionItem {
  id: string
  subdistrict: string
  properties: Region
  geometry: Polygon | MultiPolygon
}

export async function lockRegions(tx: Tx, ids: readonly string[]): Promise<RegionItem[]> {
  const rows = await tx<(Region & { subdistrict: string, geometry: Polygon | MultiPolygon })[]>`
    select
      subdistrict, id, level, parent, name, households, population, aged60, aged80,
      population_as_of as "populationAsOf", geometry
    from regions
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

export async function writeRegions(tx: Tx, regions: readonly RegionItem[]): Promise<void> {
  const given = JSON.stringify(regions.map(({ subdistrict, properties, geometry }) => ({
    ...properties,
    subdistrict,
    geometry,
    bounds: boundsOf(geometry),
  })))
  await tx`
    update regions as known
    set subdistrict = given.subdistrict
    from json_to_recordset(${given}::text::json) as given (subdistrict text, id text)
    where known.id = given.id and known.subdistrict <> given.subdistrict`
  await tx`
    insert into regions (
      subdistrict, id, level, parent, name, geometry, bounds, households, population, aged60, aged80, population_as_of)
    select
      subdistrict, id, level, parent, name, geometry::jsonb, box(point(bounds[1], bounds[2]), point(bounds[3], bounds[4])),
      households, population, aged60, aged80, "populationAsOf"
    from json_to_recordset(${given}::text::json) as given (
      subdistrict text, id text, level text, parent text, name text, geometry json, bounds float8[], households integer,
      population integer, aged60 integer, aged80 integer, "populationAsOf" text)
    on conflict (subdistrict, id) do update
    set level = excluded.level, parent = excluded.parent, name = excluded.name, geometry = excluded.geometry,
      bounds = excluded.bounds, households = excluded.households, population = excluded.population,
      aged60 = excluded.aged60, aged80 = excluded.aged80, population_as_of = excluded.population_as_of, updated_at = now()`
}
