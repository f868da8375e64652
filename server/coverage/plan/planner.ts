import type { AgeCoverage, AreaCoverage, Capacity, CommunityCoverage, CoverageRates, KindCoverage } from '#contract/coverage.ts'
import type { Feature } from '#contract/geometry.ts'
import type { PlanChange, PlanContent } from '#contract/plan.ts'
import type { GapList, RankedGap } from '../gap-list.ts'
import type { Opening } from '../openings.ts'
import type { PlanState } from '../plan-state.ts'
import type { CommunityRecord, FacilityRecord, WalkRecords } from '../records.ts'
import type { WalkModel } from '../walk-model.ts'
import type { PlaceAt } from './plan-facilities.ts'
import { limitOf } from '../building-times.ts'
import { perThousand } from '../capacity.ts'
import { createCoverageCalculator } from '../coverage.ts'
import { createGapList } from '../gap-list.ts'
import { withGates } from '../gates.ts'
import { drawingStepFor } from '../ground-grid.ts'
import { missedReason } from '../missed.ts'
import { weekMinuteOf } from '../opening-hours.ts'
import { createOpeningFinder } from '../openings.ts'
import { createPlanState } from '../plan-state.ts'
import { communityCoverage, gridCoverage, subdistrictCoverage } from '../rates.ts'
import { defaultLinkSettings } from '../settings.ts'
import { buildWalkModel } from '../walk-model.ts'
import { addFootbridges } from './add-footbridges.ts'
import { planFacilities } from './plan-facilities.ts'
import { settingsOfPlan } from './settings-of-plan.ts'

export interface PlannerData {
  records: WalkRecords
  facilities: FacilityRecord[]
  communities: (CommunityRecord & { aged60: number | null })[]
  grids: CommunityRecord[]
  subdistricts: ReadonlyMap<string, string>
  placeAt: PlaceAt
}

/** How a facility does in the plan. */
export interface FacilityInPlan extends FacilityRecord {
  counts: boolean
  /** elders for whom it is the nearest within the limit */
  nearestPeople: number
  demand: number
  perThousand: number | null
  /** nobody at all can walk to it: in a lake, on an island, off the map */
  isolated: boolean
}

export interface GapInPlan extends RankedGap {
  /** name of the facility that is the nearest for most of its people */
  nearest: string | null
}

export interface PlanFigures {
  rates: CoverageRates
  ages: AgeCoverage[]
  capacity: Capacity
  byCommunity: CommunityCoverage[]
  facilities: FacilityInPlan[]
  communityGaps: GapInPlan[]
  clusterGaps: GapInPlan[]
  /** changes of facilities or gates that are not there, footbridges without a street at an end */
  lost: PlanChange[]
}

/** Where the people of the houses and those of the register differ: shown, since every rate rests on one of them. */
export interface CensusDifference { community: string, name: string, registered: number, counted: number }

export interface Planner {
  /** Makes the plan what it is asked to be; only what differs from before is computed. */
  take: (content: PlanContent) => PlanFigures
  /** For drawing: who is missed now, as the layer `coverage` has them. */
  missed: () => Feature[]
  reach: () => Feature[]
  grids: () => AreaCoverage[]
  subdistricts: () => AreaCoverage[]
  /** each kind of facility by itself: an upper tier does not stand in for a lower one */
  kinds: () => KindCoverage[]
  opening: (members: readonly number[]) => Opening | null
  /** seconds to the nearest facility and places per 1,000 elders, by building */
  buildings: () => BuildingRow[]
  census: () => CensusDifference[]
  model: () => WalkModel
  state: () => PlanState
}

export interface BuildingRow {
  id: number
  name: string | null
  community: string | null
  lng: number
  lat: number
  people: number
  seconds: number | null
  perThousand: number
}

const most = 60

