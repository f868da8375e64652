import type { CaseCard, CaseStatus } from '#contract/case.ts'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { CaseRow } from './cases.ts'
import { caseColumns } from './cases.ts'

/** Statuses in which no card is shown; the indexes cases_to_warn and cases_to_redden leave the same ones out. */
const atRest = `status not in ('resolved', 'closed', 'archived', 'merged')`

/**
 * Gives the cards that are due at `now` and not given yet, the longest overdue first. What another process has in hand is
 * skipped: it gives those. Versions stay, because nobody's edit is made stale by the passing of time.
 */
export async function giveCards(tx: Tx, card: CaseCard, now: Date, limit: number): Promise<CaseRow[]> {
  const due = card === 'red'
    ? tx`card is distinct from 'red' and due_at is not null and due_at < ${now}`
    : tx`card is null and warn_at is not null and warn_at <= ${now} and (due_at is null or due_at >= ${now})`
  return await tx<CaseRow[]>`
    with due as (
      select subdistrict as held_subdistrict, id as held_id
      from cases
      where ${tx.unsafe(atRest)} and ${due}
      order by due_at
      limit ${limit}
      for update skip locked
    )
    update cases
    set card = ${card}, updated_at = clock_timestamp()
    from due
    where cases.subdistrict = held_subdistrict and cases.id = held_id
    returning ${caseColumns(tx)}`
}

/** When the next card is due; null when no open case has one to come. */
export async function nextCardAt(sql: SqlOrTx): Promise<Date | null> {
  const [row] = await sql<[{ next: Date | null }]>`
    select least(
      (
        select min(warn_at) from cases
        where card is null and warn_at is not null and ${sql.unsafe(atRest)} and (due_at is null or due_at >= warn_at)
      ),
      (select min(due_at) from cases where card is distinct from 'red' and due_at is not null and ${sql.unsafe(atRest)})
    ) as next`
  return row.next
}

/** An open case that has no warning, or no deadline, because a holiday notice was missing when it was counted. */
export interface UnsettledDeadline extends CaseRow {
  term: string | null
  due_missing_year: number | null
  promised: boolean
  clock_paused_at: Date | null
  review_at: string | null
}

/** Open cases whose warning is not known, by id after `after`; locked. */
export async function lockUnsettledDeadlines(tx: Tx, after: string, limit: number): Promise<UnsettledDeadline[]> {
  return await tx<UnsettledDeadline[]>`
    select ${caseColumns(tx)}, term, due_missing_year, promised, clock_paused_at, review_at
    from cases
    where warn_at is null and status not in ('closed', 'archived', 'merged') and id > ${after}
    order by id
    limit ${limit}
    for update`
}

/** What moved a case's deadline, oldest first. */
export interface ClockStep {
  at: Date
  action: string
  outcome: string | null
  plan_date: string | null
  from_status: CaseStatus | null
  to_status: CaseStatus
}

export async function readClockSteps(sql: SqlOrTx, id: string): Promise<ClockStep[]> {
  return await sql<ClockStep[]>`
    select at, action, outcome, plan_date, from_status, to_status
    from case_steps
    where case_id = ${id}
    order by seq`
}
