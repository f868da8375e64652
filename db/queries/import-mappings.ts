import type { Datum } from '#contract/geometry.ts'
import type { ImportMap } from '#contract/import.ts'
import type { SqlOrTx } from '../connect.ts'

/** `map` in the table holds both. The signature stands for the subdistrict and the headers. */
export interface ImportMapping { fields: ImportMap, crs: Datum }

/** How the columns of a table were matched when one like it was last imported; null = never. */
export async function findImportMapping(sql: SqlOrTx, kind: string, signature: string): Promise<ImportMapping | null> {
  const [row] = await sql<{ map: ImportMapping }[]>`
    select map from import_mappings
    where kind = ${kind} and signature = ${signature}`
  return row?.map ?? null
}

export async function keepImportMapping(sql: SqlOrTx, { kind, signature, mapping, chosenBy }: { kind: string, signature: string, mapping: ImportMapping, chosenBy: string }): Promise<void> {
  await sql`
    insert into import_mappings (kind, signature, map, chosen_by)
    values (${kind}, ${signature}, ${JSON.stringify(mapping)}::text::jsonb, ${chosenBy})
    on conflict (kind, signature) do update
    set map = excluded.map, chosen_by = excluded.chosen_by, used_at = now()`
}
