import type { LngLat } from '#contract/geometry.ts'
import type { Random } from '../random.ts'
import type { StreetMap } from './street-map.ts'

/** An officer on the way: corners still to come, metres walked from the last one, seconds to stay where one is. */
export interface Walker {
  id: string
  /** Where patrols start from and come back to. */
  home: number
  corner: number
  way: number[]
  metresOn: number
  rest: number
}

/** m/s, an adult's ordinary pace. */
const PACE = 1.2
/** A patrol goes about so far from home. */
const PATROL_METRES = 420
const ROUTE_LIMIT_METRES = 4000

export function createWalker(id: string, home: number): Walker {
  return {
    id,
    home,
    corner: home,
    way: [],
    metresOn: 0,
    rest: 0,
  }
}

/**
 * Walks on for so many seconds. Whoever has arrived stays for a while, then goes to the next of `errands` (places of one's
 * cases) or on patrol around home. Changes the walker; answers where he is then.
 */
export function walkOn(walker: Walker, seconds: number, errands: readonly LngLat[], map: StreetMap, random: Random): LngLat {
  let left = seconds
  while (left > 0) {
    const next = walker.way[0]
    if (walker.rest > 0) {
      const used = Math.min(walker.rest, left)
      walker.rest -= used
      left -= used
    }
    else if (next === undefined) {
      setOut(walker, errands, map, random)
      if (walker.way.length === 0)
        walker.rest = 30
    }
    else {
      const ahead = map.metres(walker.corner, next) - walker.metresOn
      const step = Math.min(ahead, left * PACE)
      walker.metresOn += step
      left -= step / PACE
      if (step >= ahead) {
        walker.corner = next
        walker.metresOn = 0
        walker.way.shift()
        if (walker.way.length === 0)
          walker.rest = random.between(60, 420)
      }
    }
  }
  return placeOf(walker, map)
}

function setOut(walker: Walker, errands: readonly LngLat[], map: StreetMap, random: Random): void {
  const to = errands.length > 0 && random.chance(0.75)
    ? map.nearest(random.pick(errands))
    : patrolPoint(walker, map, random)
  walker.way = map.route(walker.corner, to, ROUTE_LIMIT_METRES)?.slice(1) ?? []
}

function patrolPoint({ home }: Walker, map: StreetMap, random: Random): number {
  const [lng, lat] = map.placeOf(home)
  const angle = random.between(0, Math.PI * 2)
  const metres = random.between(80, PATROL_METRES)
  return map.nearest([lng + Math.cos(angle) * metres / 111_000 / Math.cos(lat * Math.PI / 180), lat + Math.sin(angle) * metres / 111_000])
}

function placeOf({ corner, way, metresOn }: Walker, map: StreetMap): LngLat {
  const [lng, lat] = map.placeOf(corner)
  const next = way[0]
  if (next === undefined || metresOn === 0)
    return [lng, lat]
  const [toLng, toLat] = map.placeOf(next)
  const share = metresOn / map.metres(corner, next)
  return [lng + (toLng - lng) * share, lat + (toLat - lat) * share]
}
