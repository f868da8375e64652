import type { CaseKind } from '#contract/case.ts'
import type { ExclusionReason, FigureGroup, RateName } from '#contract/figures.ts'
import type { CaseRules } from '../../server/cases/terms.ts'
import type { RateTally } from '../../server/figures/case-rates.ts'
import type { DissatisfiedHistory } from '../../server/figures/stock-change.ts'
import type { SqlOrTx } from '../connect.ts'
import { inScope } from './cases.ts'

export interface FigureRequest {
  /** From `from` on and before `until`, which does not lie in the future: what is due later is not due yet. */
  from: Date
  until: Date
  by: FigureGroup
  /** Region codes or scopes (server/access/scope.ts) in all of which a case must lie. */
  within: readonly string[]
  kind?: CaseKind | undefined
}

/**
 * Every row that the rates of a period stand on, counted by rate, group and verdict.
 * - response: the contact was due in the period (report + hours by urgency).
 * - solved, satisfied: a call-back took place in the period; each counts, also two on one case. Of imported cases only the last
 *   answer is known; where nobody wrote down its day, the day of closing stands for it.
 * - done, inTime: the deadline fell into the period, extended or promised as it now stands. What is finished counts as done if it was so when the period ended.
 */
export async function tallyRates(sql: SqlOrTx, request: FigureRequest, contactHours: CaseRules['contactHours']): Promise<RateTally[]> {
  return await sql<RateTally[]>`
    with ${verdicts(sql, request, contactHours)}
    select rate, key, verdict, count(*)::int as count
    from verdicts
    group by rate, key, verdict`
}

/** One row behind a rate, as it is counted. */
export interface RateRowFound { rate: RateName, case: string, at: Date, community: string | null, verdict: 'hit' | 'miss' | ExclusionReason }

/** Every row behind the rates of a period, by rate and time. */
export async function rateRows(sql: SqlOrTx, request: Omit<FigureRequest, 'by'>, contactHours: CaseRules['contactHours']): Promise<RateRowFound[]> {
  return await sql<RateRowFound[]>`
    with ${verdicts(sql, { ...request, by: 'community' }, contactHours)}
    select rate, id as case, at, community, verdict
    from verdicts
    order by rate, at, id`
}

export interface RateRowChoice { rate: RateName, part?: 'hit' | 'miss' | 'excluded' | undefined, reason?: ExclusionReason | undefined, offset: number, limit: number }

/** A page of the rows behind one rate, what lowers it first, then what is not counted; and how many there are. */
export async function pageOfRateRows(
  sql: SqlOrTx,
  request: Omit<FigureRequest, 'by'>,
  contactHours: CaseRules['contactHours'],
  { rate, part, reason, offset, limit }: RateRowChoice,
): Promise<{ rows: RateRowFound[], total: number }> {
  const found = await sql<(RateRowFound & { total: number })[]>`
    with ${verdicts(sql, { ...request, by: 'community' }, contactHours)}, chosen as (
      select * from verdicts
      where rate = ${rate}
        ${part === undefined
          ? sql``
          : part === 'excluded'
            ? sql`and verdict not in ('hit', 'miss')`
            : sql`and verdict = ${part}`}
        ${reason === undefined
          ? sql``
          : sql`and verdict = ${reason}`}
    )
    select rate, id as case, at, community, verdict, total
    from (select count(*)::int as total from chosen) as counted
      left join (
        select * from chosen
        order by case verdict when 'miss' then 0 when 'hit' then 2 else 1 end, at desc, id
        limit ${limit} offset ${offset}
      ) as page on true`
  return {
    rows: found.filter(row => row.case !== null),
    total: found[0]!.total,
  }
}

/** Every case that was in the stock of 连续不满意 at the beginning of the period or at its end, with what its steps say of it. */
export async function dissatisfiedHistories(sql: SqlOrTx, { from, by, within }: Omit<FigureRequest, 'until'>, consecutiveFrom: number): Promise<DissatisfiedHistory[]> {
  const chosen = conditions(sql, within)
  // Who was in it once and is no longer has left since `from`: by a call-back, or merged into another case.
  return await sql<DissatisfiedHistory[]>`
    with candidates as (
      select id from cases where dissatisfied_in_row > 0 and dissatisfied_in_row >= ${consecutiveFrom}
      union
      select case_id from case_steps where at >= ${from} and action in ('call-back', 'merge')
    )
    select id, ${sql(by)} as key, status, dissatisfied_in_row as "dissatisfiedInRow",
      ${milliseconds(sql, 'reported_at')} as "reportedAt",
      ${milliseconds(sql, 'called_back_at')} as "calledBackAt",
      ${milliseconds(sql, 'closed_at')} as "closedAt",
      told.steps
    from cases
      cross join lateral (
        select count(*) filter (where answer = 'dissatisfied') as dissatisfied,
          coalesce(json_agg(json_build_object('at', at, 'toStatus', to_status, 'answer', answer) order by seq), '[]') as steps
        from (
          select seq, ${milliseconds(sql, 'at')} as at, to_status,
            case
              when action <> 'call-back' or satisfied is null then null
              when satisfied and solved is not false then 'satisfied'
              else 'dissatisfied'
            end as answer
          from case_steps
          where case_steps.case_id = cases.id
        ) as steps
      ) as told
    where id in (select id from candidates) and (dissatisfied_in_row >= ${consecutiveFrom} or told.dissatisfied >= ${consecutiveFrom}) ${chosen}`
}

