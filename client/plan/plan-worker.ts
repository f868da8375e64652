import type { PlanContent } from '#contract/plan.ts'
import type { PlanGround } from './report/plan-ground.ts'
import type { SitingProblem } from '#coverage/siting/problem.ts'
import type { ComparedPlan, FromPlanWorker, PlacedCase, ToPlanWorker } from './plan-messages.ts'
import type { PlanDataRecords } from '../../server/care/read-plan-data.ts'
import type { CaseHomes } from '#coverage/plan/plan-report.ts'
import type { Planner } from '#coverage/plan/planner.ts'
import { homeAt } from '#coverage/home-at.ts'
import { ratesByRegion, reportOf } from '#coverage/plan/plan-report.ts'
import { createStepTeller } from '#coverage/plan/plan-step.ts'
import { createPlanner } from '#coverage/plan/planner.ts'
import { beyondAll } from '#coverage/siting/problem.ts'
import { greedyCurve, siteGreedily } from '#coverage/siting/greedy.ts'
import { streetCandidates, townProblem } from '#coverage/siting/town-problem.ts'
import { planGround } from './report/plan-ground.ts'
import { RegionIndex } from '../../server/places/region-index.ts'

/** Computes plans beside the page: the newest one that was asked for, then, when nobody asks, what takes longer. */

/** Gaps whose opening is looked for by itself. */
const openingsShown = 6
const idleMs = 80
/** While somebody drags, the reach is drawn too if that takes no longer (ms), and takes this part of the time at most. */
const mostReachMs = 60
const reachShare = 1 / 3

let planner: Planner | null = null
let step: ReturnType<typeof createStepTeller> | null = null
let communities: PlanDataRecords['communities'] = []
let ground: PlanGround
let cases: PlacedCase[] = []
let caseHomes: CaseHomes = new Map()
/** the settings for which the page knows the present state */
let presentOf = ''
/** whether the page shows the places within reach of each house */
let wantsHouses = false
let waiting: { content: PlanContent, number: number } | null = null
let content: PlanContent
let number = 0
let scheduled = false
let idle: ReturnType<typeof setTimeout> | undefined
/** What the reach took the last time, and when that was. Milliseconds. */
let reachMs = Infinity
let reachAt = 0

const say = (message: FromPlanWorker) => postMessage(message)

addEventListener('message', ({ data }: MessageEvent<ToPlanWorker>) => {
  try {
    if ('data' in data)
      begin(data.data)
    else if ('content' in data)
      ask(data)
    else if ('cases' in data)
      place(data.cases)
    else if ('wantsHouses' in data)
      tellHouses(wantsHouses = data.wantsHouses)
    else if (planner && 'site' in data)
      siteSomewhere(planner, data)
    else if (planner && 'compare' in data)
      compare(planner, data.compare)
    else if (planner)
      report(planner)
  }
  catch (error) {
    say({
      failed: String(error),
    })
  }
})

function begin({ records, facilities, grids, subdistricts, ...data }: PlanDataRecords): void {
  presentOf = ''
  communities = data.communities
  ground = planGround({ records, communities })
  const regions = new RegionIndex([
    ...communities.map(area => ({ ...area, level: 'community' as const })),
    ...grids.map(area => ({ ...area, level: 'grid' as const })),
  ])
  const subdistrictOf = new Map(communities.map(({ id, subdistrict }) => [id, subdistrict]))
  planner = createPlanner({
    records,
    facilities,
    communities,
    grids,
    subdistricts: new Map(subdistricts.map(({ id, name }) => [id, name])),
    placeAt(lng, lat) {
      const { community, grid } = regions.regionsAt([lng, lat])
      return { community, grid, subdistrict: subdistrictOf.get(community ?? '') ?? null }
    },
  })
  step = createStepTeller(planner)
  work()
}

/** While one is computed several may be asked for: only the last counts, so a drag never lags behind. */
function ask(next: { content: PlanContent, number: number }): void {
  waiting = next
  if (!scheduled) {
    scheduled = true
    setTimeout(work)
  }
}

