import type { SqlOrTx } from '../connect.ts'

/**
 * Papers of wage handlings that were closed and of visits that were made or cancelled before that moment, and the names of who signed
 * for papers of such handlings. The rows of the uploads go, and what names them is told no longer; sums, days and notes stay. The
 * files follow within a day (server/uploads/sweep-uploads.ts).
 *
 * @returns how many files and names
 */
export async function dropWagePapersBefore(sql: SqlOrTx, before: Date, apply: boolean): Promise<number> {
  const day = sql`(${before}::timestamptz at time zone 'Asia/Shanghai')::date`
  const rows = await sql<{ id: string }[]>`
    select id
    from uploads
    where attached_at < ${before} and worksite is not null
      and not exists (
        select from wage_handling_steps as step
        join wage_handlings as handling on handling.subdistrict = step.subdistrict and handling.id = step.handling
        where handling.worksite = uploads.worksite and uploads.id = any(step.documents)
          and (closed_on is null or closed_on >= ${day}))
      and not exists (
        select from worksite_visits as visit
        where visit.worksite = uploads.worksite and uploads.id = any(visit.documents)
          and (state = 'planned' or coalesce(done_on, planned_on) >= ${day}))
    ${apply
      ? sql`for update`
      : sql``}`
  const ids = rows.map(({ id }) => id)
  const isOver = sql`
    receiver is not null and exists (
      select from wage_handlings as handling
      where handling.subdistrict = step.subdistrict and handling.id = step.handling and closed_on < ${day})`
  if (!apply) {
    const [names] = await sql<[{ rows: number }]>`select count(*)::integer as rows from wage_handling_steps as step where ${isOver}`
    return ids.length + names.rows
  }
  const names = await sql`update wage_handling_steps as step set receiver = null where ${isOver}`
  for (const table of ['wage_handling_steps', 'worksite_visits']) {
    await sql`
      update ${sql(table)}
      set documents = array(select document from unnest(documents) with ordinality as kept (document, nr) where document <> all(${ids}::text[]) order by nr)
      where documents && ${ids}::text[]`
  }
  await sql`delete from uploads where id = any(${ids}::text[])`
  return ids.length + names.count
}
