import type { LngLat } from '#contract/geometry.ts'
import type { SqlOrTx } from '../connect.ts'

export interface OfficerAtWork {
  id: string
  name: string
  grid: string | null
  community: string | null
  duty: 'on' | 'off'
  location: LngLat | null
  seen_at: Date | null
  open_cases: number
  overdue_cases: number
}

/** Every officer of the subdistrict with what he has in hand. */
export async function readOfficersAtWork(sql: SqlOrTx, subdistrict: string, now: Date): Promise<OfficerAtWork[]> {
  return await sql<OfficerAtWork[]>`
    select id, name, grid, community, duty, location, seen_at,
      coalesce(in_hand.open, 0) as open_cases, coalesce(in_hand.overdue, 0) as overdue_cases
    from officers
    left join (
      select assignee, count(*)::integer as open, (count(*) filter (where due_at < ${now}))::integer as overdue
      from cases
      where assignee is not null and status not in ('resolved', 'closed', 'archived', 'merged', 'suspended')
      group by assignee
    ) as in_hand on in_hand.assignee = officers.id
    where subdistrict = ${subdistrict}
    order by id`
}
