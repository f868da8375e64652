import type { Feature } from '#contract/geometry.ts'
import type { LogEvent } from '#contract/live.ts'

/**
 * The item after an event, `undefined` when it is not (or no longer) in the view. Pure: `before` is never changed.
 *
 * A `set` on an item that is not here yields nothing: the server sends the whole `feature` whenever something
 * enters a view, so such an event speaks of an item outside of it (a case closed last week, say).
 */
export function applyEvent(before: Feature | undefined, event: LogEvent): Feature | undefined {
  if (event.gone)
    return undefined
  if (event.feature)
    return event.feature
  if (!before)
    return undefined
  return {
    ...before,
    geometry: event.geometry === undefined
      ? before.geometry
      : event.geometry,
    properties: event.set
      ? {
          ...before.properties,
          ...event.set,
        }
      : before.properties,
  }
}
