import type { Assignment, AssignmentEnd, AssignmentFeature, AssignmentState } from '#contract/dispatch.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { SqlOrTx, Tx } from '../connect.ts'
import { actorName, joinActors } from './actor-name.ts'

export interface AssignmentRow {
  subdistrict: string
  id: string
  case_id: string
  officer: string
  state: AssignmentState
  offered_by: string
  offered_at: Date
  answer_by: Date | null
  accepted_at: Date | null
  set_out_at: Date | null
  near_at: Date | null
  arrived_at: Date | null
  ended_at: Date | null
  end_cause: AssignmentEnd | null
  reason: string | null
  help_at: Date | null
  help_reason: string | null
  note: string | null
  proposed: string | null
  version: number
}

export type NewAssignment = Pick<AssignmentRow, 'subdistrict' | 'id' | 'case_id' | 'officer' | 'offered_by' | 'offered_at' | 'answer_by' | 'note'>
export type AssignmentPatch = Partial<Omit<AssignmentRow, keyof NewAssignment | 'version'>> & { answer_by?: Date | null }

function columns(sql: SqlOrTx) {
  return sql`
    assignments.subdistrict, assignments.id, case_id, officer, state, offered_by, offered_at, answer_by, accepted_at, set_out_at, near_at,
    arrived_at, ended_at, end_cause, reason, help_at, help_reason, note, proposed, assignments.version`
}

/** Of a case the one that still binds somebody; nobody changes it until the transaction ends. Lock the case first. */
export async function lockOpenAssignment(tx: Tx, caseId: string): Promise<AssignmentRow | null> {
  const [row] = await tx<AssignmentRow[]>`
    select ${columns(tx)} from assignments
    where case_id = ${caseId} and ended_at is null
    for update`
  return row ?? null
}

/** `scope`: the part that the asker may see. */
export async function findAssignment(sql: SqlOrTx, id: string, scope: string | null = null): Promise<AssignmentRow | null> {
  const [row] = await sql<AssignmentRow[]>`
    select ${columns(sql)} from assignments
    join cases on cases.id = case_id
    where assignments.id = ${id} ${inScope(sql, scope)}`
  return row ?? null
}

export async function insertAssignment(tx: Tx, row: NewAssignment): Promise<AssignmentRow> {
  const [inserted] = await tx<AssignmentRow[]>`
    insert into assignments ${tx({ ...row, state: 'offered' })}
    returning ${columns(tx)}`
  return inserted!
}

/** The caller holds the lock of its case. */
export async function patchAssignment(tx: Tx, id: string, patch: AssignmentPatch): Promise<AssignmentRow> {
  const [row] = await tx<AssignmentRow[]>`
    update assignments
    set ${tx({ id, ...patch })}, version = version + 1
    where id = ${id}
    returning ${columns(tx)}`
  return row!
}

/** A case that was placed in another subdistrict takes its assignments along. */
export async function moveAssignments(tx: Tx, caseId: string, subdistrict: string): Promise<void> {
  await tx`
    update assignment_steps
    set subdistrict = ${subdistrict}
    where assignment_id in (select id from assignments where case_id = ${caseId})`
  await tx`update assignments set subdistrict = ${subdistrict} where case_id = ${caseId}`
}

export interface AssignmentStepRow {
  at: Date
  said_at: Date | null
  step: string
  actor: string
  from_state: AssignmentState | null
  to_state: AssignmentState
  reason: string | null
}

export async function insertAssignmentStep(tx: Tx, { subdistrict, id, version }: AssignmentRow, step: AssignmentStepRow): Promise<void> {
  await tx`insert into assignment_steps ${tx({
    subdistrict,
    assignment_id: id,
    nr: version,
    ...step,
  })}`
}

/** What happened to it, oldest first. */
export async function readAssignmentSteps(sql: SqlOrTx, id: string): Promise<(AssignmentStepRow & { actor_name: string | null })[]> {
  return await sql<(AssignmentStepRow & { actor_name: string | null })[]>`
    select at, said_at, step, actor, ${actorName(sql)}, from_state, to_state, reason
    from assignment_steps
    ${joinActors(sql)}
    where assignment_id = ${id}
    order by nr`
}

export interface AssignmentFilter {
  scope: string | null
  id?: string | undefined
  caseId?: string | undefined
  officer?: string | undefined
  /** Ended ones too, the last 200. */
  ended?: boolean
}

/** Newest offer first, with the officer's name. */
export async function listAssignments(sql: SqlOrTx, { scope, id, caseId, officer, ended = false }: AssignmentFilter): Promise<(AssignmentRow & { officer_name: string })[]> {
  return await sql<(AssignmentRow & { officer_name: string })[]>`
    select ${columns(sql)}, coalesce(officers.name, assignments.officer) as officer_name
    from assignments
    join cases on cases.id = case_id
    left join officers on officers.id = assignments.officer
    where ${ended
      ? sql`true`
      : sql`ended_at is null`}
      ${id === undefined
        ? sql``
        : sql`and assignments.id = ${id}`}
      ${caseId === undefined
        ? sql``
        : sql`and case_id = ${caseId}`}
      ${officer === undefined
        ? sql``
        : sql`and assignments.officer = ${officer}`}
      ${inScope(sql, scope)}
    order by offered_at desc, assignments.id
    limit ${ended
      ? 200
      : 5000}`
}

