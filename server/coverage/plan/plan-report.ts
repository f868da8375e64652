import type { AreaCoverage, CommunityCoverage, CoverageRates, KindCoverage } from '#contract/coverage.ts'
import type { Feature } from '#contract/geometry.ts'
import type { PlanContent } from '#contract/plan.ts'
import type { Opening } from '../openings.ts'
import type { FacilityInPlan, GapInPlan } from './plan-rows.ts'
import type { UnlinkedHouse } from '../unlinked-houses.ts'
import type { BuildingRow, PlanFigures, Planner, PlannerData } from './planner.ts'

/** Rates of all and of every region. */
export interface RatesByRegion {
  rates: CoverageRates
  subdistricts: AreaCoverage[]
  communities: CommunityCoverage[]
  grids: AreaCoverage[]
}

/** A gap and what would help it most. */
export interface GapInReport extends GapInPlan {
  opening: Opening | null
  /** open elder-care cases from its houses */
  cases: number
}

/** What a map of a plan shows. */
export interface PlanPicture {
  facilities: FacilityInPlan[]
  missed: Feature[]
  reach: Feature[]
}

/** All that a plan says, of one moment: what is handed on in files. */
export interface PlanReport {
  content: PlanContent
  figures: PlanFigures
  regions: RatesByRegion
  /** the same settings without any change */
  present: RatesByRegion & PlanPicture
  kinds: KindCoverage[]
  gaps: GapInReport[]
  /** as of the map; `gap` = the key of the gap that a building belongs to */
  missed: Feature[]
  reach: Feature[]
  /** every house with residents aged 60 or more: their walk, and the places within their reach */
  houses: BuildingRow[]
  /** houses of whose people no walk can be told, and why */
  unlinked: UnlinkedHouse[]
  /** open elder-care cases whose place is no house with older people */
  casesElsewhere: number
  /** of the plan's gates, by id: how changes are put into words */
  gateNames: Record<number, string | null>
  /** of when the residents of each community are, and how many of 60 or more the register knows */
  population: { id: string, name: string, asOf: string | null, registered: number | null }[]
}

/** Of the plan that the planner has just taken. */
export function ratesByRegion(planner: Planner, figures: PlanFigures): RatesByRegion {
  return {
    rates: figures.rates,
    subdistricts: planner.subdistricts(),
    communities: figures.byCommunity,
    grids: planner.grids(),
  }
}

/** Homes of the open elder-care cases, by building; -1 = of none. */
export type CaseHomes = ReadonlyMap<string, number>

/** How many cases come from the houses of a gap. */
export function casesIn({ members }: Pick<GapInPlan, 'members'>, homes: CaseHomes): number {
  const inside = new Set(members)
  return [
    ...homes.values(),
  ].filter(home => inside.has(home)).length
}

/** Takes stock of a plan. The planner holds that plan again afterwards. */
export function reportOf(planner: Planner, content: PlanContent, communities: PlannerData['communities'], cases: CaseHomes = new Map()): PlanReport {
  const before = planner.take({ ...content, changes: [] })
  const present = {
    ...ratesByRegion(planner, before),
    facilities: before.facilities,
    missed: planner.missed(),
    reach: planner.reach(),
  }
  const figures = planner.take(content)
  const { buildings, gates } = planner.model()
  const gapOf = new Map(figures.clusterGaps.flatMap(({ key, members }) => members.map(b => [
    String(buildings.ids[b]),
    key,
  ])))
  return {
    content,
    figures,
    regions: ratesByRegion(planner, figures),
    present,
    kinds: planner.kinds(),
    gaps: figures.clusterGaps.map(gap => ({
      ...gap,
      opening: planner.opening(gap.members),
      cases: casesIn(gap, cases),
    })),
    missed: planner.missed().map(feature => ({
      ...feature,
      properties: {
        ...feature.properties,
        gap: gapOf.get(feature.properties.building as string) ?? null,
      },
    })),
    reach: planner.reach(),
    houses: planner.buildings(),
    unlinked: planner.unlinked(),
    casesElsewhere: [
      ...cases.values(),
    ].filter(home => home < 0).length,
    gateNames: Object.fromEntries(gates.map(({ id, name }) => [id, name])),
    population: communities.map(({ id, name, populationAsOf, aged60 }) => ({
      id,
      name,
      asOf: populationAsOf,
      registered: aged60,
    })),
  }
}
