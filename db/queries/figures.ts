import type { DayFigures } from '#contract/figures.ts'
import type { SqlOrTx } from '../connect.ts'

/**
 * What happened on each of the last `days` days before today, oldest first. Days are China's, wherever the server stands.
 *
 * A call-back counts on the day on which it took place, also where the case was reopened after it. Imported cases have no steps:
 * of those only the last answer is known, and where nobody wrote down its day, the day of closing stands for it.
 */
export async function figuresByDay(sql: SqlOrTx, days: number): Promise<DayFigures[]> {
  return await sql<DayFigures[]>`
    with window_of_days as (
      select (now() at time zone 'Asia/Shanghai')::date - ${days}::int as first, (now() at time zone 'Asia/Shanghai')::date as today
    ), call_backs as (
      select at, satisfied from case_steps where action = 'call-back' and satisfied is not null
      union all
      select coalesce(called_back_at, closed_at), satisfied from cases
      where coalesce(called_back_at, closed_at) is not null and satisfied is not null
        and not exists (
          select from case_steps
          where case_steps.case_id = cases.id and case_steps.action = 'call-back' and case_steps.satisfied is not null
        )
    ), happened as (
      select reported_at as at, 'reported' as what from cases
      union all
      select closed_at, 'closed' from cases where closed_at is not null and status in ('closed', 'archived')
      union all
      select at, case when satisfied then 'satisfied' else 'dissatisfied' end from call_backs
    ), counted as (
      select (at at time zone 'Asia/Shanghai')::date as day, what, count(*)::int as number
      from happened, window_of_days
      where at >= first::timestamp at time zone 'Asia/Shanghai' and at < today::timestamp at time zone 'Asia/Shanghai'
      group by 1, 2
    )
    select to_char(day, 'YYYY-MM-DD') as day,
      coalesce(sum(number) filter (where what = 'reported'), 0)::int as reported,
      coalesce(sum(number) filter (where what = 'closed'), 0)::int as closed,
      coalesce(sum(number) filter (where what in ('satisfied', 'dissatisfied')), 0)::int as "calledBack",
      coalesce(sum(number) filter (where what = 'satisfied'), 0)::int as satisfied
    from window_of_days
      cross join lateral generate_series(first, today - 1, interval '1 day') as all_days(moment)
      cross join lateral (select moment::date as day) as named
      left join counted using (day)
    group by day
    order by day`
}