/** What a screen holds: those that bind somebody, and unanswered ones of a day whose case still waits. */
export async function listLiveAssignments(sql: SqlOrTx, { region, scope }: { region?: string | undefined, scope?: string | null | undefined }): Promise<AssignmentFeature[]> {
  const rows = await sql<AssignmentRow[]>`
    select ${columns(sql)} from assignments
    join cases on cases.id = case_id
    where (ended_at is null
      or (state in ('declined', 'expired') and ended_at > now() - interval '1 day' and cases.status in ('registered', 'reopened')))
      ${region
        ? sql`and (cases.community = ${region} or cases.grid = ${region} or starts_with(cases.subdistrict, ${region}))`
        : sql``}
      ${inScope(sql, scope ?? null)}
    order by offered_at`
  return rows.map(assignmentFeature)
}

function inScope(sql: SqlOrTx, scope: string | null) {
  return scope === null
    ? sql``
    : sql`and (${scope} in (cases.community, cases.grid, 'officer:' || assignments.officer) or starts_with(cases.subdistrict, ${scope}))`
}

/** Officers who declined this case or let its offer run out. */
export async function officersAskedInVain(sql: SqlOrTx, caseId: string): Promise<string[]> {
  const rows = await sql<{ officer: string }[]>`
    select distinct officer from assignments where case_id = ${caseId} and state in ('declined', 'expired')`
  return rows.map(({ officer }) => officer)
}

export interface OfficerStanding { duty: 'on' | 'off', dismissed: boolean }

/** dismissed: every account that was bound to him is barred. Somebody without an account is sent by telephone. */
export async function officerStanding(sql: SqlOrTx, id: string): Promise<OfficerStanding | null> {
  const [row] = await sql<OfficerStanding[]>`
    select duty, ${dismissed(sql, sql`officers.id`)} as dismissed from officers where id = ${id}`
  return row ?? null
}

function dismissed(sql: SqlOrTx, officer: ReturnType<SqlOrTx>) {
  return sql`coalesce((select bool_and(coalesce(banned, false)) from users where users.officer = ${officer}), false)`
}

/** At this distance of the case an officer counts as being there: the breadth of a house and what a phone is off by. */
export const nearMetres = 60
const nearDegrees = nearMetres / 111_320

export interface WalkerRow {
  /** of the assignment */
  id: string
  officer: string
  accepted_at: Date
  /** of the case */
  location: LngLat
}

/** Who is on the way to a case of known place and has not been seen there. */
export async function readWalkers(sql: SqlOrTx): Promise<WalkerRow[]> {
  return await sql<WalkerRow[]>`
    select assignments.id, officer, accepted_at, location
    from assignments
    join cases on cases.id = case_id
    where ended_at is null and state in ('accepted', 'en-route') and near_at is null and location is not null`
}

export interface DueAssignment { id: string, case_id: string, step: 'expire' | 'near' | 'dismiss' | 'follow' }

/**
 * What the program has to do: offers that ran out, arrivals that were seen, whose officer is dismissed, and what must follow a
 * case that was changed by none of its actions, as by an import.
 */
export async function dueAssignments(sql: SqlOrTx, now: Date): Promise<DueAssignment[]> {
  return await sql<DueAssignment[]>`
    select assignments.id, case_id, 'follow' as step from assignments
    join cases on cases.id = case_id
    where ended_at is null
      and (assignee is distinct from officer or status not in ('dispatched', 'accepted', 'in-progress', 'extension-requested'))
    union all
    select id, case_id, 'expire' from assignments
    where ended_at is null and answer_by <= ${now}
    union all
    select assignments.id, case_id, 'near' from assignments
    join cases on cases.id = case_id
    join officers on officers.id = assignments.officer
    where ended_at is null and state in ('accepted', 'en-route') and near_at is null
      and officers.seen_at >= accepted_at
      and abs(officers.location[1] - cases.location[1]) <= ${nearDegrees}
      and abs(officers.location[0] - cases.location[0]) * cosd(cases.location[1]) <= ${nearDegrees}
    union all
    select id, case_id, 'dismiss' from assignments
    where ended_at is null and ${dismissed(sql, sql`assignments.officer`)}`
}

export async function nextAnswerBy(sql: SqlOrTx): Promise<Date | null> {
  const [row] = await sql<[{ next: Date | null }]>`
    select min(answer_by) as next from assignments where ended_at is null and answer_by is not null`
  return row.next
}

/** Row → wire. */
export function assignmentOf(row: AssignmentRow): Assignment {
  const text = (moment: Date | null) => moment?.toISOString() ?? null
  return {
    id: row.id,
    case: row.case_id,
    officer: row.officer,
    state: row.state,
    offeredAt: row.offered_at.toISOString(),
    answerBy: text(row.answer_by),
    acceptedAt: text(row.accepted_at),
    setOutAt: text(row.set_out_at),
    nearAt: text(row.near_at),
    arrivedAt: text(row.arrived_at),
    endedAt: text(row.ended_at),
    end: row.end_cause,
    reason: row.reason,
    helpAt: text(row.help_at),
    helpReason: row.help_reason,
    note: row.note,
    next: row.proposed,
    version: row.version,
  }
}

export function assignmentFeature(row: AssignmentRow): AssignmentFeature {
  return {
    type: 'Feature',
    id: row.id,
    geometry: null,
    properties: assignmentOf(row),
  }
}
