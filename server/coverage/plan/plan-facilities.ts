import type { PlanChange } from '#contract/plan.ts'
import type { FacilityRecord } from '../records.ts'

/** In which community, grid and subdistrict a place lies. */
export type PlaceAt = (lng: number, lat: number) => Pick<FacilityRecord, 'community' | 'grid'> & { subdistrict: string | null }

/**
 * The facilities that a plan touches, as it would have them; null = taken away. All others stay as they are: a city's are not gone
 * through at each step of a drag. Changes of something that is not there (any more) are told apart.
 */
export function touchedFacilities(facilities: ReadonlyMap<string, FacilityRecord>, changes: PlanChange[], placeAt: PlaceAt): { touched: Map<string, FacilityRecord | null>, lost: PlanChange[] } {
  const now = new Map<string, FacilityRecord | null>()
  const lost: PlanChange[] = []
  const settle = (facility: FacilityRecord, lng: number, lat: number): FacilityRecord => {
    const { subdistrict, community, grid } = placeAt(lng, lat)
    return {
      ...facility,
      lng,
      lat,
      community,
      grid,
      subdistrict: subdistrict ?? facility.subdistrict,
    }
  }
  for (const change of changes) {
    if (change.do === 'gate' || change.do === 'bridge')
      continue
    if (change.do === 'add') {
      const { facility: id, name, kind, lng, lat, capacity, floorArea } = change
      now.set(id, settle({
        id,
        name,
        kind,
        capacity,
        floorArea,
        lng,
        lat,
        subdistrict: '',
        community: null,
        grid: null,
        open: true,
      }, lng, lat))
      continue
    }
    const facility = now.has(change.facility)
      ? now.get(change.facility)
      : facilities.get(change.facility)
    if (!facility) {
      lost.push(change)
      continue
    }
    if (change.do === 'remove')
      now.set(facility.id, null)
    else if (change.do === 'move')
      now.set(facility.id, settle(facility, change.lng, change.lat))
    else if (change.do === 'open')
      now.set(facility.id, { ...facility, open: change.open })
    else
      now.set(facility.id, { ...facility, capacity: change.capacity, floorArea: change.floorArea })
  }
  return { touched: now, lost }
}
