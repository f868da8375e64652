import type { LocationInput } from '#contract/case.ts'
import type { CareFacilityFeature } from '#contract/places.ts'
import type { Sql } from '../../db/connect.ts'
import type { EventDraft } from '../../db/queries/events.ts'
import type { Places } from '../places/placement.ts'
import { lockCareFacility, patchCareFacility } from '../../db/queries/care-facilities.ts'
import { appendEvents } from '../../db/queries/events.ts'
import { toWgs84 } from '../cases/place-case.ts'

export interface FacilityChange {
  open?: boolean | undefined
  /** Places; null = unknown. */
  capacity?: number | null | undefined
  location?: LocationInput | undefined
}

export type ChangedFacility = { changed: CareFacilityFeature } | { notFound: true } | { outside: true }

/**
 * Opens, closes, moves or resizes a facility. Coverage follows by itself: it listens to the events facility.opened, .closed,
 * .moved and .changed. A change that changes nothing makes no event.
 */
export async function changeFacility({ sql, places }: { sql: Sql, places: Places }, id: string, change: FacilityChange): Promise<ChangedFacility> {
  const changed = await sql.begin(async (tx): Promise<ChangedFacility> => {
    const locked = await lockCareFacility(tx, id)
    if (!locked)
      return { notFound: true }
    const { subdistrict, feature: before } = locked

    const location = change.location && toWgs84([change.location.lng, change.location.lat], change.location.datum)
    const placement = location && places.locate(location)
    if (placement && placement.subdistrict === null && places.knowsRegions)
      return { outside: true }
    const place = location && placement && { location, subdistrict: placement.subdistrict ?? subdistrict, community: placement.community }

    const after = await patchCareFacility(tx, { subdistrict, id }, { open: change.open, capacity: change.capacity, place })
    const draft = eventOf(before, after, subdistrict, place?.subdistrict ?? subdistrict)
    if (draft)
      await appendEvents(tx, place?.subdistrict ?? subdistrict, [draft])
    return { changed: after }
  })
  return changed as ChangedFacility
}

function eventOf(before: CareFacilityFeature, after: CareFacilityFeature, from: string, to: string): EventDraft | null {
  const set = Object.fromEntries(Object.entries(after.properties).filter(([name, value]) => value !== before.properties[name as keyof typeof before.properties]))
  const moved = String(before.geometry.coordinates) !== String(after.geometry.coordinates)
  if (Object.keys(set).length === 0 && !moved)
    return null
  const was = [from, before.properties.community].filter(code => code !== null)
  const regions = [to, after.properties.community].filter(code => code !== null)
  const leftRegions = was.filter(code => !regions.includes(code))
  return {
    type: 'open' in set
      ? (after.properties.open ? 'facility.opened' : 'facility.closed')
      : moved ? 'facility.moved' : 'facility.changed',
    id: after.id,
    regions,
    ...(leftRegions.length > 0 && { leftRegions }),
    set,
    ...(moved && { geometry: after.geometry }),
    ...(regions.some(code => !was.includes(code)) && { whole: after }),
  }
}
