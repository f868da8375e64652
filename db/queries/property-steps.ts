import type { PropertyStep } from '#contract/renovation.ts'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { PropertyHead } from './property-places.ts'

export interface PropertyStepRow extends PropertyStep { place: string }

/** In the order taken; of all places without `places`. */
export async function readPropertySteps(sql: SqlOrTx, places?: readonly string[]): Promise<PropertyStepRow[]> {
  return await sql<PropertyStepRow[]>`
    select id, place, company, step, taken_on as "on", due_on as "dueOn", note, skip_reason as "skipReason",
      to_json(documents) as documents, to_json(cases) as cases, outcome, outcome_on as "outcomeOn", outcome_note as "outcomeNote"
    from property_steps
    ${places === undefined
      ? sql``
      : sql`where place = any(${places as string[]}::text[])`}
    order by place, nr`
}

export async function addPropertyStep(tx: Tx, { subdistrict, place }: PropertyHead, step: PropertyStep): Promise<void> {
  await tx`
    insert into property_steps (subdistrict, id, place, nr, company, step, taken_on, due_on, note, skip_reason, documents, cases)
    select ${subdistrict}, ${step.id}, ${place}, count(*), ${step.company}, ${step.step}, ${step.on}, ${step.dueOn}, ${step.note},
      ${step.skipReason}, ${step.documents}::text[], ${step.cases}::text[]
    from property_steps
    where subdistrict = ${subdistrict} and place = ${place}`
}

export async function setPropertyOutcome(tx: Tx, { subdistrict }: PropertyHead, { id, outcome, outcomeOn, outcomeNote }: Pick<PropertyStep, 'id' | 'outcome' | 'outcomeOn' | 'outcomeNote'>): Promise<void> {
  await tx`
    update property_steps
    set outcome = ${outcome}, outcome_on = ${outcomeOn}, outcome_note = ${outcomeNote}
    where subdistrict = ${subdistrict} and id = ${id}`
}
