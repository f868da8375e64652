import type { AgeCoverage, Capacity, CoverageRates } from '#contract/coverage.ts'
import type { BuildingTimes } from './building-times.ts'
import type { Places } from './capacity.ts'
import type { ClusterChange, Clusters } from './clusters.ts'
import type { Tally, TallyBook } from './rates.ts'
import type { CommunityRecord, FacilityRecord } from './records.ts'
import type { CoverageSettings } from './settings.ts'
import type { WalkModel } from './walk-model.ts'
import { limitOf } from './building-times.ts'
import { addPlaces, capacityOf } from './capacity.ts'
import { createClusters } from './clusters.ts'
import { createReachCollector } from './facility-reach.ts'
import { decayOf } from './floating-catchment.ts'
import { linkFacilities } from './link-facilities.ts'
import { linkCount } from './links.ts'
import { addAges, addFacility, agesOf, openBook, ratesOf } from './rates.ts'
import { createWalkSearcher } from './walk-search.ts'
import { paceOf } from './walker.ts'

/** Walks are looked for up to that many times the limit: who lives further is beyond, and what moves there changes nothing here. */
const horizon = 2

/** One facility as it stands in the plan: whom it reaches within the horizon. */
interface Standing {
  record: FacilityRecord
  /** false: closed, or of a kind that does not count */
  counts: boolean
  buildings: Int32Array
  seconds: Float64Array
  demand: number
}

/** What one change did. */
export interface PlanEffect {
  /** buildings whose nearest facility or walk changed */
  buildings: Int32Array
  clusters: ClusterChange
}

export interface PlanInput {
  facilities: FacilityRecord[]
  communities: CommunityRecord[]
  grids: CommunityRecord[]
  settings: CoverageSettings
}

/**
 * Coverage that is kept up while facilities come, go and move: only the buildings that the changed facility reaches or
 * reached are looked at again, so that a step costs the same in a city as in a subdistrict.
 */
export interface PlanState {
  /** Adds a facility or replaces the one of the same id. */
  put: (record: FacilityRecord) => PlanEffect
  remove: (id: string) => PlanEffect
  /** Facilities by number; a number stays when others go, and is given back to whoever returns. */
  facilities: () => readonly (FacilityRecord | null)[]
  /** Numbers of the facilities of which anything changed since this was last asked. */
  takeChangedFacilities: () => Set<number>
  /** Within the horizon; Infinity beyond. */
  times: BuildingTimes
  communities: TallyBook
  grids: TallyBook
  clusters: Clusters
  /** places within reach per resident aged 60 or more, by building */
  access: Float64Array
  rates: () => CoverageRates
  ages: () => AgeCoverage[]
  capacity: () => Capacity
  /** Weighted demand on the facility of a number. */
  demandOf: (number: number) => number
  /** Residents aged 60 or more for whom the facility of a number is the nearest within the limit. */
  nearestPeople: (number: number) => number
  settings: CoverageSettings
}

