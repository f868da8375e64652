import type { EventDraft } from '../../db/queries/events.ts'
import type { OverlayItem } from '../../db/queries/import/overlay-item.ts'
import { isDeepStrictEqual } from 'node:util'

/**
 * What followers hear of a zone, worksite, facility or officer: the whole when it is new, else what changed; null when
 * nothing did.
 * `hidden` are properties that no screen gets.
 */
export function overlayEvent({ noun, hidden = [] }: { noun: string, hidden?: readonly string[] }, before: OverlayItem | null, after: OverlayItem, verb: string): EventDraft | null {
  const shown = Object.fromEntries(Object.entries(after.properties).filter(([key]) => !hidden.includes(key)))
  const feature = {
    type: 'Feature' as const,
    id: after.id,
    geometry: after.geometry,
    properties: shown,
  }
  const regions = regionsOf(after)
  if (!before) {
    return {
      type: `${noun}.${verb}`,
      id: after.id,
      regions,
      feature,
    }
  }
  const keys = Object.keys(after.properties).filter(key => !isDeepStrictEqual(after.properties[key], before.properties[key]))
  const isMoved = !isDeepStrictEqual(after.geometry, before.geometry)
  if (keys.length === 0 && !isMoved && after.subdistrict === before.subdistrict)
    return null
  const draft: EventDraft = {
    type: `${noun}.${verb}`,
    id: after.id,
    regions,
    set: Object.fromEntries(keys.filter(key => !hidden.includes(key)).map(key => [key, after.properties[key]])),
  }
  if (isMoved)
    draft.geometry = after.geometry
  const left = regionsOf(before).filter(code => !regions.includes(code))
  if (left.length > 0)
    draft.leftRegions = left
  if (regions.some(code => !regionsOf(before).includes(code)))
    draft.whole = feature
  return draft
}

function regionsOf({ subdistrict, properties: { community, grid } }: OverlayItem): string[] {
  return [subdistrict, community, grid].filter(code => typeof code === 'string')
}
