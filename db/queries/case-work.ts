import type { CaseSource, CaseStatus } from '#contract/case.ts'
import type { SqlOrTx } from '../connect.ts'
import type { CaseStep } from './case-states.ts'
import { actorName, joinActors } from './actor-name.ts'

/** A step with the name of who took it, where somebody of that id is known. */
export interface NamedStep extends Omit<CaseStep, 'subdistrict' | 'case_id' | 'from_status'> {
  from_status: CaseStatus | null
  actor_name: string | null
}

/** What happened to a case, oldest first. */
export async function readSteps(sql: SqlOrTx, id: string): Promise<NamedStep[]> {
  return await sql<NamedStep[]>`
    select seq, at, action, outcome, actor, ${actorName(sql)}, from_status, to_status, reason,
      evidence, plan_date, satisfied, solved, due_at
    from case_steps
    ${joinActors(sql)}
    where case_id = ${id}
    order by seq`
}

export interface MergedCaseRow {
  id: string
  status: CaseStatus
  source: CaseSource
  reported_at: Date
  satisfied: boolean | null
  called_back_at: Date | null
}

/** The cases that answer to this one. */
export async function readMerged(sql: SqlOrTx, id: string): Promise<MergedCaseRow[]> {
  return await sql<MergedCaseRow[]>`
    select id, status, source, reported_at, satisfied, called_back_at
    from cases
    where merged_into = ${id}
    order by reported_at, id`
}
