import type { AgeCoverage, AreaCoverage, Capacity, CommunityCoverage, CoverageRates, FacilityCoverage, KindCoverage } from '#contract/coverage.ts'
import type { Feature } from '#contract/geometry.ts'
import type { CareKind as Kind } from '#contract/places.ts'
import type { BuildingTimes } from './building-times.ts'
import type { LinkedFacilities } from './link-facilities.ts'
import type { Tally, TallyLevel } from './rates.ts'
import type { CommunityRecord, FacilityRecord } from './records.ts'
import type { CoverageSettings } from './settings.ts'
import type { WalkModel } from './walk-model.ts'
import { CareKind } from '#contract/places.ts'
import { limitOf, timeBuildings } from './building-times.ts'
import { capacityOf, placesOf } from './capacity.ts'
import { findComponents } from './components.ts'
import { coverageOfFacility } from './facility-coverage.ts'
import { createReachCollector } from './facility-reach.ts'
import { decayOf, floatingCatchment } from './floating-catchment.ts'
import { createGroundGrid } from './ground-grid.ts'
import { linkFacilities } from './link-facilities.ts'
import { missedBuildings } from './missed.ts'
import { agesOf, communityCoverage, gridCoverage, ratesOf, subdistrictCoverage, tally, totalsOf } from './rates.ts'
import { contourMinutes, reachPolygons } from './reach-polygons.ts'
import { timeField } from './time-field.ts'
import { createWalkSearcher } from './walk-search.ts'
import { paceOf } from './walker.ts'

export interface CoverageQuestion {
  facilities: FacilityRecord[]
  communities: CommunityRecord[]
  /** none: nothing is told by grid */
  grids?: CommunityRecord[]
  subdistricts?: ReadonlyMap<string, string>
  settings: CoverageSettings
}

/** Everything but the polygons. */
export interface CoverageFigures {
  /** numbers of the facilities that count: open, and of a kind that does */
  counted: Int32Array
  linked: LinkedFacilities
  times: BuildingTimes
  tallies: Tally[]
  rates: CoverageRates
  ages: AgeCoverage[]
  bySubdistrict: AreaCoverage[]
  byCommunity: CommunityCoverage[]
  byGrid: AreaCoverage[]
  byKind: KindCoverage[]
  byFacility: FacilityCoverage[]
  capacity: Capacity
  /** places within reach per resident aged 60 or more, by building */
  access: Float64Array
  missed: Feature[]
}

/** Answers questions about one model; keeps what the model alone decides, so that another set of facilities costs little. */
export interface CoverageCalculator {
  figures: (question: CoverageQuestion) => CoverageFigures
  /** Reach polygons at the usual minutes up to the limit, of all counted facilities or of those given. */
  reach: (question: CoverageQuestion, figures: CoverageFigures, facilities?: ArrayLike<number>) => Feature[]
}

/** Polygons are drawn by samples `drawingStep` metres apart. */
export function createCoverageCalculator(model: WalkModel, drawingStep = 10): CoverageCalculator {
  const searcher = createWalkSearcher(model.graph)
  const collector = createReachCollector(model)
  const components = findComponents(model.graph)
  const ground = createGroundGrid(model, drawingStep)
  const secondsHere = new Float64Array(model.buildings.count).fill(Infinity)

  function timesOf(kinds: Kind[], { facilities, settings }: CoverageQuestion, linked: LinkedFacilities) {
    const counted = Int32Array.from(facilities.keys()).filter(f => facilities[f]!.open && kinds.includes(facilities[f]!.kind))
    // Without a limit: how far it is for those outside is part of the answer.
    const search = searcher.run({
      targets: linked.links,
      facilities: counted,
      pace: paceOf(settings.walker),
      limitSeconds: Infinity,
    })
    return {
      counted,
      times: timeBuildings(model, search, linked, counted),
    }
  }

  function tallied(level: TallyLevel, regions: CommunityRecord[], counted: Int32Array, times: BuildingTimes, { facilities, settings: { minutes } }: CoverageQuestion): Tally[] {
    return tally({
      buildings: model.buildings,
      links: model.links,
      times,
      facilities: [...counted].map(f => facilities[f]!),
      regions,
      level,
      minutes,
    })
  }

  function figures(question: CoverageQuestion): CoverageFigures {
    const { facilities, communities, grids = [], subdistricts = new Map(), settings } = question
    const { minutes, walker, kinds, decay } = settings
    const linked = linkFacilities(model, facilities)
    const { counted, times } = timesOf(kinds, question, linked)
    const tallies = tallied('community', communities, counted, times, question)
    const limitSeconds = limitOf(minutes)
    const reaches = Array.from(counted, (facility) => {
      const search = searcher.run({
        targets: linked.links,
        pace: paceOf(walker),
        facilities: [facility],
        limitSeconds,
      })
      return collector.collect(search, linked, [facility], limitSeconds)
    })
    const supply = [...counted].map(f => facilities[f]!)
    const catchment = floatingCatchment(
      supply.map(({ capacity }) => capacity ?? 0),
      model.buildings.aged60,
      reaches.map(({ buildings, seconds }) => ({ people: buildings, seconds })),
      decayOf(decay, limitSeconds),
    )
    const byKind = CareKind.options.map((kind) => {
      const ofKind = timesOf([kind], question, linked)
      return {
        kind,
        open: ofKind.counted.length,
        rates: ratesOf(totalsOf(tallied('community', communities, ofKind.counted, ofKind.times, question)), {
          ...settings,
          kinds: [kind],
        }),
      }
    })
    const totals = totalsOf(tallies)
    return {
      counted,
      linked,
      times,
      tallies,
      rates: ratesOf(totals, settings),
      ages: agesOf(totals),
      bySubdistrict: subdistrictCoverage(tallies, subdistricts, settings),
      byCommunity: tallies.map(item => communityCoverage(item, settings)),
      byGrid: grids.length > 0
        ? tallied('grid', grids, counted, times, question).map(item => gridCoverage(item, settings))
        : [],
      byKind,
      byFacility: [...counted].map((facility, j) => coverageOfFacility(model, components, facilities[facility]!, facility, linked, reaches[j]!, times, catchment.demand[j]!)),
      capacity: capacityOf(placesOf(supply, catchment, model.buildings.aged60), settings),
      access: catchment.access,
      missed: missedBuildings(model.buildings, model.links, times, facilities, minutes),
    }
  }

  function reach({ settings: { minutes, walker } }: CoverageQuestion, { counted, linked, times }: CoverageFigures, facilities: ArrayLike<number> = counted): Feature[] {
    const limitSeconds = minutes * 60
    // A little further, so that the contour runs between true times on both sides of it.
    const searchedSeconds = limitSeconds + 60
    const search = searcher.run({
      targets: linked.links,
      facilities,
      pace: paceOf(walker),
      limitSeconds: searchedSeconds,
    })
    const draw = (buildingSeconds: Float64Array) => reachPolygons(timeField(model, ground, search, buildingSeconds, limitSeconds), model.frame, contourMinutes(minutes))
    if (facilities === counted)
      return draw(times.seconds)
    const { buildings, seconds } = collector.collect(search, linked, facilities, searchedSeconds)
    buildings.forEach((building, i) => { secondsHere[building] = seconds[i]! })
    const drawn = draw(secondsHere)
    buildings.forEach((building) => { secondsHere[building] = Infinity })
    return drawn
  }

  return { figures, reach }
}
