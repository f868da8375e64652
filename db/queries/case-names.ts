import type { SqlOrTx } from '../connect.ts'

/** Names of all that a case may point at, by id. */
export async function caseNames(sql: SqlOrTx): Promise<Record<'regions' | 'officers' | 'zones' | 'worksites', Map<string, string>>> {
  const rows = await sql<{ of: 'regions' | 'officers' | 'zones' | 'worksites', id: string, name: string }[]>`
    select 'regions' as of, id, name from regions
    union all
    select 'officers', id, name from officers
    union all
    select 'zones', id, name from renovation_zones
    union all
    select 'worksites', id, name from worksites`
  const named = (what: typeof rows[number]['of']) => new Map(rows.filter(({ of }) => of === what).map(({ id, name }) => [id, name]))
  return {
    regions: named('regions'),
    officers: named('officers'),
    zones: named('zones'),
    worksites: named('worksites'),
  }
}
