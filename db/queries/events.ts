import type { Feature, Geometry } from '#contract/geometry.ts'
import type { LayerName } from '#contract/live.ts'
import type { Sql, SqlOrTx, Tx } from '../connect.ts'
import assert from 'node:assert/strict'
import { layerOfNoun } from '#contract/live.ts'
import { arrayLiteral } from '../insert-columns.ts'
import { noticeOf } from './log-notice.ts'

/**
 * What happened, before it has a number. Exactly one of `feature` (the whole item), `set`/`geometry` (merged into it) and
 * `gone` is given.
 */
export interface EventDraft {
  /** noun.verb, as case.dispatched; the noun tells the layer */
  type: string
  /** id of the item in its layer */
  id: string
  /** codes of all regions in which the item lies after the event, its subdistrict's too; empty = every region's screens get it */
  regions?: string[]
  /** codes of the regions that it left with this event */
  leftRegions?: string[]
  feature?: Feature
  set?: Record<string, unknown>
  geometry?: Geometry | null
  gone?: true
  /** the item after the event; needed when `set` or `geometry` moves it into a region whose screens do not have it yet */
  whole?: Feature
}

/** What an event says of its item: the part of it that goes to the screens. */
export type EventData = Pick<EventDraft, 'feature' | 'set' | 'geometry' | 'gone'>

/** An event as the log keeps it. */
export interface StoredEvent {
  seq: number
  /** milliseconds since 1970-01-01 UTC, by the database's clock */
  at: number
  subdistrict: string
  type: string
  id: string
  regions: string[]
  leftRegions: string[]
  data: EventData
  whole: Feature | null
}

export interface LogHead { epoch: string, seq: number }

// Any number, as long as it is the same in every process of this program.
const advisoryLock = 4877215

/**
 * Appends to the log inside the transaction that changes the state tables, so that both are there or neither.
 *
 * Holds the log until the transaction ends: call it last, once for all events of the transaction. The lock is taken
 * before the number, which is why readers never see a number whose predecessor is still to come. (A sequence would hand
 * numbers out before commit: a cursor could then skip a row for ever.)
 *
 * @returns numbers of the first and the last; {from: 0, to: 0} when there was nothing to append
 */
export async function appendEvents(tx: Tx, subdistrict: string, drafts: EventDraft[]): Promise<{ from: number, to: number }> {
  if (drafts.length === 0)
    return { from: 0, to: 0 }
  const rows = drafts.map(rowOf)
  const notice = noticeOf(subdistrict, drafts)
  const layers = [
    ...new Set(drafts.map(({ type }) => layerOfType(type))),
  ]
  // Both go out in one round trip. They must be two statements: the second one's view of the log begins after the lock.
  const [, [appended]] = await Promise.all([
    lockLog(tx),
    tx<[{ from: number, to: number }]>`
      with fresh as (
        insert into layer_freshness as known (layer, true_at)
        select unnest(${layers}::text[]), clock_timestamp()
        on conflict (layer) do update set true_at = excluded.true_at
      ), appended as (
        insert into events (subdistrict, seq, type, id, regions, left_regions, data, whole)
        select ${subdistrict}, head.seq + draft.nr, draft.type, draft.id, string_to_array(draft.regions, e'\x1f'),
          string_to_array(draft.left_regions, e'\x1f'), draft.data::jsonb, nullif(draft.whole, '')::jsonb
        from (select coalesce(max(seq), 0) as seq from events) as head,
          -- JSON has no raw line breaks. Split by them, 500 events take 12 ms; by json_to_recordset 22.
          unnest(${arrayLiteral(drafts.map(({ type }) => type))}::text::text[], ${arrayLiteral(drafts.map(({ id }) => id))}::text::text[],
            ${arrayLiteral(rows.map(({ regions }) => regions))}::text::text[], ${arrayLiteral(rows.map(({ leftRegions }) => leftRegions))}::text::text[],
            string_to_array(${rows.map(({ data }) => data).join('\n')}::text, e'\n'), string_to_array(${rows.map(({ whole }) => whole).join('\n')}::text, e'\n'))
            with ordinality as draft (type, id, regions, left_regions, data, whole, nr)
        order by draft.nr
        returning seq, at
      ), newest as (
        select min(seq) as first, max(seq) as last, max(at) as at from appended
      )
      select first as "from", last as "to", pg_notify('log', case ${notice}::text
        when '' then last::text
        else concat_ws(' ', last, (extract(epoch from at) * 1000)::bigint, ${notice}::text)
      end) from newest`,
  ])
  return { from: appended.from, to: appended.to }
}

