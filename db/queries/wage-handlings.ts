import type { CaseStatus } from '#contract/case.ts'
import type { HandlingState } from '#contract/places.ts'
import type { HandlingHead, HandlingStepInput, HandlingStepName, HandlingTerm } from '#contract/wage-handling.ts'
import type { SqlOrTx, Tx } from '../connect.ts'

export interface HandlingRow extends Omit<HandlingHead, 'overdueDays' | 'closeProposed' | 'cases' | 'worksiteName' | 'community'> {
  subdistrict: string
  workedBy: string[]
  closeProposedBy: string | null
}

/** As lists show it: with its site and its cases. */
export interface ListedHandling extends HandlingRow { worksiteName: string, community: string | null, cases: string[] }

/** What was said of a step beside its day, the receiver and the papers. */
export type StepSaid = Omit<HandlingStepInput, 'on' | 'receivedBy' | 'documents'>

export interface HandlingStepRow {
  nr: number
  step: HandlingStepName
  on: string
  at: Date
  actor: string
  actorName: string
  from: HandlingState | null
  to: HandlingState
  dueOn: string | null
  said: StepSaid
  receiver: Buffer | null
  documents: string[]
}

function columns(sql: SqlOrTx) {
  return sql`
    handling.subdistrict, handling.id, worksite, state, version, opened_on as "openedOn", due_on as "dueOn",
    due_missing_year as "dueMissingYear", claimed_yuan as "claimedYuan", claimed_people as "claimedPeople", found_yuan as "foundYuan", found_people as "foundPeople",
    paid_yuan as "paidYuan", paid_people as "paidPeople", to_json(worked_by) as "workedBy", confirmed,
    close_proposed_by as "closeProposedBy", closed_as as "closedAs", closed_on as "closedOn"`
}

function inScope(sql: SqlOrTx, scope: string | null) {
  return scope === null
    ? sql``
    : sql`and (site.community = ${scope} or starts_with(site.subdistrict, ${scope}))`
}

export interface HandlingFilter { scope: string | null, worksite?: string | undefined, caseId?: string | undefined, id?: string | undefined }

/** Open ones first, by the day on which the next step has to come; those that are closed the newest first. */
export async function listHandlings(sql: SqlOrTx, { scope, worksite, caseId, id }: HandlingFilter): Promise<ListedHandling[]> {
  return await sql<ListedHandling[]>`
    select ${columns(sql)}, site.name as "worksiteName", site.community,
      (select coalesce(json_agg(case_id order by case_id), '[]') from wage_handling_cases as rests
        where rests.subdistrict = handling.subdistrict and rests.handling = handling.id) as cases
    from wage_handlings as handling
    join worksites as site on site.subdistrict = handling.subdistrict and site.id = handling.worksite
    where true ${inScope(sql, scope)}
      ${worksite === undefined
        ? sql``
        : sql`and worksite = ${worksite}`}
      ${id === undefined
        ? sql``
        : sql`and handling.id = ${id}`}
      ${caseId === undefined
        ? sql``
        : sql`and handling.id in (select handling from wage_handling_cases where case_id = ${caseId})`}
    order by state = 'closed', closed_on desc nulls first, due_on nulls last, handling.id
    limit 2000`
}

export async function findHandling(sql: SqlOrTx, id: string, scope: string | null): Promise<ListedHandling | null> {
  const [found] = await listHandlings(sql, { scope, id })
  return found ?? null
}

/** QX + day + running number; it belongs to the transaction, so a failed one leaves no hole. */
export async function takeHandlingId(tx: Tx, day: string): Promise<string> {
  const [row] = await tx<[{ last: number }]>`
    insert into wage_handling_numbers as taken (day, last)
    values (${day}, 1)
    on conflict (day) do update set last = taken.last + 1
    returning last`
  return `QX${day.slice(2).replaceAll('-', '')}${String(row.last).padStart(4, '0')}`
}

export async function writeHandling(tx: Tx, row: HandlingRow): Promise<void> {
  await tx`
    insert into wage_handlings (subdistrict, id, worksite, state, version, opened_on, due_on, due_missing_year, claimed_yuan, claimed_people, found_yuan,
      found_people, paid_yuan, paid_people, worked_by, confirmed, close_proposed_by, closed_as, closed_on)
    values (${row.subdistrict}, ${row.id}, ${row.worksite}, ${row.state}, ${row.version}, ${row.openedOn}, ${row.dueOn}, ${row.dueMissingYear}, ${row.claimedYuan},
      ${row.claimedPeople}, ${row.foundYuan}, ${row.foundPeople}, ${row.paidYuan}, ${row.paidPeople}, ${row.workedBy}::text[],
      ${row.confirmed}, ${row.closeProposedBy}, ${row.closedAs}, ${row.closedOn})
    on conflict (subdistrict, id) do update
    set state = excluded.state, version = excluded.version, due_on = excluded.due_on, due_missing_year = excluded.due_missing_year, found_yuan = excluded.found_yuan,
      found_people = excluded.found_people, paid_yuan = excluded.paid_yuan, paid_people = excluded.paid_people,
      worked_by = excluded.worked_by, confirmed = excluded.confirmed, close_proposed_by = excluded.close_proposed_by,
      closed_as = excluded.closed_as, closed_on = excluded.closed_on`
}

/** In the order taken. */
export async function readHandlingSteps(sql: SqlOrTx, { subdistrict, id }: Pick<HandlingRow, 'subdistrict' | 'id'>): Promise<HandlingStepRow[]> {
  return await sql<HandlingStepRow[]>`
    select nr, step, taken_on as "on", recorded_at as at, actor, actor_name as "actorName", from_state as "from", to_state as "to",
      due_on as "dueOn", said, receiver, to_json(documents) as documents
    from wage_handling_steps
    where subdistrict = ${subdistrict} and handling = ${id}
    order by nr`
}

