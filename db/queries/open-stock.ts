import type { SqlOrTx } from '../connect.ts'
import { finalStatuses } from '../../server/cases/case-state.ts'
import { inScope } from './cases.ts'

/** What changed the open stock of a community on one day; `day` null: after the period. */
export interface StockMoves {
  community: string | null
  day: string | null
  opened: number
  ended: number
  /** By how much the cases that were open when the period began changed the stock. */
  ofStart: number
}

export interface OpenStock {
  /** Cases that are open now, by community. */
  open: { community: string | null, count: number }[]
  moves: StockMoves[]
}

/**
 * The open stock since `from`, told backwards from now: what is open now is in an index, what was open long ago is in none.
 * A case that was finished elsewhere has no step that says when; the day of closing stands for it, else it was never open here.
 */
export async function openStock(sql: SqlOrTx, { from, until, within }: { from: Date, until: Date, within: readonly string[] }): Promise<OpenStock> {
  const chosen = within.reduce((before, one) => sql`${before} ${inScope(sql, one)}`, sql``)
  const final = [...finalStatuses]
  const [open, moves] = await Promise.all([
    sql<OpenStock['open']>`
      select community, count(*)::int as count
      from cases
      where status not in ('closed', 'archived', 'merged') ${chosen}
      group by community`,
    sql<StockMoves[]>`
      with deltas as (
        select id, community, status, reported_at as at, 1 as delta
        from cases
        where reported_at >= ${from} ${chosen}
        union all
        select told.id, community, status, at, case when to_status = any(${final}) then -1 else 1 end
        from case_steps
          cross join lateral (select id, community, status from cases where cases.id = case_steps.case_id ${chosen}) as told
        where at >= ${from} and from_status is not null
          and (from_status = any(${final})) <> (to_status = any(${final}))
        union all
        select id, community, status, coalesce(closed_at, reported_at), -1
        from cases
        where status in ('closed', 'archived', 'merged') and coalesce(closed_at, reported_at) >= ${from} ${chosen}
          and not exists (
            select from case_steps
            where case_steps.case_id = cases.id and to_status = any(${final}) and from_status <> all(${final})
          )
      ), known as (
        select *, (status <> all(${final}))::int - sum(delta) over (partition by id) as open_at_start
        from deltas
      )
      select community,
        case when at < ${until} then to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') end as day,
        count(*) filter (where delta = 1)::int as opened,
        count(*) filter (where delta = -1)::int as ended,
        coalesce(sum(delta) filter (where open_at_start = 1), 0)::int as "ofStart"
      from known
      group by 1, 2`,
  ])
  return { open, moves }
}
