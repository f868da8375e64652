import type { LngLat } from '#contract/geometry.ts'
import type { Sql, SqlOrTx } from '../connect.ts'
import { arrayLiteral } from '../insert-columns.ts'

/** A place of an officer as it is kept. */
export interface TrackRow {
  subdistrict: string
  officer: string
  /** ms */
  seenAt: number
  lng: number
  lat: number
  /** metres */
  accuracy: number | null
  device: string
}

// Any number, as long as it is the same in every process of this program.
const trackDaysLock = 4877302

/** Makes the tables of these days of China ('2026-11-24') where they are missing. */
export async function makeTrackDays(sql: Sql, days: readonly string[]): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${trackDaysLock})`
    for (const day of days) {
      const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
      await tx.unsafe(`
        create table if not exists ${tableOf(day)} partition of officer_tracks
        for values from ('${day}T00:00:00+08:00') to ('${next}T00:00:00+08:00')`)
    }
  })
}

/** Days whose table is there, oldest first. */
export async function listTrackDays(sql: SqlOrTx): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'officer_tracks'::regclass order by 1`
  return rows.map(({ name }) => name.slice(-8).replace(/^(\d{4})(\d\d)/, '$1-$2-'))
}

/** Drops the tables of days that ended before the moment; with `apply` false only counts. How many places were in them. */
export async function dropTracksBefore(sql: SqlOrTx, before: Date, apply: boolean): Promise<number> {
  let places = 0
  for (const day of await listTrackDays(sql)) {
    if (Date.parse(`${day}T00:00:00+08:00`) + 86_400_000 > before.getTime())
      break
    const [row] = await sql.unsafe<[{ rows: number }]>(`select count(*)::integer as rows from ${tableOf(day)}`)
    places += row.rows
    if (apply)
      await sql.unsafe(`drop table ${tableOf(day)}`)
  }
  return places
}

/** One statement for all. The same place of the same moment is kept once. */
export async function insertTracks(sql: SqlOrTx, rows: readonly TrackRow[]): Promise<void> {
  const column = (of: (row: TrackRow) => string | number | Date | null) => arrayLiteral(rows.map(of))
  await sql`
    insert into officer_tracks (subdistrict, officer, seen_at, location, accuracy, device)
    select subdistrict, officer, seen_at, point(lng, lat), accuracy, device
    from unnest(
      ${column(row => row.subdistrict)}::text::text[], ${column(row => row.officer)}::text::text[],
      ${column(row => new Date(row.seenAt))}::text::timestamptz[], ${column(row => row.lng)}::text::float8[],
      ${column(row => row.lat)}::text::float8[], ${column(row => row.accuracy)}::text::real[],
      ${column(row => row.device)}::text::text[]) as seen (subdistrict, officer, seen_at, lng, lat, accuracy, device)
    on conflict do nothing`
}

/** Oldest first, 20,000 at most. */
export async function readTrack(sql: SqlOrTx, { officer, from, to }: { officer: string, from: Date, to: Date }): Promise<{ seen_at: Date, location: LngLat, accuracy: number | null }[]> {
  return await sql<{ seen_at: Date, location: LngLat, accuracy: number | null }[]>`
    select seen_at, location, accuracy
    from officer_tracks
    where officer = ${officer} and seen_at >= ${from} and seen_at <= ${to}
    order by seen_at
    limit 20000`
}

/** Where everybody was, oldest first: of each his last place in every half minute. */
export async function readPlacesBetween(sql: SqlOrTx, { from, to }: { from: Date, to: Date }): Promise<{ officer: string, seen_at: Date, location: LngLat }[]> {
  return await sql<{ officer: string, seen_at: Date, location: LngLat }[]>`
    with places as (
      select distinct on (officer, floor(extract(epoch from seen_at) / 30)) officer, seen_at, location
      from officer_tracks
      where seen_at >= ${from} and seen_at <= ${to}
      order by officer, floor(extract(epoch from seen_at) / 30), seen_at desc
    )
    select officer, seen_at, location
    from places
    order by seen_at, officer`
}

/** All that is kept of where an officer was. */
export async function forgetTracks(sql: SqlOrTx, officer: string): Promise<number> {
  const gone = await sql`delete from officer_tracks where officer = ${officer}`
  await sql`update officers set location = null, seen_at = null where id = ${officer}`
  return gone.count
}

function tableOf(day: string): string {
  return `officer_tracks_${day.replaceAll('-', '')}`
}