export async function addHandlingStep(tx: Tx, { subdistrict, id }: Pick<HandlingRow, 'subdistrict' | 'id'>, step: HandlingStepRow): Promise<void> {
  await tx`
    insert into wage_handling_steps (subdistrict, id, handling, nr, step, taken_on, recorded_at, actor, actor_name, from_state, to_state,
      due_on, said, receiver, documents)
    values (${subdistrict}, ${`${id}/${step.nr}`}, ${id}, ${step.nr}, ${step.step}, ${step.on}, ${step.at}, ${step.actor},
      ${step.actorName}, ${step.from}, ${step.to}, ${step.dueOn}, ${JSON.stringify(step.said)}::text::jsonb, ${step.receiver},
      ${step.documents}::text[])`
}

export async function addHandlingCases(tx: Tx, { subdistrict, id }: Pick<HandlingRow, 'subdistrict' | 'id'>, cases: readonly string[]): Promise<void> {
  await tx`
    insert into wage_handling_cases (subdistrict, handling, case_id)
    select ${subdistrict}, ${id}, case_id from unnest(${cases as string[]}::text[]) as case_id
    on conflict do nothing`
}

/** Why a case cannot be one that a handling rests on; those of which there is nothing to say are left out. */
export async function unfitCases(sql: SqlOrTx, { worksite, handling, scope, on }: { worksite: string, handling: string | null, scope: string | null, on: string }, ids: readonly string[]): Promise<{ id: string, why: 'unknown' | 'other-kind' | 'other-site' | 'later' | 'taken' }[]> {
  return await sql<{ id: string, why: 'unknown' | 'other-kind' | 'other-site' | 'later' | 'taken' }[]>`
    select asked.id, why
    from unnest(${ids as string[]}::text[]) as asked (id)
    left join cases as found on found.id = asked.id
      ${scope === null
        ? sql``
        : sql`and (found.community = ${scope} or found.grid = ${scope} or starts_with(found.subdistrict, ${scope}))`}
    cross join lateral (
      select case
        when found.id is null then 'unknown'
        when found.kind <> 'wages' then 'other-kind'
        when found.worksite <> ${worksite} then 'other-site'
        when (found.reported_at at time zone 'Asia/Shanghai')::date > ${on} then 'later'
        when exists (
          select from wage_handling_cases as rests
          join wage_handlings as other on other.subdistrict = rests.subdistrict and other.id = rests.handling
          where rests.case_id = asked.id and other.state <> 'closed' and other.id is distinct from ${handling}) then 'taken'
      end as why
    ) as said
    where why is not null`
}

/** The cases that a handling rests on, the oldest first. */
export async function casesOfHandling(sql: SqlOrTx, { subdistrict, id }: Pick<HandlingRow, 'subdistrict' | 'id'>): Promise<{ id: string, status: CaseStatus, reportedOn: string }[]> {
  return await sql<{ id: string, status: CaseStatus, reportedOn: string }[]>`
    select cases.id, status, (reported_at at time zone 'Asia/Shanghai')::date as "reportedOn"
    from wage_handling_cases as rests
    join cases on cases.id = rests.case_id
    where rests.subdistrict = ${subdistrict} and handling = ${id}
    order by reported_at, cases.id`
}

/** Calls about unpaid wages at a worksite that rest in no handling, the newest first. */
export async function looseWageCalls(sql: SqlOrTx, worksite: string): Promise<{ id: string, status: CaseStatus, reportedOn: string }[]> {
  return await sql<{ id: string, status: CaseStatus, reportedOn: string }[]>`
    select id, status, (reported_at at time zone 'Asia/Shanghai')::date as "reportedOn"
    from cases
    where worksite = ${worksite} and kind = 'wages' and id not in (select case_id from wage_handling_cases)
    order by reported_at desc, id`
}

/** What the map shows of the handlings of a site: the state of the newest that is not closed. */
export async function settleHandling(tx: Tx, { subdistrict, worksite }: Pick<HandlingRow, 'subdistrict' | 'worksite'>): Promise<{ before: HandlingState | null, after: HandlingState | null }> {
  const [row] = await tx<[{ before: HandlingState | null, after: HandlingState | null }]>`
    with newest as (
      select (
        select state
        from wage_handlings
        where subdistrict = ${subdistrict} and worksite = ${worksite} and state <> 'closed'
        order by opened_on desc, id desc
        limit 1
      ) as state
    )
    update worksites as site
    set handling = newest.state
    from newest, worksites as old
    where site.subdistrict = ${subdistrict} and site.id = ${worksite} and old.subdistrict = site.subdistrict and old.id = site.id
    returning old.handling as before, site.handling as after`
  return row
}

export async function readHandlingTerms(sql: SqlOrTx, subdistrict: string): Promise<HandlingTerm[]> {
  return await sql<HandlingTerm[]>`
    select distinct on (term) term, working_days as "workingDays", source
    from wage_handling_terms
    where subdistrict in ('', ${subdistrict})
    order by term, subdistrict desc`
}

export async function putHandlingTerms(tx: Tx, subdistrict: string, terms: readonly HandlingTerm[]): Promise<void> {
  for (const { term, workingDays, source } of terms) {
    await tx`
      insert into wage_handling_terms (subdistrict, term, working_days, source)
      values (${subdistrict}, ${term}, ${workingDays}, ${source})
      on conflict (subdistrict, term) do update
      set working_days = excluded.working_days, source = excluded.source, updated_at = now()`
  }
}
