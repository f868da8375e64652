import type { Feature } from '#contract/geometry.ts'
import type { SqlOrTx, Tx } from '../connect.ts'

/** A feature and the subdistrict that it belongs to; the district's or city's code for what tells of several. */
export interface PlacedFeature { subdistrict: string, feature: Feature }

// Any number, as long as it is the same in every process of this program.
const advisoryLock = 4877217

/** One computation writes at a time, of whatever process: the next one sees what it wrote. Held until the transaction ends. */
export async function lockCoverage(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(${advisoryLock})`
}

export async function listCoverage(sql: SqlOrTx): Promise<PlacedFeature[]> {
  const rows = await sql<(Omit<Feature, 'type'> & { subdistrict: string })[]>`
    select subdistrict, id, geometry, properties
    from coverage_features
    order by subdistrict, id`
  return rows.map(({ subdistrict, ...item }) => ({
    subdistrict,
    feature: { type: 'Feature', ...item },
  }))
}

export async function putCoverage(tx: Tx, placed: readonly PlacedFeature[]): Promise<void> {
  const given = JSON.stringify(placed.map(({ subdistrict, feature: { id, geometry, properties } }) => ({
    subdistrict,
    id,
    geometry,
    properties,
  })))
  await tx`
    insert into coverage_features (subdistrict, id, geometry, properties)
    select subdistrict, id, geometry, properties
    from json_to_recordset(${given}::text::json) as given (subdistrict text, id text, geometry jsonb, properties jsonb)
    on conflict (subdistrict, id) do update
    set geometry = excluded.geometry, properties = excluded.properties`
}

export async function removeCoverage(tx: Tx, placed: readonly PlacedFeature[]): Promise<void> {
  await tx`
    delete from coverage_features as known
    using unnest(${placed.map(({ subdistrict }) => subdistrict)}::text[], ${placed.map(({ feature }) => feature.id)}::text[]) as gone (subdistrict, id)
    where known.subdistrict = gone.subdistrict and known.id = gone.id`
}

/** Subdistricts with communities or care facilities. */
export async function listSubdistricts(sql: SqlOrTx): Promise<string[]> {
  const rows = await sql<{ subdistrict: string }[]>`
    select subdistrict from regions where level in ('community', 'village')
    union
    select subdistrict from care_facilities
    order by subdistrict`
  return rows.map(({ subdistrict }) => subdistrict)
}
