import type { Case, CaseCard, CaseFeature, CaseKind, CaseSource, CaseStatus, Urgency } from '#contract/case.ts'
import type { CaseTopic } from '#contract/topic.ts'
import type { SqlOrTx } from '../connect.ts'

/** What a screen sees of a case, as the table has it. */
export interface CaseRow {
  id: string
  subdistrict: string
  kind: CaseKind
  source: CaseSource
  status: CaseStatus
  urgency: Urgency
  topic: CaseTopic
  content: string
  address: string | null
  location: [lng: number, lat: number] | null
  community: string | null
  grid: string | null
  zone: string | null
  worksite: string | null
  assignee: string | null
  reported_at: Date
  due_at: Date | null
  closed_at: Date | null
  supervised: boolean
  satisfied: boolean | null
  called_back_at: Date | null
  dissatisfied_in_row: number
  merged_into: string | null
  merged_count: number
  card: CaseCard | null
  close_proposed_by: string | null
  version: number
}

/** Where a page of cases begins: after this case, in one of the two orders. */
export type CaseCursor = { order: 'newest', id: string } | { order: 'updated', updatedMicros: number, id: string }

export interface CaseFilter {
  /** west, south, east, north in degrees */
  bbox?: [number, number, number, number] | undefined
  statuses?: CaseStatus[] | undefined
  kinds?: CaseKind[] | undefined
  /** Code of a grid, community, subdistrict or (6 digits) district. */
  region?: string | undefined
  /** The part that the asker may see: server/access/scope.ts. */
  scope?: string | null | undefined
  /** Turns the order: least recently changed first, so that a reader can go on from where it stopped. */
  updatedSince?: Date | undefined
  limit: number
  cursor?: CaseCursor | undefined
}

export function caseColumns(sql: SqlOrTx) {
  return sql`
    id, subdistrict, kind, source, status, urgency, topic, content, address, location, community, grid, zone, worksite, assignee,
    reported_at, due_at, closed_at, supervised, satisfied, called_back_at, dissatisfied_in_row, merged_into,
    merged_count, card, close_proposed_by, version`
}

/** A page of cases, newest first, or by change when `updatedSince` is given. */
export async function findCases(sql: SqlOrTx, filter: CaseFilter): Promise<{ features: CaseFeature[], nextCursor: CaseCursor | null }> {
  const { bbox, statuses, kinds, region, scope, updatedSince, cursor, limit } = filter
  const byUpdate = updatedSince !== undefined
  const rows = await sql<(CaseRow & { updated_micros: number })[]>`
    select ${caseColumns(sql)}, (extract(epoch from updated_at) * 1000000)::bigint as updated_micros
    from cases
    where true
      ${bbox
        ? sql`and location <@ box(point(${bbox[0]}, ${bbox[1]}), point(${bbox[2]}, ${bbox[3]}))`
        : sql``}
      ${statuses
        ? sql`and status = any(${statuses})`
        : sql``}
      ${kinds
        ? sql`and kind = any(${kinds})`
        : sql``}
      ${region
        ? sql`and (community = ${region} or grid = ${region} or starts_with(subdistrict, ${region}))`
        : sql``}
      ${scope
        ? inScope(sql, scope)
        : sql``}
      ${updatedSince
        ? sql`and updated_at >= ${updatedSince}`
        : sql``}
      ${cursor?.order === 'updated'
        ? sql`and (updated_at, id) > (timestamptz 'epoch' + ${cursor.updatedMicros} * interval '1 microsecond', ${cursor.id})`
        : sql``}
      ${cursor?.order === 'newest'
        ? sql`and id < ${cursor.id}`
        : sql``}
    order by ${byUpdate
      ? sql`updated_at, id`
      : sql`id desc`}
    limit ${limit + 1}`
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const nextCursor: CaseCursor | null = rows.length <= limit || !last
    ? null
    : byUpdate
      ? { order: 'updated', updatedMicros: last.updated_micros, id: last.id }
      : { order: 'newest', id: last.id }
  return {
    features: page.map(caseFeature),
    nextCursor,
  }
}

/** `scope`: the part that the asker may see. */
export async function findCase(sql: SqlOrTx, id: string, scope: string | null = null): Promise<CaseFeature | null> {
  const [row] = await sql<CaseRow[]>`
    select ${caseColumns(sql)} from cases
    where id = ${id}
      ${scope
        ? inScope(sql, scope)
        : sql``}`
  return row
    ? caseFeature(row)
    : null
}

/** Those of the ids that there are. */
export async function casesOfIds(sql: SqlOrTx, ids: readonly string[]): Promise<Map<string, CaseFeature>> {
  const rows = ids.length === 0
    ? []
    : await sql<CaseRow[]>`select ${caseColumns(sql)} from cases where id = any(${ids as string[]})`
  return new Map(rows.map(row => [
    row.id,
    caseFeature(row),
  ]))
}

/** For a query over cases: only those within the scope of server/access/scope.ts. */
export function inScope(sql: SqlOrTx, scope: string) {
  return sql`and (${scope} in (community, grid, 'officer:' || assignee) or starts_with(subdistrict, ${scope}))`
}

/** Row → wire. Contacts are not among the columns, so they cannot slip through. */
export function caseFeature(row: CaseRow): CaseFeature {
  const properties: Case = {
    id: row.id,
    kind: row.kind,
    source: row.source,
    status: row.status,
    urgency: row.urgency,
    topic: row.topic,
    content: row.content,
    address: row.address,
    community: row.community,
    grid: row.grid,
    zone: row.zone,
    worksite: row.worksite,
    assignee: row.assignee,
    reportedAt: row.reported_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
    supervised: row.supervised,
    satisfied: row.satisfied,
    calledBackAt: row.called_back_at?.toISOString() ?? null,
    dissatisfiedInRow: row.dissatisfied_in_row,
    mergedInto: row.merged_into,
    mergedCount: row.merged_count,
    card: row.card,
    closeProposed: row.close_proposed_by !== null,
    version: row.version,
  }
  return {
    type: 'Feature',
    id: row.id,
    geometry: row.location && { type: 'Point', coordinates: row.location },
    properties,
  }
}
