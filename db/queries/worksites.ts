import type { LngLat } from '#contract/geometry.ts'
import type { Worksite, WorksiteFeature } from '#contract/places.ts'
import type { SqlOrTx } from '../connect.ts'
import type { OverlayFilter } from './overlay-filter.ts'

interface WorksiteRow extends Worksite { location: LngLat }

export async function listWorksites(sql: SqlOrTx, { bbox, region }: OverlayFilter = {}): Promise<WorksiteFeature[]> {
  const rows = await sql<WorksiteRow[]>`
    select
      id, name, community, developer, general_contractor as "generalContractor", subcontractor, owed_yuan as "owedYuan",
      owed_people as "owedPeople", owed_since as "owedSince", workers, payees, warning, dispute, handling,
      next_visit as "nextVisit", location
    from worksites
    where true
      ${region
        ? sql`and (community = ${region} or starts_with(subdistrict, ${region}))`
        : sql``}
      ${bbox
        ? sql`and location <@ box(point(${bbox[0]}, ${bbox[1]}), point(${bbox[2]}, ${bbox[3]}))`
        : sql``}
    order by id`
  return rows.map(({ location, ...properties }) => ({
    type: 'Feature',
    id: properties.id,
    geometry: { type: 'Point', coordinates: location },
    properties,
  }))
}
