import type { Feature } from '#contract/geometry.ts'
import type { Handover, HandoverNote, WorkTaken } from '#contract/handover.ts'
import type { SqlOrTx, Tx } from '../connect.ts'

interface NoteRow { id: string, said: string, case_id: string | null, by_id: string, by_name: string, at: Date }
interface HandoverRow {
  id: string
  remark: string | null
  by_id: string
  by_name: string
  at: Date
  taken_by_id: string | null
  taken_by_name: string | null
  taken_at: Date | null
  taken: WorkTaken | null
}
type By = HandoverNote['by']

/** Open notes, the handover that waits, and the last one that was taken: what desks follow. */
export async function listHandoverItems(sql: SqlOrTx): Promise<Feature[]> {
  const notes = await sql<NoteRow[]>`select * from handover_notes where done_at is null order by at, id`
  const handovers = await sql<HandoverRow[]>`
    (select * from handovers where taken_at is null)
    union all
    (select * from handovers where taken_at is not null order by taken_at desc limit 1)`
  return [
    ...notes.map(noteOf),
    ...handovers.map(handoverOf),
  ].map(handoverFeature)
}

export async function listHandovers(sql: SqlOrTx, limit: number): Promise<Handover[]> {
  const rows = await sql<HandoverRow[]>`select * from handovers order by at desc limit ${limit}`
  return rows.map(handoverOf)
}

export async function insertNote(tx: Tx, { said, caseId, by, at }: Pick<HandoverNote, 'said' | 'caseId' | 'by'> & { at: Date }): Promise<HandoverNote> {
  const [row] = await tx<[NoteRow]>`
    insert into handover_notes (said, case_id, by_id, by_name, at)
    values (${said}, ${caseId}, ${by.id}, ${by.name}, ${at})
    returning *`
  return noteOf(row)
}

/** False: there is no such note, or it is done already. */
export async function endNote(tx: Tx, id: string, by: By, at: Date): Promise<boolean> {
  const rows = await tx`update handover_notes set done_at = ${at}, done_by = ${by.name} where id = ${id} and done_at is null returning 1`
  return rows.length === 1
}

/** Null: another handover waits. */
export async function insertHandover(tx: Tx, { remark, by, at }: { remark: string | null, by: By, at: Date }): Promise<Handover | null> {
  const [row] = await tx<HandoverRow[]>`
    insert into handovers (remark, by_id, by_name, at)
    values (${remark}, ${by.id}, ${by.name}, ${at})
    on conflict ((true)) where taken_at is null do nothing
    returning *`
  return row
    ? handoverOf(row)
    : null
}

export async function findHandover(tx: SqlOrTx, id: string): Promise<Handover | null> {
  const [row] = await tx<HandoverRow[]>`select * from handovers where id = ${id}`
  return row
    ? handoverOf(row)
    : null
}

/** Null: somebody has taken it, or it was withdrawn. */
export async function takeHandover(tx: Tx, id: string, { by, at, taken }: { by: By, at: Date, taken: WorkTaken }): Promise<Handover | null> {
  const [row] = await tx<HandoverRow[]>`
    update handovers set taken_by_id = ${by.id}, taken_by_name = ${by.name}, taken_at = ${at}, taken = ${tx.json({ ...taken })}
    where id = ${id} and taken_at is null
    returning *`
  return row
    ? handoverOf(row)
    : null
}

export async function withdrawHandover(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx`delete from handovers where id = ${id} and taken_at is null returning 1`
  return rows.length === 1
}

/** What is open at this moment. */
export async function readOpenWork(sql: SqlOrTx, now: Date): Promise<WorkTaken> {
  const [counts] = await sql<[Pick<WorkTaken, 'waiting' | 'overdue' | 'emergencies' | 'unlocated'>]>`
    select
      (count(*) filter (where status in ('registered', 'reopened', 'return-requested')))::integer as waiting,
      (count(*) filter (where due_at < ${now} and status not in ('resolved', 'suspended')))::integer as overdue,
      coalesce(json_agg(id order by id) filter (where urgency = 'emergency' and status in ('registered', 'reopened', 'return-requested')), '[]') as emergencies,
      coalesce(json_agg(id order by id) filter (where location is null), '[]') as unlocated
    from cases
    where status not in ('closed', 'archived', 'merged')`
  const assignments = await sql<{ case_id: string }[]>`select case_id from assignments where ended_at is null order by case_id`
  const notes = await sql<{ said: string }[]>`select said from handover_notes where done_at is null order by at, id`
  return {
    ...counts,
    assignments: assignments.map(({ case_id }) => case_id),
    notes: notes.map(({ said }) => said),
  }
}

export function handoverFeature(item: HandoverNote | Handover): Feature {
  return {
    type: 'Feature',
    id: item.id,
    geometry: null,
    properties: { ...item },
  }
}

function noteOf({ id, said, case_id, by_id, by_name, at }: NoteRow): HandoverNote {
  return {
    id,
    kind: 'note',
    said,
    caseId: case_id,
    by: { id: by_id, name: by_name },
    at: at.toISOString(),
  }
}

function handoverOf({ id, remark, by_id, by_name, at, taken_by_id, taken_by_name, taken_at, taken }: HandoverRow): Handover {
  return {
    id,
    kind: 'handover',
    remark,
    by: { id: by_id, name: by_name },
    at: at.toISOString(),
    takenBy: taken_by_id === null
      ? null
      : { id: taken_by_id, name: taken_by_name! },
    takenAt: taken_at?.toISOString() ?? null,
    taken,
  }
}
