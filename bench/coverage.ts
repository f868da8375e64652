import type { PlanContent } from '#contract/plan.ts'
import type { FacilityRecord } from '#coverage/records.ts'
import type { TownSize } from '../server/demo/generate-town.ts'
import loadHighs from 'highs'
import { createCoverageCalculator } from '#coverage/coverage.ts'
import { drawingStepFor } from '#coverage/ground-grid.ts'
import { createStepTeller } from '#coverage/plan/plan-step.ts'
import { createPlanner } from '#coverage/plan/planner.ts'
import { defaultPlanSettings } from '#coverage/plan/settings-of-plan.ts'
import { defaultSettings } from '#coverage/settings.ts'
import { siteGreedily } from '#coverage/siting/greedy.ts'
import { solveSiting } from '#coverage/siting/solve.ts'
import { streetCandidates, townProblem } from '#coverage/siting/town-problem.ts'
import { linkFacilities } from '#coverage/link-facilities.ts'
import { bytesPerEdge } from '#coverage/street-graph.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { createWalkSearcher } from '#coverage/walk-search.ts'
import { paceOf } from '#coverage/walker.ts'
import { medianMs } from './coverage/median-ms.ts'
import { againstValhalla } from './coverage/against-valhalla.ts'
import { demoRecords } from '../test/world/demo-records.ts'

/** The city's 100 subdistricts take a minute to generate and 3 GB to hold. */
const sizes: TownSize[] = ['subdistrict', 'district', 'city']
const rounds = { subdistrict: 15, district: 15, city: 3 }
/** Facilities that are dragged in turn, and steps of each drag: medians of both count. */
const dragged = 20
const steps = 31

/**
 * All facilities of the demo computed again, single thread: times to every building, rates, missed people (no polygons); median of
 * several rounds after warming up. Beside it the polygons, the model, what the graph takes in memory, one step of dragging a facility
 * with rates and gaps, the best sites, and one facility's reach: the streets alone, and with times of all houses and its polygons; on
 * a real extract beside Valhalla's isochrone.
 */
export async function run(): Promise<Record<string, number | string>> {
  const figures: Record<string, number | string> = {}
  for (const size of sizes) {
    const { records, facilities, communities } = await demoRecords(size)
    const begun = performance.now()
    const model = buildWalkModel(records)
    const built = performance.now() - begun
    const calculator = createCoverageCalculator(model, drawingStepFor(model))
    const question = { facilities, communities, settings: defaultSettings }
    const once = calculator.figures(question)
    calculator.reach(question, once)
    Object.assign(figures, {
      [`${size}: facilities`]: once.counted.length,
      [`${size}: buildings`]: model.buildings.count,
      [`${size}: edges`]: model.graph.edgeCount,
      [`${size}: recomputed, ms`]: medianMs(rounds[size], () => calculator.figures(question)),
      [`${size}: polygons, ms`]: medianMs(size === 'city'
        ? 1
        : 3, () => calculator.reach(question, once)),
      [`${size}: model, ms`]: built,
      [`${size}: bytes an edge`]: bytesPerEdge(model.graph),
      [`${size}: one reach, streets alone, ms`]: oneReach(model, facilities),
      [`${size}: one reach with houses and polygons, ms`]: medianMs(rounds[size], () => calculator.reach(question, once, once.counted.subarray(0, 1))),
      ...dragSteps(size, { records, facilities, communities }),
    })
    if (size !== 'city')
      Object.assign(figures, await bestSites(size, model, facilities))
  }
  const step = (size: TownSize) => Number(figures[`${size}: drag step with rates and gaps, ms`])
  figures['drag step, district / subdistrict'] = step('district') / step('subdistrict')
  figures['drag step, city / subdistrict'] = step('city') / step('subdistrict')
  return {
    ...figures,
    ...await againstValhalla(),
  }
}

function oneReach(model: ReturnType<typeof buildWalkModel>, facilities: FacilityRecord[]): number {
  const searcher = createWalkSearcher(model.graph)
  const targets = linkFacilities(model, facilities).links
  const run = {
    targets,
    facilities: [0],
    pace: paceOf(defaultSettings.walker),
    limitSeconds: defaultSettings.minutes * 60,
  }
  for (let i = 0; i < 200; i++)
    searcher.run(run)
  return medianMs(101, () => searcher.run(run))
}

type Demo = Pick<Awaited<ReturnType<typeof demoRecords>>, 'records' | 'facilities' | 'communities'>

/**
 * Facilities all over the town go some metres each step, as under a hand: rates, ages, places, both gap lists, every facility's
 * figures and who is missed, as the page's worker hands them over. Beside it the houses whose walk a step looks at again.
 */
function dragSteps(size: TownSize, { records, facilities, communities }: Demo): Record<string, number> {
  const counted = facilities.filter(({ open, kind }) => open && defaultSettings.kinds.includes(kind))
  const planner = createPlanner({
    records,
    facilities,
    communities: communities.map(community => ({ ...community, aged60: null })),
    grids: [],
    subdistricts: new Map(),
    placeAt: () => ({ subdistrict: null, community: null, grid: null }),
  })
  const step = createStepTeller(planner)
  const drag = (facility: FacilityRecord) => {
    let moves = 0
    const content = (): PlanContent => ({
      settings: defaultPlanSettings,
      changes: [
        {
          do: 'move',
          facility: facility.id,
          lng: facility.lng + 2e-5 * moves++,
          lat: facility.lat,
        },
      ],
    })
    step(content())
    return medianMs(steps, () => step(content()))
  }
  drag(counted[0]!)
  const times = Array.from({
    length: Math.min(dragged, counted.length),
  }, (_, i) => drag(counted[Math.floor(i * counted.length / dragged)] ?? counted[i]!))
  times.sort((a, b) => a - b)
  return {
    [`${size}: drag step with rates and gaps, ms`]: times[times.length >> 1]!,
    [`${size}: the slowest facility's, ms`]: times.at(-1)!,
  }
}

/** Five new sites among the street corners: at once by exchange, then the best, in the district to a gap of 1 %. */
async function bestSites(size: TownSize, model: ReturnType<typeof buildWalkModel>, facilities: FacilityRecord[]): Promise<Record<string, number | string>> {
  const highs = await loadHighs()
  const { problem } = townProblem(model, facilities, streetCandidates(model, 250), defaultSettings)
  const question = {
    goal: 'mclp' as const,
    limit: defaultSettings.minutes * 60 + 1e-3,
    sites: 5,
    budget: null,
    capacities: false,
  }
  const greedyBegun = performance.now()
  const greedy = siteGreedily(problem, question)
  const greedyMs = performance.now() - greedyBegun
  const begun = performance.now()
  const solved = solveSiting(highs, problem, question, {
    gap: size === 'district'
      ? 0.01
      : 0,
    timeLimitSeconds: 120,
  })
  const seconds = (performance.now() - begun) / 1000
  return {
    [`${size}: candidates for sites`]: problem.sites.filter(({ fixed }) => !fixed).length,
    [`${size}: sites at once, ms`]: greedyMs,
    [`${size}: best sites, s`]: seconds,
    [`${size}: best sites, proven`]: 'proven' in solved && solved.proven
      ? 'yes'
      : 'no',
    [`${size}: at once / best, people`]: 'siting' in solved
      ? greedy.covered / solved.siting.covered
      : 'none',
  }
}
