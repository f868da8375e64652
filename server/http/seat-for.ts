import type { Identity } from '../access/identity.ts'
import type { Seat } from '../live/seat.ts'
import { isWallOfThisMachine } from './who-asks.ts'

/** The place at the live socket of who asks; null = none, as for an account that is not ready to work yet. */
export function seatFor(identity: Identity | null): Seat | null {
  if (identity?.standing !== 'full')
    return null
  const { role, region, officer, sessionId } = identity
  return {
    role,
    region,
    officer,
    sessionId: isWallOfThisMachine(identity)
      ? null
      : sessionId,
  }
}
