import type { Feature } from '#contract/geometry.ts'
import type { SqlOrTx, Tx } from '../connect.ts'

/** One computation writes at a time, of whatever process: the next one sees what it wrote. */
export async function lockCoverage(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(4877216)`
}

export async function storedCoverage(sql: SqlOrTx): Promise<Feature[]> {
  const rows = await sql<Omit<Feature, 'type'>[]>`select id, geometry, properties from coverage_features order by id`
  return rows.map(row => ({ type: 'Feature', ...row }))
}

export async function storeCoverage(tx: Tx, subdistrict: string, { put, gone }: { put: Feature[], gone: string[] }): Promise<void> {
  if (gone.length > 0)
    await tx`delete from coverage_features where id = any(${gone})`
  if (put.length > 0) {
    await tx`
      insert into coverage_features (subdistrict, id, geometry, properties)
      select ${subdistrict}, f.id, f.geometry, f.properties
      from jsonb_to_recordset(${tx.json(put as never)}) as f(id text, geometry jsonb, properties jsonb)
      on conflict (subdistrict, id) do update set
        geometry = excluded.geometry,
        properties = excluded.properties`
  }
}
