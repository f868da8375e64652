import type { Region } from '#contract/places.ts'
import type { EventDraft } from '../../../db/queries/events.ts'
import type { RegionItem } from '../../../db/queries/import/regions.ts'
import { isDeepStrictEqual } from 'node:util'

/** Boundaries are context for every screen of the subdistrict, so their events go to all (no regions of their own). */
export function regionDraft(before: RegionItem | null, after: RegionItem): EventDraft | null {
  const feature = {
    type: 'Feature' as const,
    id: after.id,
    geometry: after.geometry,
    properties: after.properties,
  }
  if (!before)
    return { type: 'region.imported', id: after.id, feature }
  const keys = (Object.keys(after.properties) as (keyof Region)[]).filter(key => after.properties[key] !== before.properties[key])
  const isMoved = !isDeepStrictEqual(after.geometry, before.geometry)
  if (keys.length === 0 && !isMoved && before.subdistrict === after.subdistrict)
    return null
  const draft: EventDraft = {
    type: 'region.corrected',
    id: after.id,
    set: Object.fromEntries(keys.map(key => [key, after.properties[key]])),
  }
  if (isMoved)
    draft.geometry = after.geometry
  return draft
}
