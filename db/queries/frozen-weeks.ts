import type { BurnDown, CaseRate, DissatisfiedStock, ExclusionReason, RateName } from '#contract/figures.ts'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { RateTally } from '../../server/figures/case-rates.ts'
import type { RateRowFound } from './case-rates.ts'

/** What stays of a week. The burn-down is kept by community too, because who is bound to one sees no other. */
export interface FrozenFigures {
  rates: CaseRate[]
  dissatisfied: DissatisfiedStock
  burnDown: BurnDown
  burnDownOf: Record<string, BurnDown>
}

export interface FrozenWeekRow { week: string, subdistrict: string, frozenAt: Date }

export async function listFrozenWeeks(sql: SqlOrTx, within: string | null): Promise<FrozenWeekRow[]> {
  return await sql<FrozenWeekRow[]>`
    select week::text, subdistrict, frozen_at as "frozenAt"
    from frozen_weeks
    where starts_with(${within ?? ''}::text, subdistrict) or starts_with(subdistrict, ${within ?? ''}::text)
    order by week desc, subdistrict`
}

/** null: no such week was frozen. */
export async function findFrozenWeek(sql: SqlOrTx, subdistrict: string, week: string): Promise<{ frozenAt: Date, figures: FrozenFigures } | null> {
  const [row] = await sql<{ frozenAt: Date, figures: FrozenFigures }[]>`
    select frozen_at as "frozenAt", figures
    from frozen_weeks
    where subdistrict = ${subdistrict} and week = ${week}::date`
  return row ?? null
}

/** The Monday of the last week that was frozen, 'YYYY-MM-DD'. */
export async function lastFrozenWeek(sql: SqlOrTx, subdistrict: string): Promise<string | null> {
  const [row] = await sql<[{ week: string | null }]>`select max(week)::text as week from frozen_weeks where subdistrict = ${subdistrict}`
  return row.week
}

/** Writes a week with its rows; false where somebody has done so already. */
export async function freezeWeek(
  tx: Tx,
  { subdistrict, week, frozenAt, figures, rows }: { subdistrict: string, week: string, frozenAt: Date, figures: FrozenFigures, rows: readonly RateRowFound[] },
): Promise<boolean> {
  const written = await tx`
    insert into frozen_weeks (subdistrict, week, frozen_at, figures)
    values (${subdistrict}, ${week}::date, ${frozenAt}, ${tx.json(figures as never)})
    on conflict do nothing
    returning week`
  if (written.length === 0)
    return false
  await tx`
    insert into frozen_rate_rows (subdistrict, week, rate, nr, case_id, at, part, reason, community)
    select ${subdistrict}, ${week}::date, rate, row_number() over (partition by rate order by at, case_id), case_id, at,
      case when verdict in ('hit', 'miss') then verdict else 'excluded' end,
      case when verdict not in ('hit', 'miss') then verdict end,
      community
    from unnest(
      ${rows.map(({ rate }) => rate)}::text[], ${rows.map(row => row.case)}::text[], ${rows.map(({ at }) => at.toISOString())}::timestamptz[],
      ${rows.map(({ verdict }) => verdict)}::text[], ${rows.map(({ community }) => community)}::text[]
    ) as frozen (rate, case_id, at, verdict, community)`
  return true
}

/** The frozen rows counted as the rates are, of one community or all. */
export async function tallyFrozenRows(sql: SqlOrTx, subdistrict: string, week: string, community: string | null): Promise<RateTally[]> {
  return await sql<RateTally[]>`
    select rate, community as key, coalesce(reason, part) as verdict, count(*)::int as count
    from frozen_rate_rows
    where subdistrict = ${subdistrict} and week = ${week}::date and (${community}::text is null or community = ${community})
    group by 1, 2, 3`
}

export interface FrozenRowChoice { rate: RateName, part?: 'hit' | 'miss' | 'excluded' | undefined, reason?: ExclusionReason | undefined, community: string | null, offset: number, limit: number }
export interface FrozenRow { case: string, at: Date, part: 'hit' | 'miss' | 'excluded', reason: ExclusionReason | null, community: string | null }

/** A page of the rows that were behind a rate when the week was frozen. */
export async function pageOfFrozenRows(sql: SqlOrTx, subdistrict: string, week: string, { rate, part, reason, community, offset, limit }: FrozenRowChoice): Promise<{ rows: FrozenRow[], total: number }> {
  const chosen = sql`
    subdistrict = ${subdistrict} and week = ${week}::date and rate = ${rate}
      and (${part ?? null}::text is null or part = ${part ?? null})
      and (${reason ?? null}::text is null or reason = ${reason ?? null})
      and (${community}::text is null or community = ${community})`
  const [rows, [counted]] = await Promise.all([
    sql<FrozenRow[]>`
      select case_id as case, at, part, reason, community
      from frozen_rate_rows
      where ${chosen}
      order by case part when 'miss' then 0 when 'excluded' then 1 else 2 end, at desc, nr
      limit ${limit} offset ${offset}`,
    sql<[{ total: number }]>`select count(*)::int as total from frozen_rate_rows where ${chosen}`,
  ])
  return { rows, total: counted.total }
}
