import type { SqlOrTx } from '../connect.ts'
import { dropTracksBefore } from './tracks.ts'
import { dropWagePapersBefore } from './wage-papers.ts'
import { dropZonePapersBefore } from './zone-papers.ts'

/** Rows that a rule reaches before `before`; with `apply` they are changed, else only counted. */
type Sweep = (sql: SqlOrTx, before: Date, apply: boolean) => Promise<number>

export const sweeps: Record<'contacts' | 'case-text' | 'uploads' | 'zone-papers' | 'wage-papers' | 'handover-words' | 'assignment-words' | 'dispatch-decisions' | 'officer-places' | 'officer-tracks' | 'idempotency' | 'sign-in-failures' | 'sessions', Sweep> = {
  'contacts': (sql, before, apply) => count(apply
    ? sql`
      with done as (
        update cases set contact_name = null, contact_phone = null, contact_phone_hash = null
        where closed_at < ${before} and status in ('closed', 'archived', 'merged')
          and (contact_name is not null or contact_phone is not null or contact_phone_hash is not null)
        returning 1
      )
      select count(*)::integer as rows from done`
    : sql`
      select count(*)::integer as rows
      from cases
      where closed_at < ${before} and status in ('closed', 'archived', 'merged')
        and (contact_name is not null or contact_phone is not null or contact_phone_hash is not null)`),
  'case-text': async (sql, before, apply) => {
    if (apply)
      await openLog(sql)
    return await count(apply
      ? sql`
        with old as (
          select subdistrict, id
          from cases
          where closed_at < ${before} and status in ('closed', 'archived', 'merged') and content <> ''
        ), told as (
          update events set data = without_case_text(data), whole = without_case_text(whole)
          from old
          where events.id = old.id and events.subdistrict = old.subdistrict and events.type like 'case.%'
        ), steps as (
          update case_steps set reason = null, evidence = null
          from old
          where case_steps.case_id = old.id and case_steps.subdistrict = old.subdistrict
        ), done as (
          update cases set content = '', address = null, location = null, original_location = null
          from old
          where cases.id = old.id and cases.subdistrict = old.subdistrict
          returning 1
        )
        select count(*)::integer as rows from done`
      : sql`
        select count(*)::integer as rows
        from cases
        where closed_at < ${before} and status in ('closed', 'archived', 'merged') and content <> ''`)
  },
  // The row only: a file that no row knows is removed within a day (server/uploads/sweep-uploads.ts).
  'uploads': (sql, before, apply) => count(apply
    ? sql`
      with done as (
        delete from uploads
        using cases
        where cases.id = uploads.case_id and cases.subdistrict = uploads.subdistrict
          and cases.closed_at < ${before} and cases.status in ('closed', 'archived', 'merged')
        returning 1
      )
      select count(*)::integer as rows from done`
    : sql`
      select count(*)::integer as rows
      from uploads
      join cases on cases.id = uploads.case_id and cases.subdistrict = uploads.subdistrict
      where cases.closed_at < ${before} and cases.status in ('closed', 'archived', 'merged')`),
  'zone-papers': dropZonePapersBefore,
  'wage-papers': dropWagePapersBefore,
  'handover-words': async (sql, before, apply) => {
    if (!apply) {
      return await count(sql`
        select (
          (select count(*) from handover_notes where done_at < ${before})
          + (select count(*) from handovers where taken_at < ${before} and ${hasWords(sql)})
        )::integer as rows`)
    }
    await openLog(sql)
    const rows = await count(sql`
      with notes as (
        delete from handover_notes where done_at < ${before} returning 1
      ), shifts as (
        update handovers set remark = null, taken = taken || '{"notes": []}'
        where taken_at < ${before} and ${hasWords(sql)}
        returning 1
      )
      select ((select count(*) from notes) + (select count(*) from shifts))::integer as rows`)
    // Those of shifts that were withdrawn too: they have no row.
    await sql`
      update events set data = without_handover_words(data), whole = without_handover_words(whole)
      where subdistrict = '' and type like 'handover.%' and at < ${before}
        and (data <> without_handover_words(data) or whole <> without_handover_words(whole))
        and not exists (select from handover_notes where handover_notes.id::text = events.id)
        and not exists (
          select from handovers
          where handovers.id::text = events.id and (taken_at is null or taken_at >= ${before})
        )`
    return rows
  },
  'assignment-words': async (sql, before, apply) => {
    const isOver = sql`ended_at < ${before} and (
      reason is not null or help_reason is not null or note is not null
      or exists (
        select from assignment_steps
        where assignment_id = assignments.id and assignment_steps.subdistrict = assignments.subdistrict and assignment_steps.reason is not null
      ))`
    if (apply)
      await openLog(sql)
    return await count(apply
      ? sql`
        with old as (
          select subdistrict, id from assignments where ${isOver}
        ), told as (
          update events set data = without_assignment_words(data), whole = without_assignment_words(whole)
          from old
          where events.id = old.id and events.subdistrict = old.subdistrict and events.type like 'assignment.%'
        ), steps as (
          update assignment_steps set reason = null
          from old
          where assignment_steps.assignment_id = old.id and assignment_steps.subdistrict = old.subdistrict
        ), done as (
          update assignments set reason = null, help_reason = null, note = null
          from old
          where assignments.id = old.id and assignments.subdistrict = old.subdistrict
          returning 1
        )
        select count(*)::integer as rows from done`
      : sql`select count(*)::integer as rows from assignments where ${isOver}`)
  },
  'dispatch-decisions': (sql, before, apply) => count(apply
    ? sql`with done as (delete from dispatch_decisions where at < ${before} returning 1) select count(*)::integer as rows from done`
    : sql`select count(*)::integer as rows from dispatch_decisions where at < ${before}`),
  'officer-places': (sql, before, apply) => count(apply
    ? sql`with done as (update officers set location = null where seen_at < ${before} and location is not null returning 1) select count(*)::integer as rows from done`
    : sql`select count(*)::integer as rows from officers where seen_at < ${before} and location is not null`),
  'officer-tracks': dropTracksBefore,
  'idempotency': (sql, before, apply) => count(apply
    ? sql`with done as (delete from idempotency where created_at < ${before} returning 1) select count(*)::integer as rows from done`
    : sql`select count(*)::integer as rows from idempotency where created_at < ${before}`),
  'sign-in-failures': (sql, before, apply) => count(apply
    ? sql`with done as (delete from sign_in_failures where last_at < ${before} returning 1) select count(*)::integer as rows from done`
    : sql`select count(*)::integer as rows from sign_in_failures where last_at < ${before}`),
  'sessions': (sql, before, apply) => count(apply
    ? sql`with done as (delete from sessions where "expiresAt" < ${before} returning 1) select count(*)::integer as rows from done`
    : sql`select count(*)::integer as rows from sessions where "expiresAt" < ${before}`),
}

/** Of a shift that was taken over. */
function hasWords(sql: SqlOrTx) {
  return sql`(remark is not null or taken -> 'notes' <> '[]')`
}

/** The log is append-only but for this. */
async function openLog(sql: SqlOrTx): Promise<void> {
  await sql`select set_config('huizhi.retention', 'on', true)`
}

async function count(query: PromiseLike<readonly unknown[]>): Promise<number> {
  const [row] = await query as readonly { rows: number }[]
  return row!.rows
}
