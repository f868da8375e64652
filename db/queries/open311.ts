import type { CaseKind, CaseStatus, Urgency } from '#contract/case.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { SqlOrTx } from '../connect.ts'

/** What anybody may know of a case. */
export interface PublicCase {
  id: string
  kind: CaseKind
  status: CaseStatus
  urgency: Urgency
  supervised: boolean
  merged_into: string | null
  /** moved to the middle of a square of some 100 m, so that it shows no house */
  near: LngLat | null
  community: string | null
  reported_at: Date
  updated_at: Date
  due_at: Date | null
}

export interface PublicCaseFilter {
  ids?: readonly string[] | undefined
  kinds?: readonly CaseKind[] | undefined
  from?: Date | undefined
  to?: Date | undefined
  isClosed?: boolean | undefined
  /** Asked of the moved place: many small circles must not tell the true one. */
  around?: { lng: number, lat: number, metres: number } | undefined
  limit: number
  offset: number
}

/** Cases as the world outside sees them, newest first. */
export async function findPublicCases(sql: SqlOrTx, { ids, kinds, from, to, isClosed, around, limit, offset }: PublicCaseFilter): Promise<PublicCase[]> {
  return await sql<PublicCase[]>`
    with seen as (
      select cases.id, kind, status, urgency, supervised, merged_into, regions.name as community, reported_at, cases.updated_at, due_at,
        point(round(location[0]::numeric, 3)::float8, round(location[1]::numeric, 3)::float8) as near
      from cases
      left join regions on regions.id = cases.community
      where true
        ${ids
          ? sql`and cases.id = any(${ids as string[]})`
          : sql``}
        ${kinds
          ? sql`and kind = any(${kinds as string[]})`
          : sql``}
        ${from
          ? sql`and reported_at >= ${from}`
          : sql``}
        ${to
          ? sql`and reported_at <= ${to}`
          : sql``}
        ${isClosed === undefined
          ? sql``
          : isClosed
            ? sql`and status in ('closed', 'archived', 'merged')`
            : sql`and status not in ('closed', 'archived', 'merged')`}
    )
    select * from seen
    where true
      ${around
        ? sql`
          and sqrt(power((near[0] - ${around.lng}::float8) * cos(radians(${around.lat}::float8)), 2) + power(near[1] - ${around.lat}::float8, 2)) * 111195
            <= ${around.metres}::float8`
        : sql``}
    order by reported_at desc, id
    limit ${limit} offset ${offset}`
}