/** What-if in one place: a plan in, figures out. Runs the same in a browser's worker and in Node. */
export function createPlanner(data: PlannerData): Planner {
  let network = ''
  let base: { bridges: string, model: WalkModel, unanchored: number[] } | null = null
  let model: WalkModel
  let state: PlanState
  let gaps: GapList
  let known = new Map<string, FacilityRecord>()
  let content: PlanContent
  let openings: ReturnType<typeof createOpeningFinder> | null = null
  let drawing: ReturnType<typeof createCoverageCalculator> | null = null
  let gateIdsHere: Set<number> | null = null

  function build(next: PlanContent): void {
    const at = weekMinuteOf(next.settings.at)
    const bridges = next.changes.filter(change => change.do === 'bridge')
    const bridgeKey = JSON.stringify(bridges)
    const overrides = new Map(next.changes.flatMap(change => change.do === 'gate'
      ? [
          [change.gate, change.open] as const,
        ]
      : []))
    if (base?.bridges !== bridgeKey) {
      const { streets, unanchored } = addFootbridges(data.records.streets, bridges)
      base = {
        bridges: bridgeKey,
        model: buildWalkModel({ ...data.records, streets }, { ...defaultLinkSettings, at }),
        unanchored,
      }
    }
    model = withGates(base.model, { at, overrides }) ?? buildWalkModel({
      ...data.records,
      streets: addFootbridges(data.records.streets, bridges).streets,
      points: data.records.points.map(point => overrides.has(point.id)
        ? {
            ...point,
            passable: overrides.get(point.id)!,
            hours: null,
          }
        : point),
    }, { ...defaultLinkSettings, at })
    drawing = null
    gateIdsHere = null
  }

  /** A district has tens of thousands: not at each step of a drag. */
  function gateIds(): Set<number> {
    return gateIdsHere ??= new Set(model.gates.map(({ id }) => id))
  }

  function take(next: PlanContent): PlanFigures {
    content = next
    openings = null
    const { settings, changes } = next
    const { facilities, lost } = planFacilities(data.facilities, changes, data.placeAt)
    const networkNow = JSON.stringify([
      settings.at,
      changes.filter(change => change.do === 'gate' || change.do === 'bridge'),
    ])
    const everything = JSON.stringify([networkNow, settings])
    if (everything !== network) {
      build(next)
      network = everything
      state = createPlanState(model, {
        facilities,
        communities: data.communities,
        grids: data.grids,
        settings: settingsOfPlan(settings),
      })
      gaps = createGapList(model, state)
    }
    else {
      const wanted = new Map(facilities.map(facility => [facility.id, facility]))
      for (const id of known.keys()) {
        if (!wanted.has(id))
          gaps.update(state.remove(id))
      }
      for (const facility of facilities) {
        const before = known.get(facility.id)
        if (!before || !isSame(before, facility))
          gaps.update(state.put(facility))
      }
    }
    known = new Map(facilities.map(facility => [facility.id, facility]))
    const bridges = changes.filter(change => change.do === 'bridge')
    return {
      rates: state.rates(),
      ages: state.ages(),
      capacity: state.capacity(),
      byCommunity: [
        ...state.communities.tallies.values(),
      ].map(tally => communityCoverage(tally, state.settings)),
      facilities: facilitiesInPlan(),
      communityGaps: gaps.byCommunity(most).map(withNearest),
      clusterGaps: gaps.byCluster(most).map(withNearest),
      lost: [
        ...lost,
        ...changes.filter(change => change.do === 'gate' && !gateIds().has(change.gate)),
        ...base!.unanchored.flatMap(index => bridges[index] ?? []),
      ],
    }
  }

  function withNearest(gap: RankedGap): GapInPlan {
    return {
      ...gap,
      nearest: state.facilities()[gap.facility]?.name ?? null,
    }
  }

  function facilitiesInPlan(): FacilityInPlan[] {
    const limit = limitOf(state.settings.minutes)
    const nearest = new Map<number, number>()
    for (let b = 0; b < model.buildings.count; b++) {
      if (state.times.seconds[b]! <= limit)
        nearest.set(state.times.facility[b]!, (nearest.get(state.times.facility[b]!) ?? 0) + model.buildings.aged60[b]!)
    }
    return state.facilities().flatMap((record, number) => {
      if (!record)
        return []
      const counts = record.open && state.settings.kinds.includes(record.kind)
      const demand = state.demandOf(record.id)
      return [
        {
          ...record,
          counts,
          nearestPeople: nearest.get(number) ?? 0,
          demand,
          perThousand: perThousand(record.capacity, demand),
          isolated: counts && demand === 0,
        },
      ]
    })
  }

  function missed(): Feature[] {
    const { buildings, links } = model
    const limit = limitOf(state.settings.minutes)
    const facilities = state.facilities()
    return [
      ...buildings.aged60.keys(),
    ].flatMap((b) => {
      const seconds = state.times.seconds[b]!
      if (buildings.aged60[b] === 0 || seconds <= limit)
        return []
      return [
        {
          type: 'Feature' as const,
          id: `missed-${buildings.ids[b]}`,
          geometry: {
            type: 'Point' as const,
            coordinates: [buildings.lngs[b]!, buildings.lats[b]!] as [number, number],
          },
          properties: {
            building: String(buildings.ids[b]),
            name: buildings.names[b] ?? null,
            community: buildings.communities[b] ?? null,
            people: buildings.aged60[b]!,
            seconds: seconds === Infinity
              ? null
              : Math.round(seconds),
            facility: facilities[state.times.facility[b]!]?.id ?? null,
            reason: missedReason(links, b, seconds),
          },
        },
      ]
    })
  }

  function drawn() {
    drawing ??= createCoverageCalculator(model, drawingStepFor(model))
    const question = {
      facilities: [
        ...known.values(),
      ],
      communities: data.communities,
      settings: settingsOfPlan(content.settings),
    }
    return {
      drawing,
      question,
      figures: drawing.figures(question),
    }
  }

  function reach(): Feature[] {
    const { drawing, question, figures } = drawn()
    return drawing.reach(question, figures)
  }

  return {
    take,
    missed,
    reach,
    grids: () => [
      ...state.grids.tallies.values(),
    ].map(tally => gridCoverage(tally, state.settings)),
    subdistricts: () => subdistrictCoverage([
      ...state.communities.tallies.values(),
    ], data.subdistricts, state.settings),
    kinds: () => drawn().figures.byKind,
    opening(members) {
      openings ??= createOpeningFinder(model, [
        ...known.values(),
      ], state.settings)
      return openings.best(members)
    },
    buildings: () => [
      ...model.buildings.aged60.keys(),
    ].filter(b => model.buildings.aged60[b]! > 0).map(b => ({
      id: model.buildings.ids[b]!,
      name: model.buildings.names[b]!,
      community: model.buildings.communities[b]!,
      lng: model.buildings.lngs[b]!,
      lat: model.buildings.lats[b]!,
      people: model.buildings.aged60[b]!,
      seconds: state.times.seconds[b] === Infinity
        ? null
        : state.times.seconds[b]!,
      perThousand: state.access[b]! * 1000,
    })),
    census() {
      const counted = new Map<string, number>()
      for (const { region, people } of state.communities.tallies.values())
        counted.set(region, people[0])
      return data.communities.flatMap(({ id, name, aged60 }) => aged60 === null || aged60 === counted.get(id)
        ? []
        : [
            {
              community: id,
              name,
              registered: aged60,
              counted: counted.get(id) ?? 0,
            },
          ])
    },
    model: () => model,
    state: () => state,
  }
}

function isSame(a: FacilityRecord, b: FacilityRecord): boolean {
  return a === b || (Object.keys(a) as (keyof FacilityRecord)[]).every(key => a[key] === b[key])
}
