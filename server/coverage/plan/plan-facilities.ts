import type { PlanChange } from '#contract/plan.ts'
import type { FacilityRecord } from '../records.ts'

/** In which community, grid and subdistrict a place lies. */
export type PlaceAt = (lng: number, lat: number) => Pick<FacilityRecord, 'community' | 'grid'> & { subdistrict: string | null }

/** Facilities as a plan would have them. Changes of something that is not there (any more) are told apart. */
export function planFacilities(facilities: FacilityRecord[], changes: PlanChange[], placeAt: PlaceAt): { facilities: FacilityRecord[], lost: PlanChange[] } {
  const now = new Map(facilities.map(facility => [facility.id, facility]))
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
    const facility = now.get(change.facility)
    if (!facility) {
      lost.push(change)
      continue
    }
    if (change.do === 'remove')
      now.delete(facility.id)
    else if (change.do === 'move')
      now.set(facility.id, settle(facility, change.lng, change.lat))
    else if (change.do === 'open')
      now.set(facility.id, { ...facility, open: change.open })
    else
      now.set(facility.id, { ...facility, capacity: change.capacity, floorArea: change.floorArea })
  }
  return {
    facilities: [
      ...now.values(),
    ],
    lost,
  }
}
