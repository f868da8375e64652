import type { LngLat } from '#contract/geometry.ts'
import type { Links } from '#coverage/links.ts'
import type { WalkModel } from '#coverage/walk-model.ts'
import type { WalkSearch, WalkSearcher } from '#coverage/walk-search.ts'
import { limitOf, secondsAt } from '#coverage/building-times.ts'
import { linkFacilities } from '#coverage/link-facilities.ts'
import { eastOf, northOf } from '#coverage/local-metres.ts'
import { createWalkSearcher } from '#coverage/walk-search.ts'
import { paceOf } from '#coverage/walker.ts'

/** A model of the streets with what searches it. */
export interface Streets {
  model: WalkModel
  searcher: WalkSearcher
  /** by position */
  firstSteps: Map<string, Steps>
}

/** `speed` in m/s */
export interface WalkHow { speed: number, limitMinutes: number }

const mostFirstSteps = 5000

export function streetsOf(model: WalkModel): Streets {
  return {
    model,
    searcher: createWalkSearcher(model.graph),
    firstSteps: new Map(),
  }
}

/**
 * Minutes on foot from each origin to one place, by one search from the place against the direction of walking; null where no
 * way leads there within `limitMinutes`, or there is no origin. `speed` in m/s.
 */
export function walkMinutes(streets: Streets, to: LngLat, origins: readonly (LngLat | null)[], how: WalkHow): (number | null)[] {
  const { search } = searchTo(streets, to, how)
  return origins.map((origin) => {
    if (origin === null)
      return null
    const seconds = secondsFrom(streets, search, origin)
    return seconds <= how.limitMinutes * 60
      ? seconds / 60
      : null
  })
}

/** By one search from the place, against the direction of walking. */
export function searchTo({ model, searcher }: Streets, to: LngLat, { speed, limitMinutes }: WalkHow): { search: WalkSearch, targets: Links } {
  const { links: targets } = linkFacilities(model, [
    { lng: to[0], lat: to[1] },
  ])
  const search = searcher.run({
    targets,
    facilities: [0],
    pace: paceOf({
      speed,
      stairsSpeed: speed / 2,
      wheelchair: false,
      crossingSeconds: 0,
    }),
    limitSeconds: limitOf(limitMinutes),
  })
  return { search, targets }
}

/** Where somebody steps onto the streets: edge, fraction along it and metres to it, one after the other. */
export type Steps = Float64Array

/** From where he stands to the case. Most stand where they stood when the last case was looked at: their first steps are known. */
function secondsFrom({ model, firstSteps }: Streets, search: WalkSearch, origin: LngLat): number {
  const key = `${origin[0]} ${origin[1]}`
  let steps = firstSteps.get(key)
  if (!steps) {
    if (firstSteps.size >= mostFirstSteps)
      firstSteps.clear()
    firstSteps.set(key, steps = stepsFrom(model, origin))
  }
  let best = Infinity
  for (let i = 0; i < steps.length; i += 3)
    best = Math.min(best, steps[i + 2]! * search.pace.straight + secondsAt(model.graph, search, steps[i]!, steps[i + 1]!))
  return best
}

/** The nearest streets are enough for one in the open; one who is seen inside a house leaves it by its doors. */
export function stepsFrom(model: WalkModel, [lng, lat]: LngLat): Steps {
  const few = model.linker.findFew(eastOf(model.frame, lng), northOf(model.frame, lat), 4)
  const { count, edge, fraction, metres } = few.count > 0
    ? few
    : allLinks(model, lng, lat)
  const steps = new Float64Array(3 * count)
  for (let l = 0; l < count; l++)
    steps.set([edge[l]!, fraction[l]!, metres[l]!], 3 * l)
  return steps
}

function allLinks(model: WalkModel, lng: number, lat: number) {
  const { links } = linkFacilities(model, [
    { lng, lat },
  ])
  return { ...links, count: links.edge.length }
}
