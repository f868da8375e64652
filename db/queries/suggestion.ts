import type { SuggestionWeights } from '#contract/dispatch.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { SqlOrTx, Tx } from '../connect.ts'

/** An officer as a suggestion looks at him. */
export interface OfficerToSend {
  id: string
  name: string
  grid: string | null
  community: string | null
  duty: 'on' | 'off'
  skills: string[]
  location: LngLat | null
  seen_at: Date | null
  /** cases in hand */
  open_cases: number
  /** offers of the last seven days, and those of them that he declined or let run out */
  asked: number
  declined: number
  dismissed: boolean
  /** he declined this case, or did not answer */
  asked_before: boolean
}

/** Every officer of the subdistrict. */
export async function readOfficersToSend(sql: SqlOrTx, { subdistrict, caseId, now }: { subdistrict: string, caseId: string, now: Date }): Promise<OfficerToSend[]> {
  return await sql<OfficerToSend[]>`
    with in_hand as (
      select assignee, count(*)::integer as open
      from cases
      where assignee is not null and status not in ('resolved', 'closed', 'archived', 'merged', 'suspended')
      group by assignee
    ), record as (
      select officer, count(*)::integer as asked, (count(*) filter (where state in ('declined', 'expired')))::integer as declined
      from assignments
      where offered_at > ${now}::timestamptz - interval '7 days'
      group by officer
    ), barred as (
      select officer from users where officer is not null group by officer having bool_and(coalesce(banned, false))
    )
    select id, name, grid, community, duty, to_json(skills) as skills, location, seen_at,
      coalesce(in_hand.open, 0) as open_cases, coalesce(record.asked, 0) as asked, coalesce(record.declined, 0) as declined,
      barred.officer is not null as dismissed,
      exists (
        select from assignments
        where case_id = ${caseId} and assignments.officer = officers.id and state in ('declined', 'expired')
      ) as asked_before
    from officers
    left join in_hand on in_hand.assignee = officers.id
    left join record on record.officer = officers.id
    left join barred on barred.officer = officers.id
    where subdistrict = ${subdistrict}
    order by id`
}

export interface DispatchDecision {
  subdistrict: string
  assignment_id: string
  at: Date
  officer: string
  place: number | null
  proposed: { officer: string, score: number, minutes: number | null }[]
  left_out: { officer: string, reason: string }[]
  weights: SuggestionWeights
}

export async function insertDecision(tx: Tx, { subdistrict, assignment_id, at, officer, place, proposed, left_out, weights }: DispatchDecision): Promise<void> {
  await tx`
    insert into dispatch_decisions (subdistrict, assignment_id, at, officer, place, proposed, left_out, weights)
    values (
      ${subdistrict}, ${assignment_id}, ${at}, ${officer}, ${place}, ${tx.json(proposed)}, ${tx.json(left_out)}, ${tx.json(weights)})`
}

/** Another moment after every change of the streets. */
export async function streetsTrueAt(sql: SqlOrTx): Promise<number> {
  const [row] = await sql<{ true_at: Date }[]>`select true_at from layer_freshness where layer = 'basemap'`
  return row?.true_at.getTime() ?? 0
}
