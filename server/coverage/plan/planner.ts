import type { AgeCoverage, AreaCoverage, Capacity, CommunityCoverage, CoverageRates, KindCoverage } from '#contract/coverage.ts'
import type { Feature } from '#contract/geometry.ts'
import type { PlanChange, PlanContent } from '#contract/plan.ts'
import type { CoverageCalculator, CoverageFigures, CoverageQuestion } from '../coverage.ts'
import type { GapList } from '../gap-list.ts'
import type { Opening } from '../openings.ts'
import type { PlanEffect, PlanState } from '../plan-state.ts'
import type { CommunityRecord, FacilityRecord, WalkRecords } from '../records.ts'
import type { UnlinkedHouse } from '../unlinked-houses.ts'
import type { WalkModel } from '../walk-model.ts'
import type { MissedChange, MissedNow } from './missed-now.ts'
import type { PlaceAt } from './plan-facilities.ts'
import type { FacilityInPlan, GapInPlan, PlanRows } from './plan-rows.ts'
import { createCoverageCalculator } from '../coverage.ts'
import { createGapList } from '../gap-list.ts'
import { withGates } from '../gates.ts'
import { drawingStepFor } from '../ground-grid.ts'
import { weekMinuteOf } from '../opening-hours.ts'
import { createOpeningFinder } from '../openings.ts'
import { createPlanState } from '../plan-state.ts'
import { gridCoverage, subdistrictCoverage } from '../rates.ts'
import { defaultLinkSettings } from '../settings.ts'
import { unlinkedHouses } from '../unlinked-houses.ts'
import { buildWalkModel } from '../walk-model.ts'
import { addFootbridges } from './add-footbridges.ts'
import { touchedFacilities } from './plan-facilities.ts'
import { createMissedNow } from './missed-now.ts'
import { createPlanRows } from './plan-rows.ts'
import { settingsOfPlan } from './settings-of-plan.ts'

export interface PlannerData {
  records: WalkRecords
  facilities: FacilityRecord[]
  communities: (CommunityRecord & { aged60: number | null })[]
  grids: CommunityRecord[]
  subdistricts: ReadonlyMap<string, string>
  placeAt: PlaceAt
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
  /** The same as what has changed since this was last asked. */
  takeMissed: () => MissedChange
  reach: () => Feature[]
  grids: () => AreaCoverage[]
  subdistricts: () => AreaCoverage[]
  /** each kind of facility by itself: an upper tier does not stand in for a lower one */
  kinds: () => KindCoverage[]
  /** The largest clusters of missed people. */
  gaps: (most: number) => GapInPlan[]
  opening: (members: readonly number[]) => Opening | null
  /** seconds to the nearest facility and places per 1,000 elders, by building */
  buildings: () => BuildingRow[]
  census: () => CensusDifference[]
  /** houses of whose people no walk can be told, and why */
  unlinked: () => UnlinkedHouse[]
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
  const base = new Map(data.facilities.map(facility => [facility.id, facility]))
  let network = ''
  let street: { bridges: string, model: WalkModel, unanchored: number[] } | null = null
  let model: WalkModel
  let state: PlanState
  let gaps: GapList
  /** the facilities that the plan touches; null = taken away */
  let touched = new Map<string, FacilityRecord | null>()
  let rows: PlanRows
  let missed: MissedNow
  let content: PlanContent
  let openings: ReturnType<typeof createOpeningFinder> | null = null
  let drawing: CoverageCalculator | null = null
  let shown: { content: PlanContent, drawing: CoverageCalculator, question: CoverageQuestion, figures: CoverageFigures } | null = null
  let gateIdsHere: Set<number> | null = null
  let unlinked: UnlinkedHouse[] | null = null

