import type { BoardPositions } from '#contract/board.ts'
import { goneAfterMs } from '../../map/layers/officers.ts'

/** So much of the past is fetched at once, and the next before so much is left. Milliseconds of the replay. */
const windowMs = 60 * 60_000
const leadMs = 20 * 60_000
/** Less is not worth a question: at its end a replay runs as fast as the present. */
const leastMs = 30_000

type Rows = BoardPositions['rows']

/** Where officers were, fetched ahead of a replay. `read` asks for what lies between two moments (ms), oldest first. */
export function createPastPositions(read: (from: number, to: number) => Promise<Rows>, present: () => number) {
  let rows: Rows = []
  let fetchedTo = Infinity
  let turn = 0
  let asking = false

  async function more(mine: number, from: number, to: number): Promise<void> {
    asking = true
    fetchedTo = Math.min(to, present())
    try {
      const came = await read(from, fetchedTo)
      if (mine === turn)
        rows.push(...came)
    }
    finally {
      if (mine === turn)
        asking = false
    }
  }

  return {
    /** From another moment on; who was seen up to a quarter of an hour before is shown there. Rejects as `read` does. */
    async begin(at: number): Promise<void> {
      const mine = ++turn
      rows = []
      await more(mine, at - goneAfterMs, at + windowMs)
    },
    /** What was reported up to a moment and was not told yet; fetches ahead. */
    due(at: number, onFailure: (error: unknown) => void): Rows {
      const later = rows.findIndex(([, , , seenAt]) => seenAt > at)
      const due = rows.splice(0, later < 0
        ? rows.length
        : later)
      if (!asking && at + leadMs > fetchedTo && present() - fetchedTo > leastMs)
        more(turn, fetchedTo + 1, fetchedTo + windowMs).catch(onFailure)
      return due
    },
  }
}
