import type { Highs, ModelData } from 'highs'
import type { LinearProgram } from './linear-program.ts'
import type { Siting, SitingProblem, SitingQuestion } from './problem.ts'
import { siteGreedily } from './greedy.ts'
import { fewestCovering, leastWalking, mostCovered } from './linear-program.ts'
import { beyondAll, judge } from './problem.ts'

/** How far a search has come: the best so far and what no choice can beat. */
export interface Progress {
  seconds: number
  /** |bound − best| / |best|; Infinity before the first solution */
  gap: number
  best: number | null
  bound: number | null
  /** the best choice so far, when it is new */
  siting?: Siting
}

export interface SolveOptions {
  /** stops at that gap; 0 = proven best */
  gap?: number
  timeLimitSeconds?: number
  onProgress?: (progress: Progress) => void
}

export interface Solved {
  siting: Siting
  /** proven: within the gap asked for; best so far: out of time */
  proven: boolean
  gap: number
  /** demand points that no candidate can serve; of lscp and p-center */
  beyond: number[]
}

/** No choice of sites satisfies the question, and why. */
export interface Impossible { impossible: 'too-few-sites', least: number | null }

/** The best choice there is, by HiGHS. Blocks while it searches: call it in a worker. */
export function solveSiting(highs: Highs, problem: SitingProblem, question: SitingQuestion, options: SolveOptions = {}): Solved | Impossible {
  const { goal, limit } = question
  if (goal === 'p-center')
    return shortestLongest(highs, problem, question, options)
  const program = goal === 'mclp'
    ? mostCovered(problem, question)
    : goal === 'lscp'
      ? fewestCovering(problem, limit, question.budget === null)
      : leastWalking(problem, question)
  const found = run(highs, program, problem, limit, options)
  const siting = question.capacities && goal === 'mclp'
    ? { ...found.siting, covered: found.objective }
    : found.siting
  const beyond = goal === 'lscp'
    ? beyondAll(problem, limit)
    : []
  if (goal === 'lscp' && question.budget !== null && siting.cost > question.budget + 1e-6)
    return { impossible: 'too-few-sites', least: siting.cost }
  if (goal === 'lscp' && question.sites !== null && newSites(problem, siting) > question.sites) {
    return {
      impossible: 'too-few-sites',
      least: newSites(problem, siting),
    }
  }
  return {
    siting,
    proven: found.proven,
    gap: found.gap,
    beyond,
  }
}

function newSites({ sites }: SitingProblem, { chosen }: Siting): number {
  return chosen.filter(j => !sites[j]!.fixed).length
}

/** The shortest distance within which so many sites can serve everybody who can be served: by halving the list of distances. */
function shortestLongest(highs: Highs, problem: SitingProblem, question: SitingQuestion, options: SolveOptions): Solved | Impossible {
  const beyond = beyondAll(problem, Infinity)
  const lost = new Set(beyond)
  const within: SitingProblem = {
    ...problem,
    demand: problem.demand.map((people, i) => lost.has(i)
      ? 0
      : people),
  }
  const distances = [
    ...new Set(problem.sites.flatMap(({ distances }) => [...distances])),
  ].sort((a, b) => a - b)
  const begun = performance.now()
  let best: Siting | null = null
  let [low, high] = [0, distances.length - 1]
  const start = siteGreedily(within, question)
  const feasible = (siting: Siting) => siting.outside.length === 0
    && (question.sites === null || newSites(problem, siting) <= question.sites)
    && (question.budget === null || siting.cost <= question.budget + 1e-6)
  if (start.outside.length === 0 || start.furthest > 0) {
    const at = distances.indexOf(start.furthest)
    if (at >= 0 && judge(within, start.chosen, start.furthest).outside.length === 0)
      high = at
  }
  while (low <= high) {
    const middle = (low + high) >> 1
    const limit = distances[middle]!
    const { siting } = run(highs, fewestCovering(within, limit, question.budget === null), within, limit, { gap: 0 })
    if (feasible(siting)) {
      best = judge(within, siting.chosen, limit)
      high = Math.min(middle, distances.indexOf(best.furthest)) - 1
      options.onProgress?.({
        seconds: (performance.now() - begun) / 1000,
        gap: (best.furthest - distances[low]!) / best.furthest,
        best: best.furthest,
        bound: distances[low]!,
        siting: best,
      })
    }
    else {
      low = middle + 1
    }
  }
  return best
    ? {
        siting: best,
        proven: true,
        gap: 0,
        beyond,
      }
    : { impossible: 'too-few-sites', least: null }
}

function run(highs: Highs, program: LinearProgram, problem: SitingProblem, limit: number, { gap = 0, timeLimitSeconds, onProgress }: SolveOptions) {
  const { callbackType, modelStatus } = highs.constants
  return highs.withModel(modelData(highs, program), (model) => {
    model.options.set({
      output_flag: false,
      mip_rel_gap: gap,
      mip_abs_gap: gap === 0
        ? 0.5e-6
        : 1e-6,
      ...timeLimitSeconds !== undefined && { time_limit: timeLimitSeconds },
    })
    const chosenOf = (values: ArrayLike<number>) => [
      ...problem.sites.keys(),
    ].filter(j => values[j]! > 0.5)
    const finite = (value: number | undefined) => value !== undefined && Math.abs(value) < 1e30
      ? value
      : null
    const tell = (data: { running_time?: number, mip_primal_bound?: number, mip_dual_bound?: number, mip_gap?: number }, siting?: Siting) => onProgress?.({
      seconds: data.running_time ?? 0,
      gap: data.mip_gap ?? Infinity,
      best: finite(data.mip_primal_bound),
      bound: finite(data.mip_dual_bound),
      ...siting && { siting },
    })
    model.run(onProgress
      ? {
          [callbackType.mipLogging](event) {
            tell(event.data)
          },
          [callbackType.mipImprovingSolution](event) {
            tell(event.data, event.data.mip_solution && judge(problem, chosenOf(event.data.mip_solution), limit))
          },
        }
      : {})
    const status = model.getModelStatus()
    const values = model.getSolution().colValue
    const isMip = program.integer.some(Boolean)
    return {
      siting: judge(problem, chosenOf(values), limit),
      objective: model.getObjectiveValue(),
      proven: status === modelStatus.optimal,
      gap: isMip
        ? Number(model.info.get('mip_gap'))
        : 0,
    }
  })
}

function modelData(highs: Highs, { maximise, cost, lower, upper, integer, rows }: LinearProgram): ModelData {
  const starts = new Int32Array(rows.length + 1)
  rows.forEach(({ columns }, r) => starts[r + 1] = starts[r]! + columns.length)
  const bound = (value: number) => value === Infinity
    ? highs.infinity
    : value === -Infinity
      ? -highs.infinity
      : value
  const { objectiveSense, variableType } = highs.constants
  return {
    numCols: cost.length,
    numRows: rows.length,
    sense: maximise
      ? objectiveSense.maximize
      : objectiveSense.minimize,
    colCost: Float64Array.from(cost),
    colLower: Float64Array.from(lower),
    colUpper: Float64Array.from(upper),
    rowLower: Float64Array.from(rows, row => bound(row.lower)),
    rowUpper: Float64Array.from(rows, row => bound(row.upper)),
    matrix: {
      format: 'csr',
      numRows: rows.length,
      numCols: cost.length,
      starts,
      indices: Int32Array.from(rows.flatMap(({ columns }) => columns)),
      values: Float64Array.from(rows.flatMap(({ values }) => values)),
    },
    integrality: Int32Array.from(integer, whole => whole
      ? variableType.integer
      : variableType.continuous),
  }
}
