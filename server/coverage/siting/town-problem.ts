import type { FacilityRecord } from '../records.ts'
import type { CoverageSettings } from '../settings.ts'
import type { WalkModel } from '../walk-model.ts'
import type { SitingProblem } from './problem.ts'
import { limitOf } from '../building-times.ts'
import { createReachCollector } from '../facility-reach.ts'
import { linkFacilities } from '../link-facilities.ts'
import { createWalkSearcher } from '../walk-search.ts'
import { paceOf } from '../walker.ts'

/** A place where something could be built. */
export interface Candidate {
  id: string
  /** as an imported parcel is called */
  name?: string
  lng: number
  lat: number
  cost: number
  capacity: number | null
}

/** A candidate from which nobody is reached: in a lake, on an island, off the map. */
export interface TownProblem { problem: SitingProblem, useless: string[] }

/**
 * Siting in a town: demand points are its buildings with their residents aged 60 or more, what stands open and counts is
 * fixed, walks are seconds, looked for up to twice the limit.
 */
export function townProblem(model: WalkModel, facilities: FacilityRecord[], candidates: Candidate[], settings: CoverageSettings): TownProblem {
  const searcher = createWalkSearcher(model.graph)
  const collector = createReachCollector(model)
  const pace = paceOf(settings.walker)
  const limitSeconds = limitOf(settings.minutes) * 2
  const places = [
    ...facilities.filter(({ open, kind }) => open && settings.kinds.includes(kind)).map(facility => ({ ...facility, cost: 0, fixed: true })),
    ...candidates.map(candidate => ({ ...candidate, fixed: false })),
  ]
  const linked = linkFacilities(model, places)
  const useless: string[] = []
  const sites = places.map(({ id, fixed, cost, capacity }, j) => {
    const search = searcher.run({
      targets: linked.links,
      facilities: [j],
      pace,
      limitSeconds,
    })
    const { buildings, seconds } = collector.collect(search, linked, [j], limitSeconds)
    const homes = [
      ...buildings.keys(),
    ].filter(k => model.buildings.aged60[buildings[k]!]! > 0)
    if (homes.length === 0 && !fixed)
      useless.push(id)
    return {
      id,
      fixed,
      cost,
      capacity,
      points: Int32Array.from(homes, k => buildings[k]!),
      distances: Float64Array.from(homes, k => seconds[k]!),
    }
  })
  return {
    problem: {
      demand: Float64Array.from(model.buildings.aged60),
      sites,
    },
    useless,
  }
}

/** Candidates where nobody has imported or drawn any: points of streets, `apart` metres from each other, in order of the streets. */
export function streetCandidates({ graph: { x, y, nodeCount, firstAt }, frame }: WalkModel, apart: number): Candidate[] {
  const taken = new Set<string>()
  const candidates: Candidate[] = []
  for (let v = 0; v < nodeCount; v++) {
    // Where streets meet: a place that people know how to get to.
    if (firstAt[v + 1]! - firstAt[v]! < 3)
      continue
    const cell = `${Math.floor(x[v]! / apart)} ${Math.floor(y[v]! / apart)}`
    if (taken.has(cell))
      continue
    taken.add(cell)
    candidates.push({
      id: `S${candidates.length + 1}`,
      lng: frame.lng + x[v]! / frame.perLng,
      lat: frame.lat + y[v]! / frame.perLat,
      cost: 1,
      capacity: null,
    })
  }
  return candidates
}
