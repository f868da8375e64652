import type { PropertyStep } from '#contract/renovation.ts'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { ZoneHead } from './zone-ledger.ts'

export interface PropertyStepRow extends PropertyStep { zone: string }

/** In the order taken. */
export async function readPropertySteps(sql: SqlOrTx, zones: readonly string[]): Promise<PropertyStepRow[]> {
  return await sql<PropertyStepRow[]>`
    select id, zone, company, step, taken_on as "on", due_on as "dueOn", note, skip_reason as "skipReason",
      to_json(documents) as documents, to_json(cases) as cases, outcome, outcome_on as "outcomeOn", outcome_note as "outcomeNote"
    from property_steps
    where zone = any(${zones as string[]}::text[])
    order by zone, nr`
}

export async function addPropertyStep(tx: Tx, { subdistrict, zone }: ZoneHead, step: PropertyStep): Promise<void> {
  await tx`
    insert into property_steps (subdistrict, id, zone, nr, company, step, taken_on, due_on, note, skip_reason, documents, cases)
    select ${subdistrict}, ${step.id}, ${zone}, count(*), ${step.company}, ${step.step}, ${step.on}, ${step.dueOn}, ${step.note},
      ${step.skipReason}, ${step.documents}::text[], ${step.cases}::text[]
    from property_steps
    where subdistrict = ${subdistrict} and zone = ${zone}`
}

export async function setPropertyOutcome(tx: Tx, { subdistrict }: ZoneHead, { id, outcome, outcomeOn, outcomeNote }: Pick<PropertyStep, 'id' | 'outcome' | 'outcomeOn' | 'outcomeNote'>): Promise<void> {
  await tx`
    update property_steps
    set outcome = ${outcome}, outcome_on = ${outcomeOn}, outcome_note = ${outcomeNote}
    where subdistrict = ${subdistrict} and id = ${id}`
}
