import type { CaseStatus, Evidence } from '#contract/case.ts'
import type { Datum, LngLat } from '#contract/geometry.ts'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { CaseRow } from './cases.ts'
import { caseColumns, inScope } from './cases.ts'

/** A case as the rules look at it, with what they need to know of the cases it is joined to. */
export interface LockedCase extends CaseRow {
  term: string | null
  clock_paused_at: Date | null
  due_before_pause: Date | null
  return_ruled: boolean
  resolved_by: string | null
  original_location: LngLat | null
  original_datum: Datum | null
  promised: boolean
  due_missing_year: number | null
  warn_at: Date | null
  resolved_at: Date | null
  contacted_at: Date | null
  solved: boolean | null
  plan_date: string | null
  review_at: string | null
  head_status: CaseStatus | null
  complainants_to_call: number
}

/**
 * Reads a case and keeps everybody else from changing it, or the case that it answers to, until the transaction ends.
 * `alsoLock`: another case that must not change meanwhile, as the target of a merge.
 */
export async function lockCase(
  tx: Tx,
  id: string,
  alsoLock?: string,
): Promise<{ locked: LockedCase | null, other: { id: string, status: CaseStatus } | null }> {
  // In the order of their ids, so that two merges cannot wait for each other.
  const held = await tx<{ id: string, status: CaseStatus }[]>`
    select id, status from cases
    where id in (${id}, ${alsoLock ?? id}) or id = (select merged_into from cases where id = ${id})
    order by id
    for update`
  const [locked] = await readStates(tx, tx`where id = ${id}`)
  return { locked: locked ?? null, other: held.find(row => row.id === alsoLock) ?? null }
}

/** One case as the rules look at it, unlocked: for telling what may be done. */
export async function readCaseState(sql: SqlOrTx, id: string, scope: string | null = null): Promise<LockedCase | null> {
  const [row] = await readStates(sql, sql`
    where id = ${id}
      ${scope
        ? inScope(sql, scope)
        : sql``}`)
  return row ?? null
}

async function readStates(sql: SqlOrTx, where: ReturnType<SqlOrTx>): Promise<LockedCase[]> {
  return await sql<LockedCase[]>`
    select ${caseColumns(sql)}, term, clock_paused_at, due_before_pause, return_ruled, resolved_by, original_location, original_datum,
      promised, due_missing_year, warn_at, resolved_at, contacted_at, solved, plan_date, review_at,
      (select head.status from cases as head where head.id = cases.merged_into) as head_status,
      (select count(*)::integer from cases as merged where merged.merged_into = cases.id and merged.satisfied is not true) as complainants_to_call
    from cases
    ${where}`
}

/** Writes beside these cases how many answer to them; returns those for which that changed. */
export async function countMerged(tx: Tx, ids: readonly string[]): Promise<CaseRow[]> {
  return await tx<CaseRow[]>`
    update cases
    set merged_count = counted.number, version = version + 1, updated_at = clock_timestamp()
    from (
      select head.id as head, (select count(*)::integer from cases as merged where merged.merged_into = head.id) as number
      from cases as head
      where head.id = any(${ids as string[]})
    ) as counted
    where cases.id = counted.head and cases.merged_count <> counted.number
    returning ${caseColumns(tx)}`
}

/** Cases that were merged into `from` now answer to `into`: no complainant is lost on the way. */
export async function moveMergedCases(tx: Tx, from: string, into: string): Promise<CaseRow[]> {
  return await tx<CaseRow[]>`
    update cases
    set merged_into = ${into}, version = version + 1, updated_at = clock_timestamp()
    where merged_into = ${from}
    returning ${caseColumns(tx)}`
}

export interface CaseStep {
  subdistrict: string
  case_id: string
  /** Number of the event that recorded it. */
  seq: number
  at: Date
  action: string
  /** Which answer of the action; null for those with one only. */
  outcome: string | null
  actor: string
  from_status: CaseStatus
  to_status: CaseStatus
  reason: string | null
  evidence: Evidence[] | null
  plan_date: string | null
  satisfied: boolean | null
  solved: boolean | null
  /** The deadline after it. */
  due_at: Date | null
}

export async function insertStep(tx: Tx, step: CaseStep): Promise<void> {
  await tx`
    insert into case_steps (
      subdistrict, case_id, seq, at, action, outcome, actor, from_status, to_status, reason, evidence, plan_date, satisfied, solved,
      due_at)
    values (
      ${step.subdistrict}, ${step.case_id}, ${step.seq}, ${step.at}, ${step.action}, ${step.outcome}, ${step.actor},
      ${step.from_status}, ${step.to_status},
      ${step.reason}, ${step.evidence === null
        ? null
        : tx.json(step.evidence)}, ${step.plan_date}, ${step.satisfied}, ${step.solved}, ${step.due_at})`
}

/** What happened to a case since somebody saw it in this version: for telling them, not for rebuilding it. */
export async function changesSince(tx: Tx, id: string, version: number): Promise<{ at: Date, type: string, set: Record<string, unknown> }[]> {
  return await tx<{ at: Date, type: string, set: Record<string, unknown> }[]>`
    select at, type, data -> 'set' as set
    from events
    where id = ${id} and type like 'case.%' and (data -> 'set' ->> 'version')::integer > ${version}
    order by seq`
}
