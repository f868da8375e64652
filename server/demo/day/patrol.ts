import type { LngLat } from '#contract/geometry.ts'
import type { Sql } from '../../../db/connect.ts'
import type { DutyOfficer } from '../../../db/queries/demo.ts'
import type { Fix } from '../../positions/judge-fix.ts'
import type { Log } from '../../log.ts'
import type { Random } from '../random.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { walkedStreets } from '../../../db/queries/demo.ts'
import { demoDevice } from '../../positions/judge-fix.ts'
import { createStreetMap } from './street-map.ts'
import { createWalker, walkOn } from './walk.ts'

export interface PatrolRequest {
  sql: Sql
  officers: readonly DutyOfficer[]
  /** Places of an officer's cases. */
  errandsOf: (officer: string) => LngLat[]
  takeFixes: (fixes: Fix[]) => Promise<unknown>
  log: Log
  signal: AbortSignal
  random: Random
  positionMs?: number
}

/** Longer than this nobody is thought to have walked unseen: after a sleeping machine nobody leaps. */
const LONGEST_STEP_SECONDS = 30

/** Sends the officers along the streets and reports where they are, every few seconds, until stopped. */
export function patrol(request: PatrolRequest): { stop: () => Promise<void> } {
  const controller = new AbortController()
  const signal = AbortSignal.any([controller.signal, request.signal])
  const walking = walk({ ...request, signal }).catch(error => request.log.warn({ err: error }, 'the demo officers stand still'))
  return {
    async stop() {
      controller.abort()
      await walking
    },
  }
}

async function walk({ sql, officers, errandsOf, takeFixes, signal, random, positionMs = 5000 }: PatrolRequest): Promise<void> {
  const map = createStreetMap(await walkedStreets(sql))
  if (!map)
    return
  const walkers = officers.flatMap(officer => officer.location
    ? [
        {
          officer,
          walker: createWalker(officer.id, map.nearest(officer.location)),
        },
      ]
    : [])
  for (let last = Date.now(); !signal.aborted;) {
    const now = Date.now()
    const seconds = Math.min(LONGEST_STEP_SECONDS, (now - last) / 1000)
    last = now
    await takeFixes(walkers.map(({ officer, walker }) => {
      const [lng, lat] = walkOn(walker, seconds, errandsOf(officer.id), map, random)
      return {
        officer: officer.id,
        lng,
        lat,
        seenAt: now,
        accuracy: null,
        device: demoDevice,
      }
    }))
    await sleep(positionMs, undefined, { signal }).catch(() => {})
  }
}
