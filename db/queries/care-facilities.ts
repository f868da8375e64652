import type { LngLat } from '#contract/geometry.ts'
import type { CareFacility, CareFacilityFeature } from '#contract/places.ts'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { OverlayFilter } from './overlay-filter.ts'

interface FacilityRow extends Omit<CareFacility, 'floorArea'> {
  subdistrict: string
  floor_area: number | null
  location: LngLat
}

export async function listCareFacilities(sql: SqlOrTx, { bbox, region }: OverlayFilter = {}): Promise<CareFacilityFeature[]> {
  const rows = await sql<FacilityRow[]>`
    select subdistrict, id, name, kind, community, open, floor_area, capacity, hours, location
    from care_facilities
    where true
      ${region
        ? sql`and (community = ${region} or starts_with(subdistrict, ${region}))`
        : sql``}
      ${bbox
        ? sql`and location <@ box(point(${bbox[0]}, ${bbox[1]}), point(${bbox[2]}, ${bbox[3]}))`
        : sql``}
    order by id`
  return rows.map(facilityFeature)
}

export interface LockedFacility { subdistrict: string, feature: CareFacilityFeature }

/** Ids are unique within a subdistrict; where two subdistricts use the same one, the first by code is meant. */
export async function lockCareFacility(tx: Tx, id: string): Promise<LockedFacility | null> {
  const [row] = await tx<FacilityRow[]>`
    select subdistrict, id, name, kind, community, open, floor_area, capacity, hours, location
    from care_facilities
    where id = ${id}
    order by subdistrict
    limit 1
    for update`
  return row
    ? {
        subdistrict: row.subdistrict,
        feature: facilityFeature(row),
      }
    : null
}

export interface FacilityPatch {
  open?: boolean | undefined
  capacity?: number | null | undefined
  /** WGS84, with the subdistrict and community in which it lies. */
  place?: { location: LngLat, subdistrict: string, community: string | null } | undefined
}

/** What is absent from the patch stays. The caller holds the row's lock. */
export async function patchCareFacility(tx: Tx, { subdistrict, id }: { subdistrict: string, id: string }, { open, capacity, place }: FacilityPatch): Promise<CareFacilityFeature> {
  const [row] = await tx<FacilityRow[]>`
    update care_facilities
    set updated_at = now()
      ${open === undefined
        ? tx``
        : tx`, open = ${open}`}
      ${capacity === undefined
        ? tx``
        : tx`, capacity = ${capacity}`}
      ${place
        ? tx`, location = point(${place.location[0]}, ${place.location[1]}), subdistrict = ${place.subdistrict}, community = ${place.community}`
        : tx``}
    where subdistrict = ${subdistrict} and id = ${id}
    returning subdistrict, id, name, kind, community, open, floor_area, capacity, hours, location`
  return facilityFeature(row!)
}

function facilityFeature(row: FacilityRow): CareFacilityFeature {
  const properties: CareFacility = {
    id: row.id,
    name: row.name,
    kind: row.kind,
    community: row.community,
    open: row.open,
    floorArea: row.floor_area,
    capacity: row.capacity,
    hours: row.hours,
  }
  return {
    type: 'Feature',
    id: row.id,
    geometry: { type: 'Point', coordinates: row.location },
    properties,
  }
}
