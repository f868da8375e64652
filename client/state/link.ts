/** connecting = never had data; late = 10 s without a sign of life; lost = 30 s: what is shown may be wrong. */
export type Link = 'connecting' | 'live' | 'late' | 'lost'

export const lateAfterSeconds = 10
export const lostAfterSeconds = 30

export interface SignsOfLife {
  /** Seconds since the last pulse or change; null before the first. */
  silentSeconds: number | null
  /** Seconds since the server last read the log, as its last pulse said: it may be alive while its database is not. */
  logAge: number
}

/** How far what is on the screen can be trusted: our link to the server and the server's own view of the log, added. */
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
export function staleSeconds({ silentSeconds, logAge }: SignsOfLife): number {
  // A healthy server reads the log every few seconds: that much is no delay.
  return (silentSeconds ?? 0) + (logAge >= lateAfterSeconds
    ? logAge
    : 0)
}