/** The tables up to `verdicts (rate, id, community, key, at, verdict)`, for a `with`. */
function verdicts(sql: SqlOrTx, { from, until, by, within, kind }: FigureRequest, contactHours: CaseRules['contactHours']) {
  const { emergency, urgent, normal } = contactHours
  const longest = Math.max(emergency, urgent, normal)
  const chosen = kind === undefined
    ? conditions(sql, within)
    : sql`${conditions(sql, within)} and kind = ${kind}`
  const key = sql`${sql(by)} as key`
  return sql`
    contacts as (
      select id, community, ${key}, contacted_at, status, contact_phone, source_ref,
        reported_at + make_interval(secs => 3600 * (case urgency when 'emergency' then ${emergency}::float8 when 'urgent' then ${urgent}::float8 else ${normal}::float8 end)) as contact_due
      from cases
      where reported_at >= ${from}::timestamptz - make_interval(secs => 3600 * ${longest}::float8) and reported_at < ${until} ${chosen}
    ), call_backs as (
      select told.id, told.community, told.key, case_steps.at, satisfied, solved
      from case_steps
        cross join lateral (select id, community, ${key} from cases where cases.id = case_steps.case_id ${chosen}) as told
      where action = 'call-back' and at >= ${from} and at < ${until}
      union all
      select id, community, ${key}, coalesce(called_back_at, closed_at), satisfied, solved
      from cases
      where satisfied is not null
        and (
          (called_back_at >= ${from} and called_back_at < ${until})
          or (called_back_at is null and closed_at >= ${from} and closed_at < ${until})
        )
        and not exists (
          select from case_steps
          where case_steps.case_id = cases.id and case_steps.action = 'call-back' and case_steps.satisfied is not null
        )
        ${chosen}
    ), to_finish as (
      select id, community, ${key}, due_at as at, due_at, null as reason,
        case when status in ('resolved', 'closed', 'archived') then coalesce(resolved_at, closed_at) end as ended_at, status
      from cases
      where due_at >= ${from} and due_at < ${until} ${chosen}
      union all
      select id, community, ${key}, reported_at, due_at, 'deadline-unknown', null, status
      from cases
      where due_at is null and clock_paused_at is null and reported_at >= ${from} and reported_at < ${until} ${chosen}
      union all
      select id, community, ${key}, due_before_pause, due_at, 'on-account', null, status
      from cases
      where status = 'suspended' and due_before_pause >= ${from} and due_before_pause < ${until}
        and (due_at is null or due_at < ${from} or due_at >= ${until}) ${chosen}
    ), verdicts as (
      select 'response' as rate, id, community, key, contact_due as at,
        case
          when contacted_at <= contact_due then 'hit'
          when contacted_at is not null then 'miss'
          when status = 'merged' then 'merged'
          when contact_phone is null then 'no-contact'
          when source_ref is not null and status in ('resolved', 'closed', 'archived')
            and not exists (select from case_steps where case_steps.case_id = contacts.id) then 'not-recorded'
          else 'miss'
        end as verdict
      from contacts
      where contact_due >= ${from} and contact_due < ${until}
      union all
      select 'solved', id, community, key, at, case when satisfied is null then 'unreached' when solved is null then 'not-asked' when solved then 'hit' else 'miss' end
      from call_backs
      union all
      select 'satisfied', id, community, key, at, case when satisfied is null then 'unreached' when satisfied then 'hit' else 'miss' end
      from call_backs
      union all
      select rate, id, community, key, at,
        case
          when status = 'merged' then 'merged'
          when reason is not null then reason
          when ended_at <= case rate when 'inTime' then due_at else ${until}::timestamptz end then 'hit'
          else 'miss'
        end
      from to_finish
        cross join (values ('done'), ('inTime')) as asked (rate)
    )`
}

function conditions(sql: SqlOrTx, within: readonly string[]) {
  return within.reduce((before, one) => sql`${before} ${inScope(sql, one)}`, sql``)
}

function milliseconds(sql: SqlOrTx, column: string) {
  return sql`(extract(epoch from ${sql(column)}) * 1000)::float8`
}
