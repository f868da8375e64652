import type { Live } from '../live/live-server.ts'
import type { KnownRoster } from './roster.ts'
import type { FixTaker } from './take-fixes.ts'

/** What routes need to take, show and forget positions. */
export interface PositionDesk {
  fixes: FixTaker
  roster: KnownRoster
  live: Pick<Live, 'positionOf' | 'forgetPosition'>
}
