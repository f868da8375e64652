import type { Pulse } from '#contract/live.ts'
import type { LogState } from './follow-log.ts'

const staleFromSeconds = 3

/**
 * What every follower is told every 5 s, whatever else happens: that the line lives, how far the log goes, and how old what
 * is shown may be.
 *
 * Cases come into being in the log itself, so they are known to be true whenever the log is. The other layers come from
 * files and forms: their age counts from the last change or the last import that confirmed them.
 */
export function pulseOf(log: LogState, seq: number, positionsAge: number | undefined, at: number): Pulse {
  const ages: Pulse['ages'] = { ...log.ages, cases: log.contactAge }
  if (positionsAge !== undefined)
    ages.officers = Math.min(ages.officers ?? Number.POSITIVE_INFINITY, positionsAge)
  return {
    epoch: log.epoch,
    seq,
    at,
    ages: Object.fromEntries(Object.entries(ages).map(([layer, age]) => [
      layer,
      tenths(age),
    ])),
    ...(log.contactAge > staleFromSeconds && {
      stale: tenths(log.contactAge),
    }),
  }
}

function tenths(seconds: number): number {
  return Math.round(seconds * 10) / 10
}
