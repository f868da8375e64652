import type { SqlOrTx } from '../connect.ts'

/** A table whose columns hold personal data sealed with the server's key. */
export interface SealedTable {
  table: 'cases' | 'officers' | 'worksite_parties' | 'wage_handling_steps'
  sealed: readonly string[]
  /** The column that one of them is found by: the keyed hash of its text, as a phone or as a name. */
  hash: { column: string, of: string, as: 'phoneHash' | 'nameHash' } | null
}

/** All of them: a new column of the kind belongs here, or a change of the key loses it. */
export const sealedTables: readonly SealedTable[] = [
  {
    table: 'cases',
    sealed: ['contact_name', 'contact_phone'],
    hash: { column: 'contact_phone_hash', of: 'contact_phone', as: 'phoneHash' },
  },
  {
    table: 'officers',
    sealed: ['phone'],
    hash: null,
  },
  {
    table: 'worksite_parties',
    sealed: ['signer'],
    hash: { column: 'signer_hash', of: 'signer', as: 'nameHash' },
  },
  {
    table: 'wage_handling_steps',
    sealed: ['receiver'],
    hash: null,
  },
]

export interface RowKey { subdistrict: string, id: string }
export type SealedRow = RowKey & Record<string, Buffer | string | null>

/** The next rows after `after` that hold something sealed, locked. Call inside a transaction. */
export async function readSealed(tx: SqlOrTx, { table, sealed }: SealedTable, after: RowKey | null, limit: number): Promise<SealedRow[]> {
  return await tx<SealedRow[]>`
    select subdistrict, id, ${tx([...sealed])}
    from ${tx(table)}
    where (${tx.unsafe(sealed.map(column => `${column} is not null`).join(' or '))})
      and (subdistrict, id) > (${after?.subdistrict ?? ''}, ${after?.id ?? ''})
    order by subdistrict, id
    limit ${limit}
    for update`
}

/** Puts what was sealed anew in the place of the old. */
export async function writeSealed(tx: SqlOrTx, { table, sealed, hash }: SealedTable, rows: SealedRow[]): Promise<void> {
  const columns = [
    ...sealed,
    ...hash
      ? [hash.column]
      : [],
  ]
  const texts = rows.map(row => Object.fromEntries(Object.entries(row).map(([column, value]) => [
    column,
    Buffer.isBuffer(value)
      ? value.toString('hex')
      : value,
  ])))
  const values = columns.map(column => sealed.includes(column)
    ? `${column} = decode(r.${column}, 'hex')`
    : `${column} = r.${column}`)
  await tx`
    update ${tx(table)} as t
    set ${tx.unsafe(values.join(', '))}
    from jsonb_to_recordset(${tx.json(texts as never)}) as r(${tx.unsafe(['subdistrict', 'id', ...columns].map(column => `${column} text`).join(', '))})
    where t.subdistrict = r.subdistrict and t.id = r.id`
}

/** Servers that work on this database now, as their connections are called (db/connect.ts). */
export async function serversAtWork(sql: SqlOrTx): Promise<number> {
  const [row] = await sql<[{ servers: number }]>`
    select count(distinct client_addr || ':' || pid)::integer as servers
    from pg_stat_activity
    where datname = current_database() and application_name in ('huizhi', 'huizhi coverage')`
  return row.servers
}
