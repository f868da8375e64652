import type { SqlOrTx } from '../connect.ts'

/**
 * Photos and papers of what is over since before that moment: leftover issues that were taken off the account, steps against property
 * companies whose outcome (else term, else day) is past; and files of a zone that nothing speaks of any more. The rows go, and what
 * names them is told no longer; the files follow within a day (server/uploads/sweep-uploads.ts).
 *
 * @returns how many files
 */
export async function dropZonePapersBefore(sql: SqlOrTx, before: Date, apply: boolean): Promise<number> {
  const rows = await sql<{ id: string }[]>`
    select id
    from uploads
    where attached_at < ${before}
      and (zone is not null or property_place is not null)
      and not exists (
        select from zone_leftovers as leftover
        where leftover.subdistrict = uploads.subdistrict and leftover.zone = uploads.zone
          and leftover.evidence @> jsonb_build_array(jsonb_build_object('upload', uploads.id))
          and (leftover.state <> 'closed' or leftover.closed_at >= ${before}))
      and not exists (
        select from property_steps as step
        where step.subdistrict = uploads.subdistrict and uploads.id = any(step.documents)
          and coalesce(step.outcome_on, step.due_on, step.taken_on) >= (${before}::timestamptz at time zone 'Asia/Shanghai')::date)
    ${apply
      ? sql`for update`
      : sql``}`
  const ids = rows.map(({ id }) => id)
  if (!apply || ids.length === 0)
    return ids.length
  await sql`
    update property_steps
    set documents = array(select document from unnest(documents) with ordinality as kept (document, nr) where document <> all(${ids}::text[]) order by nr)
    where documents && ${ids}::text[]`
  await sql`
    update zone_leftovers
    set evidence = (
      select coalesce(jsonb_agg(entry order by nr), '[]')
      from jsonb_array_elements(evidence) with ordinality as entries (entry, nr)
      where entry ->> 'upload' is null or entry ->> 'upload' <> all(${ids}::text[]))
    where exists (
      select from jsonb_array_elements(evidence) as entry
      where entry ->> 'upload' = any(${ids}::text[]))`
  await sql`delete from uploads where id = any(${ids}::text[])`
  return ids.length
}