export function createPlanState(model: WalkModel, { facilities, communities, grids, settings }: PlanInput): PlanState {
  const { buildings, links } = model
  const { aged60, households } = buildings
  const searcher = createWalkSearcher(model.graph)
  const collector = createReachCollector(model)
  const pace = paceOf(settings.walker)
  const limitSeconds = limitOf(settings.minutes)
  const decay = decayOf(settings.decay, limitSeconds)

  const standing: (Standing | null)[] = []
  const records: (FacilityRecord | null)[] = []
  const nearestPeople: number[] = []
  let changedFacilities = new Set<number>()
  const places: Places = {
    places: 0,
    placesReached: 0,
    unknown: 0,
    unreached: 0,
    people: 0,
  }
  const numberOf = new Map<string, number>()
  /** facilities that reach a building and their seconds, one after the other */
  const reachers: (number[] | undefined)[] = Array.from({ length: buildings.count })
  const times: BuildingTimes = {
    seconds: new Float64Array(buildings.count).fill(Infinity),
    facility: new Int32Array(buildings.count).fill(-1),
  }
  const access = new Float64Array(buildings.count)
  const byCommunity = openBook(communities)
  const byGrid = openBook(grids)
  const books = [byCommunity, byGrid]
  const clusters = createClusters(buildings, model.frame)
  const tallyOf: [Tally, Tally][] = []

  const unreached: number[] = []
  for (let b = 0; b < buildings.count; b++) {
    const subdistrict = buildings.subdistricts[b]!
    const isEmpty = aged60[b] === 0 && households[b] === 0
    const here = isEmpty
      ? undefined
      : [
          byCommunity.tallyOf(buildings.communities[b]!, subdistrict),
          byGrid.tallyOf(buildings.grids[b]!, subdistrict),
        ] as [Tally, Tally]
    tallyOf.push(here!)
    if (!here)
      continue
    books.forEach((book, i) => book.change(here[i]!, (tally) => {
      if (!book.hasHouseholds(tally))
        tally.households += households[b]!
      addAges(tally.people, buildings, b, 1)
      tally.unlinked += linkCount(links, b) === 0
        ? aged60[b]!
        : 0
    }))
    unreached.push(b)
  }

  /** Who reaches a building anew: the nearest, the walk, the places. */
  function settle(b: number): boolean {
    const list = reachers[b] ?? []
    let best = Infinity
    let facility = -1
    let here = 0
    for (let i = 0; i < list.length; i += 2) {
      const seconds = list[i + 1]!
      const other = standing[list[i]!]!
      if (seconds < best || (seconds === best && list[i]! < facility)) {
        best = seconds
        facility = list[i]!
      }
      if (other.demand > 0 && seconds <= limitSeconds)
        here += (other.record.capacity ?? 0) / other.demand * decay(seconds)
    }
    if ((access[b]! > 0) !== (here > 0)) {
      places.people += (here > 0
        ? 1
        : -1) * aged60[b]!
    }
    access[b] = here
    if (best === times.seconds[b] && facility === times.facility[b])
      return false
    times.seconds[b] = best
    times.facility[b] = facility
    return true
  }

  function countNearest(b: number, sign: 1 | -1): void {
    const facility = times.facility[b]!
    if (times.seconds[b]! <= limitSeconds && aged60[b]! > 0) {
      nearestPeople[facility]! += sign * aged60[b]!
      changedFacilities.add(facility)
    }
  }

  function settleAll(touched: Iterable<number>): PlanEffect {
    const changed: number[] = []
    const missed: number[] = []
    const reached: number[] = []
    for (const b of touched) {
      const before = times.seconds[b]! <= limitSeconds
      countNearest(b, -1)
      const isChanged = settle(b)
      countNearest(b, 1)
      if (!isChanged)
        continue
      changed.push(b)
      const after = times.seconds[b]! <= limitSeconds
      if (before === after || !tallyOf[b]) {
        continue
      }(after ? reached : missed).push(b)
      const sign = after
        ? 1
        : -1
      books.forEach((book, i) => book.change(tallyOf[b]![i]!, (tally) => {
        addAges(tally.reached, buildings, b, sign)
        // A building without a link is reached by nothing but the facility inside it.
        if (linkCount(links, b) === 0)
          tally.unlinked -= sign * aged60[b]!
      }))
    }
    return {
      buildings: Int32Array.from(changed),
      clusters: clusters.change(missed, reached),
    }
  }

  function tallyFacility({ record, counts, demand }: Standing, sign: 1 | -1): void {
    if (!counts)
      return
    byCommunity.change(byCommunity.tallyOf(record.community, record.subdistrict), tally => addFacility(tally, record, sign))
    byGrid.change(byGrid.tallyOf(record.grid, record.subdistrict), tally => addFacility(tally, record, sign))
    addPlaces(places, record, demand, sign)
  }

  function take(number: number, touched: Set<number>): void {
    const old = standing[number]
    if (!old)
      return
    tallyFacility(old, -1)
    for (const b of old.buildings) {
      const list = reachers[b]!
      for (let i = 0; i < list.length; i += 2) {
        if (list[i] === number) {
          const [seconds, last] = [
            list.pop()!,
            list.pop()!,
          ]
          if (i < list.length) {
            list[i] = last
            list[i + 1] = seconds
          }
          break
        }
      }
      touched.add(b)
    }
    standing[number] = null
    records[number] = null
    changedFacilities.add(number)
  }

  function stand(number: number, record: FacilityRecord, touched: Set<number>): void {
    const counts = record.open && settings.kinds.includes(record.kind)
    const here: Standing = {
      record,
      counts,
      buildings: new Int32Array(0),
      seconds: new Float64Array(0),
      demand: 0,
    }
    if (counts) {
      const linked = linkFacilities(model, [record])
      const horizonSeconds = limitSeconds * horizon
      const search = searcher.run({
        targets: linked.links,
        facilities: [0],
        pace,
        limitSeconds: horizonSeconds,
      })
      const reach = collector.collect(search, linked, [0], horizonSeconds)
      here.buildings = reach.buildings
      here.seconds = reach.seconds
      reach.buildings.forEach((b, i) => {
        (reachers[b] ??= []).push(number, reach.seconds[i]!)
        touched.add(b)
        if (reach.seconds[i]! <= limitSeconds)
          here.demand += aged60[b]! * decay(reach.seconds[i]!)
      })
    }
    standing[number] = here
    records[number] = record
    nearestPeople[number] ??= 0
    changedFacilities.add(number)
    tallyFacility(here, 1)
  }

  function put(record: FacilityRecord): PlanEffect {
    const touched = new Set<number>()
    const number = numberOf.get(record.id) ?? standing.length
    numberOf.set(record.id, number)
    take(number, touched)
    stand(number, record, touched)
    return settleAll(touched)
  }

  function remove(id: string): PlanEffect {
    const touched = new Set<number>()
    const number = numberOf.get(id)
    if (number !== undefined)
      take(number, touched)
    return settleAll(touched)
  }

  const touched = new Set<number>()
  for (const record of facilities) {
    numberOf.set(record.id, standing.length)
    stand(standing.length, record, touched)
  }
  clusters.change(unreached, [])
  settleAll(touched)

  return {
    put,
    remove,
    facilities: () => records,
    takeChangedFacilities() {
      const taken = changedFacilities
      changedFacilities = new Set()
      return taken
    },
    times,
    communities: byCommunity,
    grids: byGrid,
    clusters,
    access,
    rates: () => ratesOf(byCommunity.totals, settings),
    ages: () => agesOf(byCommunity.totals),
    capacity: () => capacityOf(places, settings),
    demandOf: number => standing[number]?.demand ?? 0,
    nearestPeople: number => nearestPeople[number] ?? 0,
    settings,
  }
}
