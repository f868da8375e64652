import type { SqlOrTx } from '../connect.ts'
import { inScope } from './cases.ts'

/** The complainant as the table keeps him, sealed; null = no such case within the scope. */
export async function findContact(sql: SqlOrTx, id: string, scope: string | null): Promise<{ contact_name: Buffer | null, contact_phone: Buffer | null } | null> {
  const [row] = await sql<{ contact_name: Buffer | null, contact_phone: Buffer | null }[]>`
    select contact_name, contact_phone from cases
    where id = ${id}
      ${scope
        ? inScope(sql, scope)
        : sql``}`
  return row ?? null
}