  function build(next: PlanContent): void {
    const at = weekMinuteOf(next.settings.at)
    const bridges = next.changes.filter(change => change.do === 'bridge')
    const bridgeKey = JSON.stringify(bridges)
    const overrides = new Map(next.changes.flatMap(change => change.do === 'gate'
      ? [
          [change.gate, change.open] as const,
        ]
      : []))
    if (street?.bridges !== bridgeKey) {
      const { streets, unanchored } = addFootbridges(data.records.streets, bridges)
      street = {
        bridges: bridgeKey,
        model: buildWalkModel({ ...data.records, streets }, { ...defaultLinkSettings, at }),
        unanchored,
      }
    }
    model = withGates(street.model, { at, overrides }) ?? buildWalkModel({
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
    unlinked = null
  }

  /** A district has tens of thousands: not at each step of a drag. */
  function gateIds(): Set<number> {
    return gateIdsHere ??= new Set(model.gates.map(({ id }) => id))
  }

  function take(next: PlanContent): PlanFigures {
    content = next
    openings = null
    const { settings, changes } = next
    const { touched: wanted, lost } = touchedFacilities(base, changes, data.placeAt)
    const networkNow = JSON.stringify([
      settings.at,
      changes.filter(change => change.do === 'gate' || change.do === 'bridge'),
    ])
    const everything = JSON.stringify([networkNow, settings])
    if (everything !== network) {
      build(next)
      network = everything
      touched = wanted
      state = createPlanState(model, {
        facilities: facilitiesNow(),
        communities: data.communities,
        grids: data.grids,
        settings: settingsOfPlan(settings),
      })
      gaps = createGapList(model, state)
      rows = createPlanRows(state)
      missed = createMissedNow(model, state)
    }
    else {
      for (const id of new Set([
        ...touched.keys(),
        ...wanted.keys(),
      ])) {
        const before = recordIn(touched, id)
        const now = recordIn(wanted, id)
        if (before && !now)
          follow(state.remove(id))
        else if (now && !(before && isSame(before, now)))
          follow(state.put(now))
      }
      touched = wanted
    }
    const bridges = changes.filter(change => change.do === 'bridge')
    return {
      rates: state.rates(),
      ages: state.ages(),
      capacity: state.capacity(),
      byCommunity: rows.communities(),
      facilities: rows.facilities(),
      communityGaps: gaps.byCommunity(most).map(rows.gap),
      clusterGaps: gaps.byCluster(most).map(rows.gap),
      lost: [
        ...lost,
        ...changes.filter(change => change.do === 'gate' && !gateIds().has(change.gate)),
        ...street!.unanchored.flatMap(index => bridges[index] ?? []),
      ],
    }
  }

  function recordIn(plan: ReadonlyMap<string, FacilityRecord | null>, id: string): FacilityRecord | null {
    return plan.has(id)
      ? plan.get(id)!
      : base.get(id) ?? null
  }

  function facilitiesNow(): FacilityRecord[] {
    const added = [...touched].flatMap(([id, record]) => record && !base.has(id)
      ? record
      : [])
    return [
      ...data.facilities.flatMap(({ id }) => recordIn(touched, id) ?? []),
      ...added,
    ]
  }

  function follow(effect: PlanEffect): void {
    gaps.update(effect)
    missed.walked(effect.buildings)
  }

  /** The whole computation, once for what the plan is now: for what is drawn and for each kind by itself. */
  function drawn() {
    drawing ??= createCoverageCalculator(model, drawingStepFor(model))
    if (shown?.drawing === drawing && shown.content === content)
      return shown
    const question = {
      facilities: facilitiesNow(),
      communities: data.communities,
      settings: settingsOfPlan(content.settings),
    }
    return shown = {
      content,
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
    missed: () => missed.all(),
    takeMissed: () => missed.take(),
    reach,
    grids: () => [
      ...state.grids.tallies.values(),
    ].map(tally => gridCoverage(tally, state.settings)),
    subdistricts: () => subdistrictCoverage([
      ...state.communities.tallies.values(),
    ], data.subdistricts, state.settings),
    kinds: () => drawn().figures.byKind,
    gaps: most => gaps.byCluster(most).map(rows.gap),
    opening(members) {
      openings ??= createOpeningFinder(model, facilitiesNow(), state.settings)
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
    unlinked() {
      unlinked ??= unlinkedHouses(model)
      const unreached = new Set([...model.buildings.ids].filter((_, b) => state.times.seconds[b] === Infinity).map(String))
      // Whoever lives in the house of a facility, or shares a cut-off street with one, does get there.
      return unlinked.filter(({ id }) => unreached.has(id))
    },
    model: () => model,
    state: () => state,
  }
}

function isSame(a: FacilityRecord, b: FacilityRecord): boolean {
  return a === b || (Object.keys(a) as (keyof FacilityRecord)[]).every(key => a[key] === b[key])
}
