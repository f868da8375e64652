import type { Tx } from './connect.ts'

type Scalar = string | number | boolean | Date | Uint8Array | readonly [number, number] | null | undefined

/** How a column gets its value from a row: its SQL type and the value. */
export type Columns<Row> = Record<string, [type: string, value: (row: Row) => Scalar]>

/**
 * Inserts many rows with one statement, `insert into table (…) select … from unnest(array, array, …)`: one array a column.
 * For a thousand cases this takes PostgreSQL 29 ms where json_to_recordset takes 51, and Node two thirds of the time.
 * Names of table and columns come from the program, never from outside.
 */
export async function insertColumns<Row>(tx: Tx, table: string, columns: Columns<Row>, rows: readonly Row[]): Promise<void> {
  const names = Object.keys(columns)
  const arrays = Object.values(columns).map(([type], index) => `$${index + 1}::text::${type}[]`)
  await tx.unsafe(
    `insert into ${table} (${names.join(', ')}) select * from unnest(${arrays.join(', ')})`,
    Object.values(columns).map(([, value]) => arrayLiteral(rows.map(value))),
    { prepare: true },
  )
}

/** ['a"b', null, 1] → '{"a\"b",NULL,1}', as PostgreSQL reads an array. (postgres.js takes three times as long.) */
export function arrayLiteral(values: readonly Scalar[]): string {
  return `{${values.map(elementOf).join(',')}}`
}

function elementOf(value: Scalar): string {
  if (value === null || value === undefined)
    return 'NULL'
  if (typeof value === 'string') {
    return `"${/["\\]/.test(value)
      ? value.replace(/["\\]/g, '\\$&')
      : value}"`
  }
  if (value instanceof Date)
    return `"${value.toISOString()}"`
  if (value instanceof Uint8Array)
    return `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}"`
  if (Array.isArray(value))
    return `"(${value[0]},${value[1]})"`
  return String(value)
}
