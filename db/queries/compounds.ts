import type { MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { SqlOrTx } from '../connect.ts'

export interface CompoundRow {
  id: number
  name: string
  geometry: Polygon | MultiPolygon
  west: number
  south: number
  east: number
  north: number
  households: number | null
}

/** Walled compounds that have a name, in the order of their names; or only the one with this id. */
export async function listNamedCompounds(sql: SqlOrTx, only?: number): Promise<CompoundRow[]> {
  return await sql<CompoundRow[]>`
    select areas.id, areas.name, areas.geometry,
      (areas.bounds[1])[0] as west, (areas.bounds[1])[1] as south, (areas.bounds[0])[0] as east, (areas.bounds[0])[1] as north,
      (select sum(buildings.households)::integer
        from buildings
        where buildings.subdistrict = areas.subdistrict and buildings.compound = areas.id) as households
    from areas
    where class = 'compound' and name is not null
      ${only === undefined
        ? sql``
        : sql`and areas.id = ${only}`}
    order by areas.name, areas.id`
}

/** How many cases that are not over lie in each compound. */
export async function openCasesByCompound(sql: SqlOrTx): Promise<Map<number, number>> {
  const rows = await sql<{ compound: number, open: number }[]>`
    select compound, count(*)::integer as open
    from cases
    where compound is not null and status not in ('closed', 'archived', 'merged')
    group by compound`
  return new Map(rows.map(({ compound, open }) => [compound, open]))
}

/** Names by code, of the subdistricts and communities of this server. */
export async function regionNames(sql: SqlOrTx): Promise<Map<string, string>> {
  const rows = await sql<{ id: string, name: string }[]>`
    select id, name
    from regions
    where level in ('subdistrict', 'community', 'village')`
  return new Map(rows.map(({ id, name }) => [id, name]))
}
