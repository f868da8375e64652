import type { Member } from './fan-out.ts'
import type { Seat } from './seat.ts'
import type { View } from './view.ts'

/** One connected socket. */
export interface Follower extends Member {
  /** Whose it is. */
  seat: Seat
  /** What it follows; null until it has asked. */
  view: View | null
  /** Counts what it was told to follow: work for an earlier turn stops when it sees that it is no longer its turn. */
  turn: number
}
