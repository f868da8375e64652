import type { Feature } from '#contract/geometry.ts'
import type { PlanState } from '../plan-state.ts'
import type { WalkModel } from '../walk-model.ts'
import { limitOf } from '../building-times.ts'
import { missedReason } from '../missed.ts'

/** Who is missed: the houses that are it now, and the ids of those that no longer are. `all`: nothing of before holds. */
export interface MissedChange { all: boolean, now: Feature[], gone: string[] }

/** Houses outside the reach as the layer `coverage` has them, told as a whole or as what has changed. */
export interface MissedNow {
  all: () => Feature[]
  /** Notes whose walk has changed. */
  walked: (buildings: Iterable<number>) => void
  /** What has changed since this was last asked; at first everything. */
  take: () => MissedChange
}

export function createMissedNow({ buildings, links }: WalkModel, state: PlanState): MissedNow {
  const limit = limitOf(state.settings.minutes)
  const homes = [
    ...buildings.aged60.keys(),
  ].filter(b => buildings.aged60[b]! > 0)
  let changed: Set<number> | null = null
  const idOf = (b: number) => `missed-${buildings.ids[b]}`

  function featureOf(b: number): Feature | null {
    const seconds = state.times.seconds[b]!
    return seconds <= limit
      ? null
      : {
          type: 'Feature',
          id: idOf(b),
          geometry: {
            type: 'Point',
            coordinates: [buildings.lngs[b]!, buildings.lats[b]!],
          },
          properties: {
            building: String(buildings.ids[b]),
            name: buildings.names[b] ?? null,
            community: buildings.communities[b] ?? null,
            people: buildings.aged60[b]!,
            seconds: seconds === Infinity
              ? null
              : Math.round(seconds),
            facility: state.facilities()[state.times.facility[b]!]?.id ?? null,
            reason: missedReason(links, b, seconds),
          },
        }
  }

  const all = () => homes.flatMap(b => featureOf(b) ?? [])
  return {
    all,
    walked(buildings) {
      for (const b of buildings)
        changed?.add(b)
    },
    take() {
      const told = changed
      changed = new Set()
      if (told === null) {
        return {
          all: true,
          now: all(),
          gone: [],
        }
      }
      const now: Feature[] = []
      const gone: string[] = []
      for (const b of told) {
        if (buildings.aged60[b] === 0)
          continue
        const feature = featureOf(b)
        if (feature)
          now.push(feature)
        else
          gone.push(idOf(b))
      }
      return { all: false, now, gone }
    },
  }
}
