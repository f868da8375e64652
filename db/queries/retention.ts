import type { SqlOrTx } from '../connect.ts'
import { dropTracksBefore } from './tracks.ts'

/** Rows that a rule reaches before `before`; with `apply` they are changed, else only counted. */
type Sweep = (sql: SqlOrTx, before: Date, apply: boolean) => Promise<number>

export const sweeps: Record<'contacts' | 'case-text' | 'uploads' | 'officer-places' | 'officer-tracks' | 'idempotency' | 'sign-in-failures' | 'sessions', Sweep> = {
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
    // The log is append-only but for this.
    if (apply)
      await sql`select set_config('huizhi.retention', 'on', true)`
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

async function count(query: PromiseLike<readonly unknown[]>): Promise<number> {
  const [row] = await query as readonly { rows: number }[]
  return row!.rows
}
