import type { LayerName } from '#contract/live.ts'
import type { StoredEvent } from '../../db/queries/events.ts'
import { layerOfType } from '../../db/queries/events.ts'

/** An event ready for the wire: texts are made once, however many screens get it. */
export interface LoggedEvent {
  seq: number
  layer: LayerName
  id: string
  subdistrict: string
  regions: readonly string[]
  leftRegions: readonly string[]
  /** JSON of the event as it is sent */
  text: string
  /** JSON of the same event for screens that no longer hold the item; only where it left a region */
  goneText: string | null
}

/**
 * Where an event brings the whole item along (`whole`), that is what is sent: some of the screens that get it may not hold
 * the item yet, and for the others it says the same.
 */
export function loggedEvent(event: StoredEvent): LoggedEvent {
  const { seq, at, type, id, subdistrict, regions, leftRegions } = event
  const head = { seq, at, type, id }
  return {
    seq,
    id,
    subdistrict,
    regions,
    leftRegions,
    layer: layerOfType(type),
    text: JSON.stringify(event.whole
      ? { ...head, feature: event.whole }
      : {
          ...head,
          ...event.data,
        }),
    goneText: leftRegions.length > 0
      ? JSON.stringify({ ...head, gone: true })
      : null,
  }
}
