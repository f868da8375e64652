import type { LayerName } from '#contract/live.ts'

/** connecting = never had data; late = 10 s without a sign of life; lost = 30 s: what is shown may be wrong. */
export type Link = 'connecting' | 'live' | 'late' | 'lost'

export const lateAfterSeconds = 10
export const lostAfterSeconds = 30

export interface SignsOfLife {
  /** Seconds since the last pulse or change; null before the first. */
  silentSeconds: number | null
  /** Ages that the last pulse gave: the server may be alive while its database is not. */
  ages: Partial<Record<LayerName, number>>
}

/**
 * How far what is on the screen can be trusted. The older of two things decides: our link to the server, and the
 * server's own view of the log (the age of `cases`).
 */
export function linkOf(signs: SignsOfLife): Link {
  if (signs.silentSeconds === null)
    return 'connecting'
  const seconds = staleSeconds(signs)
  if (seconds >= lostAfterSeconds)
    return 'lost'
  return seconds >= lateAfterSeconds
    ? 'late'
    : 'live'
}

/** Seconds by which the picture may be behind the truth. */
export function staleSeconds({ silentSeconds, ages }: SignsOfLife): number {
  const sourceAge = ages.cases ?? 0
  const silence = silentSeconds ?? 0
  return sourceAge >= lateAfterSeconds
    ? silence + sourceAge
    : silence
}
