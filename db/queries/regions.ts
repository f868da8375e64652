import type { Geometry } from '#contract/geometry.ts'
import type { Region, RegionFeature, RegionLevel } from '#contract/places.ts'
import type { SqlOrTx } from '../connect.ts'

interface RegionRow {
  id: string
  level: RegionLevel
  parent: string | null
  name: string
  geometry: Geometry
  households: number | null
  population: number | null
  aged60: number | null
  aged80: number | null
  population_as_of: string | null
}

/** Regions, coarse before fine, so that whoever draws them in this order sees the fine ones on top. */
export async function listRegions(sql: SqlOrTx, { level, parent }: { level?: RegionLevel | undefined, parent?: string | undefined } = {}): Promise<RegionFeature[]> {
  const rows = await sql<RegionRow[]>`
    select id, level, parent, name, geometry, households, population, aged60, aged80, population_as_of
    from regions
    where true
      ${level
        ? sql`and level = ${level}`
        : sql``}
      ${parent
        ? sql`and parent = ${parent}`
        : sql``}
    order by array_position(array['district', 'subdistrict', 'community', 'village', 'grid'], level), id`
  return rows.map(regionFeature)
}

function regionFeature({ geometry, population_as_of, ...row }: RegionRow): RegionFeature {
  const properties: Region = { ...row, populationAsOf: population_as_of }
  return {
    type: 'Feature',
    id: row.id,
    geometry: geometry as RegionFeature['geometry'],
    properties,
  }
}

/** null: there is no such region. */
export async function regionLevel(sql: SqlOrTx, id: string): Promise<RegionLevel | null> {
  const [row] = await sql<{ level: RegionLevel }[]>`select level from regions where id = ${id}`
  return row?.level ?? null
}
