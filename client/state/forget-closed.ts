import type { Case } from '#contract/case.ts'
import type { Feature } from '#contract/geometry.ts'
import type { LayerChanges } from './layers.ts'
import { stageOfStatus } from '#contract/case.ts'
import { startOfDay } from './china-time.ts'
import { changeOf, removeItem } from './layers.ts'

/**
 * Whether a case belongs to what screens hold: everything that is not done, and what was done today
 * (Asia/Shanghai), so that today's figures can be told. The server's snapshot follows the same rule.
 */
export function isHeld(item: Pick<Case, 'status' | 'closedAt' | 'reportedAt'>, now: number): boolean {
  if (stageOfStatus[item.status] !== 'done')
    return true
  return Date.parse(item.closedAt ?? item.reportedAt) >= startOfDay(now)
}

/** Drops what is no longer held at `now`: a wall runs for months. */
export function forgetClosed(cases: Map<string, Feature>, now: number, changes: LayerChanges): void {
  for (const [id, feature] of cases) {
    if (!isHeld(feature.properties as unknown as Case, now))
      removeItem(cases, id, changeOf(changes, 'cases'))
  }
}