function work(): void {
  scheduled = false
  if (!planner || !step || !waiting) {
    return
  }({ content, number } = waiting)
  waiting = null
  const begun = performance.now()
  const told = step(content)
  say({
    number,
    step: told,
    milliseconds: performance.now() - begun,
  })
  if (told.network)
    place(cases)
  if (reachMs <= mostReachMs && performance.now() - reachAt >= reachMs / reachShare)
    drawReach(planner)
  clearTimeout(idle)
  idle = setTimeout(complete, idleMs)
}

/** Finds the houses of the open cases; houses stay as they are whatever a plan changes. */
function place(now: PlacedCase[]): void {
  cases = now
  if (!planner || number === 0)
    return
  const model = planner.model()
  caseHomes = new Map(cases.map(({ id, lng, lat }) => [
    id,
    homeAt(model, lng, lat),
  ]))
  say({ caseHomes })
}

/** Tens of thousands in a district: only to a page that shows them. */
function tellHouses(isWanted: boolean): void {
  if (isWanted && planner && number > 0) {
    say({
      number,
      houses: planner.buildings(),
    })
  }
}

function drawReach(planner: Planner): void {
  const begun = performance.now()
  say({
    number,
    reach: planner.reach(),
  })
  reachAt = performance.now()
  reachMs = reachAt - begun
}

/** What takes longer than a drag allows: the drawn reach and, one gap at a time, what would help most. */
function complete(): void {
  if (waiting || !planner)
    return
  drawReach(planner)
  say({
    number,
    areas: {
      subdistricts: planner.subdistricts(),
      grids: planner.grids(),
      kinds: planner.kinds(),
      unlinked: planner.unlinked(),
    },
  })
  tellHouses(wantsHouses)
  tellPresent(planner)
  const gaps = planner.gaps(openingsShown)
  const next = () => {
    const gap = gaps.shift()
    if (!gap || waiting || !planner)
      return
    say({
      number,
      gap: gap.key,
      opening: planner.opening(gap.members),
    })
    idle = setTimeout(next)
  }
  idle = setTimeout(next)
}

/** Once for each settings: what a plan is compared with. */
function tellPresent(planner: Planner): void {
  const { settings } = content
  if (JSON.stringify(settings) === presentOf)
    return
  presentOf = JSON.stringify(settings)
  const { rates } = planner.take({ settings, changes: [] })
  say({
    present: {
      settings,
      missed: planner.missed(),
      people: rates.people.numerator,
    },
  })
  planner.take(content)
}

function siteSomewhere({ model, state }: Planner, { site, candidates }: Extract<ToPlanWorker, { site: unknown }>): void {
  const all = candidates.length > 0
    ? candidates
    : streetCandidates(model(), 250)
  const facilities = state().facilities().filter(record => record !== null)
  const { problem, useless } = townProblem(model(), facilities, all, state().settings)
  say({
    problem,
    // Of points that we chose ourselves nobody needs to hear.
    useless: candidates.length > 0
      ? useless
      : [],
    candidates: all,
    greedy: siteGreedily(problem, site),
    curve: greedyCurve(problem, site.limit, 12),
    question: site,
    beyond: beyondByCommunity(model(), problem, site.limit),
  })
}

function beyondByCommunity({ buildings }: ReturnType<Planner['model']>, problem: SitingProblem, limit: number) {
  const people = new Map<string | null, number>()
  for (const b of beyondAll(problem, limit))
    people.set(buildings.communities[b]!, (people.get(buildings.communities[b]!) ?? 0) + problem.demand[b]!)
  return [...people].map(([community, people]) => ({ community, people })).sort((a, b) => b.people - a.people)
}

/** Two plans under their own settings each. The planner holds the plan of the page again afterwards. */
function compare(planner: Planner, contents: [PlanContent, PlanContent]): void {
  work()
  const [one, other] = contents.map(content => comparedPlan(planner, content)) as [ComparedPlan, ComparedPlan]
  planner.take(content)
  say({
    compared: [one, other],
    ground,
  })
}

function comparedPlan(planner: Planner, content: PlanContent): ComparedPlan {
  const figures = planner.take(content)
  return {
    ...ratesByRegion(planner, figures),
    content,
    figures,
    facilities: figures.facilities,
    missed: planner.missed(),
    reach: planner.reach(),
  }
}

/** Of the newest plan that was asked for, computed or not. */
function report(planner: Planner): void {
  work()
  say({
    report: reportOf(planner, content, communities, caseHomes),
    ground,
  })
}
