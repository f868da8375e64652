import type { FollowAnswer, FollowRefusal } from '#contract/live.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Engine } from './engine.ts'
import type { Follower } from './follower.ts'
import { FollowRequest } from '#contract/live.ts'
import { badRequest, failed, notReady, tooMany } from './problems.ts'
import { viewOf } from './view.ts'

export interface FollowHandlerOptions {
  engine: Engine
  follower: Follower
  contract: string
  metrics: Metrics
  log: Log
}

type Answer = FollowAnswer | FollowRefusal

/** Each `follow` may cost a snapshot: so many in a row are free, then one a second. */
const freeFollows = 20

/** Answers `follow` on one socket, whatever comes: garbage gets an error, and nobody else notices. */
export function createFollowHandler({ engine, follower, contract, metrics, log }: FollowHandlerOptions) {
  let credit = freeFollows
  let creditedAt = performance.now()

  function isTooOften(): boolean {
    const now = performance.now()
    credit = Math.min(freeFollows, credit + (now - creditedAt) / 1000) - 1
    creditedAt = now
    return credit < 0
  }

  async function follow(request: unknown): Promise<{ answer: Answer, begin?: () => void }> {
    if (isTooOften())
      return { answer: tooMany }
    const asked = FollowRequest.safeParse(request ?? {})
    if (!asked.success) {
      return {
        answer: badRequest(asked.error),
      }
    }
    if (!engine.isReady())
      return { answer: notReady }
    const turn = ++follower.turn
    const start = await engine.decide(asked.data.since)
    const { epoch, seq } = engine.position()
    return {
      answer: {
        epoch,
        seq,
        mode: start.mode,
        contract,
      },
      begin() {
        if (follower.turn === turn)
          engine.follow(follower, viewOf(follower.seat, asked.data), start)
      },
    }
  }

  // Stock clients may send anything: no request, no acknowledgement, or only one of them.
  return (...words: unknown[]) => {
    const acknowledge = words.find(word => typeof word === 'function') as ((answer: Answer) => void) | undefined
    const request = words.find(word => typeof word !== 'function')
    follow(request).then(({ answer, begin }) => {
      metrics.follows.inc({
        answer: 'error' in answer
          ? 'refused'
          : answer.mode,
      })
      acknowledge?.(answer)
      begin?.() // after the answer, so that it comes first
    }).catch((error: unknown) => {
      log.error({ err: error }, 'follow failed')
      acknowledge?.(failed)
    })
  }
}
