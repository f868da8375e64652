import type { Evidence } from '#contract/case.ts'
import type { LeftoverState } from '#contract/renovation.ts'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { ZoneHead } from './zone-ledger.ts'

export interface LeftoverRow {
  id: string
  zone: string
  title: string
  owner: string
  dueOn: string
  state: LeftoverState
  openedOn: string
  evidence: Evidence[] | null
  workedBy: string[]
  proposedBy: string | null
  proposedAt: Date | null
  checkedBy: string | null
  closedAt: Date | null
}

function columns(sql: SqlOrTx) {
  return sql`
    id, zone, title, owner, due_on as "dueOn", state, opened_on as "openedOn", evidence, to_json(worked_by) as "workedBy",
    proposed_by as "proposedBy", proposed_at as "proposedAt", checked_by as "checkedBy", closed_at as "closedAt"`
}

/** Of these zones: those on the account first, by their term. */
export async function readLeftovers(sql: SqlOrTx, zones: readonly string[]): Promise<LeftoverRow[]> {
  return await sql<LeftoverRow[]>`
    select ${columns(sql)}
    from zone_leftovers
    where zone = any(${zones as string[]}::text[])
    order by state = 'closed', due_on, id`
}

/** Since when leftover issues of these zones were on the account, and until when (days in China; null = they are). */
export async function leftoverSpans(sql: SqlOrTx, zones: readonly string[]): Promise<{ zone: string, openedOn: string, closedOn: string | null }[]> {
  return await sql<{ zone: string, openedOn: string, closedOn: string | null }[]>`
    select zone, opened_on as "openedOn", (closed_at at time zone 'Asia/Shanghai')::date as "closedOn"
    from zone_leftovers
    where zone = any(${zones as string[]}::text[])`
}

export async function findLeftover(sql: SqlOrTx, { subdistrict, zone }: ZoneHead, id: string): Promise<LeftoverRow | null> {
  const [row] = await sql<LeftoverRow[]>`
    select ${columns(sql)}
    from zone_leftovers
    where subdistrict = ${subdistrict} and zone = ${zone} and id = ${id}`
  return row ?? null
}

export async function writeLeftover(tx: Tx, { subdistrict }: ZoneHead, row: LeftoverRow): Promise<void> {
  await tx`
    insert into zone_leftovers (subdistrict, id, zone, title, owner, due_on, state, opened_on, evidence, worked_by, proposed_by,
      proposed_at, checked_by, closed_at)
    values (${subdistrict}, ${row.id}, ${row.zone}, ${row.title}, ${row.owner}, ${row.dueOn}, ${row.state}, ${row.openedOn},
      ${row.evidence && JSON.stringify(row.evidence)}::text::jsonb, ${row.workedBy}::text[], ${row.proposedBy}, ${row.proposedAt},
      ${row.checkedBy}, ${row.closedAt})
    on conflict (subdistrict, id) do update
    set title = excluded.title, owner = excluded.owner, due_on = excluded.due_on, state = excluded.state,
      evidence = excluded.evidence, worked_by = excluded.worked_by, proposed_by = excluded.proposed_by,
      proposed_at = excluded.proposed_at, checked_by = excluded.checked_by, closed_at = excluded.closed_at`
}
