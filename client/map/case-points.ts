import type { Feature } from '#contract/geometry.ts'
import type { LivePoint } from './live-points/live-point.ts'
import type { CasePoint, Place } from './merge-on-screen.ts'
import type { Look } from './palette.ts'
import { stageOfStatus } from '#contract/case.ts'
import { caseOf, timesOf } from '../state/figures/case-times.ts'
import { deadlineBand } from '../state/figures/deadline.ts'

const hour = 3_600_000

/** A case of the wire as a point of the map at `now` (ms); null when it is over or has no place. */
export function caseToPoint(feature: Feature, now: number): CasePoint | null {
  const { kind, status, mergedCount } = caseOf(feature)
  const stage = stageOfStatus[status]
  if (feature.geometry?.type !== 'Point' || stage === 'done')
    return null
  const { dueAt } = timesOf(feature)
  const band = deadlineBand(status, dueAt, now)
  const [lng, lat] = feature.geometry.coordinates
  return {
    id: feature.id,
    lng,
    lat,
    kind,
    stage,
    complainants: 1 + (mergedCount ?? 0),
    ring: band === 'overdue'
      ? 2
      : band === 'within2'
        ? 1
        : 0,
    // Hours that are gone; what waits for a call-back comes after all that waits for the centre.
    urgency: stage === 'review'
      ? -1e6
      : dueAt === null
        ? -1e5
        : (now - dueAt) / hour,
  }
}

/** How a place is drawn. On a wall, what waits for the call-back is small: nobody there has to act on it. */
export function placeToLivePoint({ lng, lat, members }: Place, screen: Look['screen']): LivePoint {
  const [{ id, kind, stage, ring }] = members as [CasePoint, ...CasePoint[]]
  const small = stage === 'review' && screen === 'wall'
  return {
    id,
    lng,
    lat,
    kind,
    stage,
    ring,
    count: members.reduce((sum, { complainants }) => sum + complainants, 0),
    order: stage === 'review'
      ? 0
      : 1 + 2 * ring + (stage === 'waiting'
        ? 1
        : 0),
    size: small
      ? 9
      : screen === 'wall'
        ? 15.5
        : 13,
  }
}
