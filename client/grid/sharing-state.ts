import type { FixRefusal, PositionStanding } from '#contract/positions.ts'

/** What the phone says about finding its place. */
export type Permission = 'unasked' | 'granted' | 'denied' | 'none'

/**
 * off-duty: nothing is shared · agree: on duty, not agreed · searching: no place found yet · sharing: the desk sees him ·
 * refused: the desk does not believe the places, with the reason · denied, none: the phone does not tell where it is
 */
export type SharingState = 'off-duty' | 'agree' | 'searching' | 'sharing' | 'refused' | 'denied' | 'none'

export interface SharingFacts {
  standing: Pick<PositionStanding, 'duty' | 'dutyUntil' | 'consent'> | null
  permission: Permission
  /** when the server last took a place, ms */
  takenAt: number | null
  /** why it did not take the last one */
  refusal: FixRefusal | null
  /** ms, by the server's clock */
  now: number
}

export function isOnDuty(standing: SharingFacts['standing'], now: number): boolean {
  return standing?.duty === 'on' && (standing.dutyUntil === null || now < Date.parse(standing.dutyUntil))
}

/** Whether the phone may look where it is for the desk at all. */
export function mayShare({ standing, now }: Pick<SharingFacts, 'standing' | 'now'>): boolean {
  return isOnDuty(standing, now) && standing!.consent !== null
}

/** Pure; null while nobody has said anything. */
export function sharingState({ standing, permission, takenAt, refusal, now }: SharingFacts): SharingState | null {
  if (!standing)
    return null
  if (!isOnDuty(standing, now))
    return 'off-duty'
  if (!standing.consent)
    return 'agree'
  if (permission === 'denied' || permission === 'none')
    return permission
  if (refusal)
    return 'refused'
  return takenAt === null
    ? 'searching'
    : 'sharing'
}

export interface OwnFix { lng: number, lat: number, accuracy: number, at: number }

const everyMs = 5000
const oldestMs = 15 * 60_000
const most = 200

/** What waits to be sent with another place: one every five seconds, none that the server would call too old. */
export function withFix(waiting: readonly OwnFix[], fix: OwnFix): OwnFix[] {
  const last = waiting.at(-1)
  const all = last && fix.at - last.at < everyMs
    ? waiting
    : [...waiting, fix]
  return all.filter(({ at }) => fix.at - at < oldestMs).slice(-most)
}