/**
 * Says that these layers are known to be true now although nothing changed, as after an import of the same file.
 * `asOf` when the source itself is older than that. Screens show the age.
 */
export async function confirmLayers(tx: Tx, layers: LayerName[], asOf: Date = new Date()): Promise<void> {
  await lockLog(tx) // before the rows, as an append does, or the two could wait for each other
  await tx`
    insert into layer_freshness (layer, true_at)
    select unnest(${layers}::text[]), ${asOf}
    on conflict (layer) do update set true_at = excluded.true_at`
}

/** The events after number `after`, in order, `limit` at most, up to and including `upTo` when given. */
export async function readEvents(sql: SqlOrTx, after: number, limit: number, upTo = Number.MAX_SAFE_INTEGER): Promise<StoredEvent[]> {
  return await sql<StoredEvent[]>`
    select seq, (extract(epoch from at) * 1000)::bigint as at, subdistrict, type, id,
      to_json(regions) as regions, to_json(left_regions) as "leftRegions", data, whole
    from events
    where seq > ${after} and seq <= ${upTo}
    order by seq
    limit ${limit}`
}

/**
 * Which log this is and how far it goes.
 *
 * The epoch changes when the database is replaced: by another one (meta), by a dump loaded elsewhere (cluster and
 * database number), by a return to an earlier state or another server taking over (timeline).
 */
export async function logHead(sql: SqlOrTx): Promise<LogHead> {
  const [head] = await sql<[LogHead]>`
    select
      left(md5(concat_ws(' ',
        (select value #>> '{}' from meta where key = 'epoch'),
        (select system_identifier from pg_control_system()),
        (select oid from pg_database where datname = current_database()),
        (select timeline_id from pg_control_checkpoint()))), 12) as epoch,
      (select coalesce(max(seq), 0) from events) as seq`
  return head
}

/** Gives the log a new epoch, unless another process has just done so: its numbers no longer mean what they meant. */
export async function renewEpoch(sql: Sql, seen: LogHead): Promise<void> {
  await sql.begin(async (tx) => {
    await lockLog(tx)
    const head = await logHead(tx)
    if (head.epoch === seen.epoch)
      await tx`update meta set value = to_jsonb(gen_random_uuid()::text) where key = 'epoch'`
  })
}

/** Seconds since each layer was last known to be true, by the database's clock; a layer that never held anything is not named. */
export async function layerAges(sql: SqlOrTx): Promise<Partial<Record<LayerName, number>>> {
  const rows = await sql<{ layer: LayerName, seconds: number }[]>`
    select layer, extract(epoch from clock_timestamp() - true_at)::float8 as seconds from layer_freshness`
  return Object.fromEntries(rows.map(({ layer, seconds }) => [
    layer,
    Math.max(0, seconds),
  ]))
}

function lockLog(tx: Tx) {
  return tx`select pg_advisory_xact_lock(${advisoryLock})`
}

/** The layer that an event is about. */
export function layerOfType(type: string): LayerName {
  const layer = layerOfNoun[type.slice(0, type.indexOf('.'))]
  assert(layer, `event type ${type}: its noun belongs to no layer`)
  return layer
}

function rowOf({ type, id, regions = [], leftRegions = [], feature, set, geometry, gone, whole }: EventDraft) {
  const said = [feature !== undefined, set !== undefined || geometry !== undefined, gone !== undefined]
  assert(said.filter(Boolean).length === 1, `event ${type} ${id}: give exactly one of feature, set/geometry, gone`)
  return {
    regions: regions.join('\x1F'),
    leftRegions: leftRegions.join('\x1F'),
    data: JSON.stringify({ feature, set, geometry, gone }),
    whole: whole
      ? JSON.stringify(whole)
      : '',
  }
}
