import type { PlanContent } from '#contract/plan.ts'
import type { FacilityRecord } from '#coverage/records.ts'
import type { TownSize } from '../server/demo/generate-town.ts'
import process from 'node:process'
import loadHighs from 'highs'
import { createCoverageCalculator } from '#coverage/coverage.ts'
import { drawingStepFor } from '#coverage/ground-grid.ts'
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
import { demoRecords } from '../test/world/demo-records.ts'

// The city takes minutes to generate: only when asked for.
const sizes: TownSize[] = process.env.BENCH_CITY
  ? ['subdistrict', 'district', 'city']
  : ['subdistrict', 'district']
const rounds = 15
/** Steps of a drag, of which the median counts. */
const steps = 41

/**
 * All facilities of the demo computed again, single thread: times to every building, rates, missed people (no polygons); median of
 * several rounds after warming up. Beside it the polygons, the model, what the graph takes in memory, one step of dragging a facility
 * with rates and gaps, the best sites, and one facility's reach: the streets alone, and with times of all houses and its polygons.
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
      [`${size}: recomputed, ms`]: median(rounds, () => calculator.figures(question)),
      [`${size}: polygons, ms`]: median(3, () => calculator.reach(question, once)),
      [`${size}: model, ms`]: built,
      [`${size}: bytes an edge`]: bytesPerEdge(model.graph),
      [`${size}: one reach, streets alone, ms`]: oneReach(model, facilities),
      [`${size}: one reach with houses and polygons, ms`]: median(rounds, () => calculator.reach(question, once, once.counted.subarray(0, 1))),
      [`${size}: drag step with rates and gaps, ms`]: dragStep({ records, facilities, communities }),
    })
    if (size !== 'city')
      Object.assign(figures, await bestSites(size, model, facilities))
  }
  figures['drag step, district / subdistrict'] = Number(figures['district: drag step with rates and gaps, ms']) / Number(figures['subdistrict: drag step with rates and gaps, ms'])
  return figures
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
  return median(101, () => searcher.run(run))
}

type Demo = Pick<Awaited<ReturnType<typeof demoRecords>>, 'records' | 'facilities' | 'communities'>

/** A facility in the middle of the town goes some metres each step, as under a hand. */
function dragStep({ records, facilities, communities }: Demo): number {
  const dragged = facilities.find(({ open, kind }) => open && defaultSettings.kinds.includes(kind))!
  const planner = createPlanner({
    records,
    facilities,
    communities: communities.map(community => ({ ...community, aged60: null })),
    grids: [],
    subdistricts: new Map(),
    placeAt: () => ({ subdistrict: dragged.subdistrict, community: dragged.community, grid: dragged.grid }),
  })
  let step = 0
  const content = (): PlanContent => ({
    settings: defaultPlanSettings,
    changes: [
      {
        do: 'move',
        facility: dragged.id,
        lng: dragged.lng + 2e-5 * step++,
        lat: dragged.lat,
      },
    ],
  })
  planner.take(content())
  for (let i = 0; i < 10; i++)
    planner.take(content())
  return median(steps, () => planner.take(content()))
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

function median(count: number, work: () => unknown): number {
  const times = Array.from({ length: count }, () => {
    const begun = performance.now()
    work()
    return performance.now() - begun
  })
  return times.sort((a, b) => a - b)[count >> 1]!
}
