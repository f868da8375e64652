import type { LngLat } from '#contract/geometry.ts'
import type { Officer, OfficerFeature } from '#contract/places.ts'
import type { SqlOrTx } from '../connect.ts'
import type { OverlayFilter } from './overlay-filter.ts'

interface OfficerRow extends Omit<Officer, 'seenAt' | 'dutyUntil'> {
  seen_at: Date | null
  duty_until: Date | null
  location: LngLat | null
}

/** Officers with their latest stored position, which is up to a minute old; fresh ones go over the live lane. */
export async function listOfficers(sql: SqlOrTx, { bbox, region, scope }: OverlayFilter & { scope?: string | null | undefined } = {}): Promise<OfficerFeature[]> {
  const rows = await sql<OfficerRow[]>`
    select id, name, grid, community, duty, duty_until, skills, seen_at, location
    from officers
    where true
      ${region
        ? sql`and (community = ${region} or grid = ${region} or starts_with(subdistrict, ${region}))`
        : sql``}
      ${scope
        ? sql`and (${scope} in (community, grid, 'officer:' || id) or starts_with(subdistrict, ${scope}))`
        : sql``}
      ${bbox
        ? sql`and location <@ box(point(${bbox[0]}, ${bbox[1]}), point(${bbox[2]}, ${bbox[3]}))`
        : sql``}
    order by id`
  return rows.map(({ location, seen_at, duty_until, ...row }) => ({
    type: 'Feature',
    id: row.id,
    geometry: location && { type: 'Point', coordinates: location },
    properties: { ...row, seenAt: seen_at?.toISOString() ?? null, dutyUntil: duty_until?.toISOString() ?? null },
  }))
}

export async function officerExists(sql: SqlOrTx, id: string): Promise<boolean> {
  const [row] = await sql<[{ exists: boolean }]>`select exists (select from officers where id = ${id})`
  return row.exists
}
