import type { Feature } from '#contract/geometry.ts'
import type { LayerName, LogEvent } from '#contract/live.ts'
import type { Role } from '#contract/role.ts'

/**
 * What a role may see of an item, on every way that leads out through the socket (snapshot, changes, positions).
 * Roles that see the same share one mask, and so one encoding.
 */
export interface Mask {
  /** Part of the view's key. */
  name: string
  /** The item as the role sees it; null = not at all. */
  feature: (layer: LayerName, feature: Feature) => Feature | null
  /** The event as the role sees it; null = not at all. Its `feature` goes through `feature` above. */
  event: (layer: LayerName, event: LogEvent) => LogEvent | null
  /** Whether the role sees where officers are. */
  positions: boolean
}

/** The mask of a role; null = sees everything that followers get. (Contact data never enters an event.) */
export function maskOf(_role: Role): Mask | null {
  return null
}
