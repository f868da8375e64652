import type { SqlOrTx } from '../connect.ts'

export interface LedgerViewRow {
  id: string
  owner: string
  name: string
  query: string
  shared: boolean
  updated_at: Date
}

const columns = (sql: SqlOrTx) => sql`id, owner, name, query, shared, updated_at`

/** Somebody's own views and those that are for everybody, own first, by name. */
export async function listLedgerViews(sql: SqlOrTx, owner: string): Promise<LedgerViewRow[]> {
  return await sql<LedgerViewRow[]>`
    select ${columns(sql)} from ledger_views
    where owner = ${owner} or shared
    order by owner <> ${owner}, name, id
    limit 200`
}

export async function countLedgerViews(sql: SqlOrTx, owner: string): Promise<number> {
  const [row] = await sql<[{ number: number }]>`select count(*)::integer as number from ledger_views where owner = ${owner}`
  return row.number
}

/** null = the owner has another view of that name. */
export async function insertLedgerView(sql: SqlOrTx, view: Omit<LedgerViewRow, 'updated_at'>): Promise<LedgerViewRow | null> {
  const [row] = await sql<LedgerViewRow[]>`
    insert into ledger_views (id, owner, name, query, shared)
    values (${view.id}, ${view.owner}, ${view.name}, ${view.query}, ${view.shared})
    on conflict (owner, name) do nothing
    returning ${columns(sql)}`
  return row ?? null
}

/** missing = the owner has no such view; taken = another of his has that name. */
export async function updateLedgerView(sql: SqlOrTx, view: Omit<LedgerViewRow, 'updated_at'>): Promise<LedgerViewRow | 'missing' | 'taken'> {
  const [other] = await sql`select from ledger_views where owner = ${view.owner} and name = ${view.name} and id <> ${view.id}`
  if (other)
    return 'taken'
  const [row] = await sql<LedgerViewRow[]>`
    update ledger_views
    set name = ${view.name}, query = ${view.query}, shared = ${view.shared}, updated_at = now()
    where id = ${view.id} and owner = ${view.owner}
    returning ${columns(sql)}`
  return row ?? 'missing'
}

export async function deleteLedgerView(sql: SqlOrTx, owner: string, id: string): Promise<boolean> {
  return (await sql`delete from ledger_views where id = ${id} and owner = ${owner}`).count > 0
}
