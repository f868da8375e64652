import type { CommunityCoverage, CoverageRates, FacilityCoverage } from '#contract/coverage.ts'
import type { Feature } from '#contract/geometry.ts'
import type { BuildingTimes } from './building-times.ts'
import type { LinkedFacilities } from './link-facilities.ts'
import type { Tally } from './rates.ts'
import type { CommunityRecord, FacilityRecord } from './records.ts'
import type { CoverageSettings } from './settings.ts'
import type { WalkModel } from './walk-model.ts'
import { limitOf, timeBuildings } from './building-times.ts'
import { findComponents } from './components.ts'
import { coverageOfFacility } from './facility-coverage.ts'
import { createReachCollector } from './facility-reach.ts'
import { createGroundGrid } from './ground-grid.ts'
import { linkFacilities } from './link-facilities.ts'
import { missedBuildings } from './missed.ts'
import { communityCoverage, ratesOf, tally } from './rates.ts'
import { contourMinutes, reachPolygons } from './reach-polygons.ts'
import { timeField } from './time-field.ts'
import { createWalkSearcher } from './walk-search.ts'
import { paceOf } from './walker.ts'

export interface CoverageQuestion {
  facilities: FacilityRecord[]
  communities: CommunityRecord[]
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
  byCommunity: CommunityCoverage[]
  byFacility: FacilityCoverage[]
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

  function figures({ facilities, communities, settings }: CoverageQuestion): CoverageFigures {
    const { minutes, walker, kinds } = settings
    const counted = Int32Array.from(facilities.keys()).filter(f => facilities[f]!.open && kinds.includes(facilities[f]!.kind))
    const linked = linkFacilities(model, facilities)
    const common = {
      targets: linked.links,
      pace: paceOf(walker),
    }
    // Without a limit: how far it is for those outside is part of the answer.
    const times = timeBuildings(model, searcher.run({ ...common, facilities: counted, limitSeconds: Infinity }), linked, counted)
    const tallies = tally({
      buildings: model.buildings,
      links: model.links,
      times,
      facilities: [...counted].map(f => facilities[f]!),
      communities,
      minutes,
    })
    const limitSeconds = limitOf(minutes)
    const byFacility = [...counted].map((facility) => {
      const search = searcher.run({
        ...common,
        facilities: [facility],
        limitSeconds,
      })
      const reach = collector.collect(search, linked, facility, limitSeconds)
      return coverageOfFacility(model, components, facilities[facility]!, facility, linked, reach, times)
    })
    return {
      counted,
      linked,
      times,
      tallies,
      rates: ratesOf(tallies, settings),
      byCommunity: tallies.map(item => communityCoverage(item, settings)),
      byFacility,
      missed: missedBuildings(model.buildings, model.links, times, facilities, minutes),
    }
  }

  function reach({ settings: { minutes, walker } }: CoverageQuestion, { counted, linked, times }: CoverageFigures, facilities: ArrayLike<number> = counted): Feature[] {
    const limitSeconds = minutes * 60
    const search = searcher.run({
      targets: linked.links,
      facilities,
      pace: paceOf(walker),
      // A little further, so that the contour runs between true times on both sides of it.
      limitSeconds: limitSeconds + 60,
    })
    const here = facilities === counted
      ? times
      : timeBuildings(model, search, linked, facilities)
    return reachPolygons(timeField(model, ground, search, here, limitSeconds), model.frame, contourMinutes(minutes))
  }

  return { figures, reach }
}
