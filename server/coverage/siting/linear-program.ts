import type { SitingProblem, SitingQuestion } from './problem.ts'

/** A mixed-integer program by rows, as a solver takes it. Column `j` below the number of sites is "site j stands". */
export interface LinearProgram {
  maximise: boolean
  cost: number[]
  lower: number[]
  upper: number[]
  integer: boolean[]
  rows: { columns: number[], values: number[], lower: number, upper: number }[]
}

/** The walk that stands for having no site at all, for p-median: longer than all that there are. */
function unserved({ sites }: SitingProblem): number {
  return 2 * sites.reduce((most, { distances }) => distances.reduce((a, b) => Math.max(a, b), most), 1)
}

function siteColumns({ sites }: SitingProblem, costOf: (site: number) => number): LinearProgram {
  return {
    maximise: false,
    cost: sites.map((_, j) => costOf(j)),
    lower: sites.map(({ fixed }) => fixed ? 1 : 0),
    upper: sites.map(() => 1),
    integer: sites.map(() => true),
    rows: [],
  }
}

function addColumn(program: LinearProgram, cost: number, upper: number): number {
  program.lower.push(0)
  program.upper.push(upper)
  program.integer.push(false)
  return program.cost.push(cost) - 1
}

function addBounds(program: LinearProgram, { sites }: SitingProblem, question: Pick<SitingQuestion, 'sites' | 'budget'>): void {
  const columns = [
    ...sites.keys(),
  ].filter(j => !sites[j]!.fixed)
  if (question.sites !== null) {
    program.rows.push({
      columns,
      values: columns.map(() => 1),
      lower: -Infinity,
      upper: question.sites,
    })
  }
  if (question.budget !== null) {
    program.rows.push({
      columns,
      values: columns.map(j => sites[j]!.cost),
      lower: -Infinity,
      upper: question.budget,
    })
  }
}

/** Demand points that the same sites cover are one: a town's thousands become some hundreds. */
export function groupsByCover({ demand, sites }: SitingProblem, limit: number): { cover: number[], points: number[], people: number }[] {
  const covers: number[][] = Array.from(demand, () => [])
  sites.forEach(({ points, distances }, j) => points.forEach((i, k) => {
    if (distances[k]! <= limit)
      covers[i]!.push(j)
  }))
  const groups = Map.groupBy([
    ...demand.keys(),
  ].filter(i => demand[i]! > 0), i => covers[i]!.join(' '))
  return [
    ...groups.values(),
  ].map(points => ({
    cover: covers[points[0]!]!,
    points,
    people: points.reduce((sum, i) => sum + demand[i]!, 0),
  }))
}

/** max Σ pᵢxᵢ, xᵢ ≤ Σ yⱼ over the sites that cover i; with capacities people are given to sites: Σᵢ pᵢzᵢⱼ ≤ cⱼyⱼ. */
export function mostCovered(problem: SitingProblem, question: SitingQuestion): LinearProgram {
  const program = {
    ...siteColumns(problem, () => 0),
    maximise: true,
  }
  addBounds(program, problem, question)
  const given = new Map<number, { column: number, people: number }[]>()
  for (const { cover, people } of groupsByCover(problem, question.limit)) {
    if (cover.length === 0 || (!question.capacities && cover.some(j => problem.sites[j]!.fixed)))
      continue
    if (!question.capacities) {
      const x = addColumn(program, people, 1)
      program.rows.push({
        columns: [x, ...cover],
        values: [
          -1,
          ...cover.map(() => 1),
        ],
        lower: 0,
        upper: Infinity,
      })
      continue
    }
    const shares = cover.map((j) => {
      const column = addColumn(program, people, 1)
      given.set(j, [
        ...given.get(j) ?? [],
        { column, people },
      ])
      program.rows.push({
        columns: [j, column],
        values: [1, -1],
        lower: 0,
        upper: Infinity,
      })
      return column
    })
    program.rows.push({
      columns: shares,
      values: shares.map(() => 1),
      lower: -Infinity,
      upper: 1,
    })
  }
  for (const [j, shares] of given) {
    const { capacity } = problem.sites[j]!
    if (capacity !== null) {
      program.rows.push({
        columns: [
          j,
          ...shares.map(({ column }) => column),
        ],
        values: [
          capacity,
          ...shares.map(({ people }) => -people),
        ],
        lower: 0,
        upper: Infinity,
      })
    }
  }
  return program
}

/** min Σ cⱼyⱼ with a site within the limit of everyone who can have one. `byNumber`: every site costs 1. */
export function fewestCovering(problem: SitingProblem, limit: number, byNumber: boolean): LinearProgram {
  const program = siteColumns(problem, j => problem.sites[j]!.fixed
    ? 0
    : byNumber
      ? 1
      : problem.sites[j]!.cost)
  for (const { cover } of groupsByCover(problem, limit)) {
    if (cover.length > 0) {
      program.rows.push({
        columns: cover,
        values: cover.map(() => 1),
        lower: 1,
        upper: Infinity,
      })
    }
  }
  return program
}

/**
 * min Σ pᵢdᵢⱼzᵢⱼ by steps: for each point the distances of its sites in order; s_k = 1 when none of the k nearest stands. This
 * needs one column a step and no assignment (Cornuéjols 1980), and its relaxation is as tight.
 */
export function leastWalking(problem: SitingProblem, question: SitingQuestion): LinearProgram {
  const { demand, sites } = problem
  const far = unserved(problem)
  const program = siteColumns(problem, () => 0)
  addBounds(program, problem, question)
  const options: { j: number, distance: number }[][] = Array.from(demand, () => [])
  sites.forEach(({ points, distances }, j) => points.forEach((i, k) => options[i]!.push({ j, distance: distances[k]! })))
  options.forEach((list, i) => {
    if (demand[i] === 0 || list.length === 0)
      return
    list.sort((a, b) => a.distance - b.distance)
    const near: number[] = []
    for (let k = 0; k < list.length; k++) {
      const { j, distance } = list[k]!
      near.push(j)
      // A site that stands anyway: nobody walks past it.
      if (sites[j]!.fixed)
        return
      const step = (list[k + 1]?.distance ?? far) - distance
      if (step <= 0)
        continue
      const column = addColumn(program, demand[i]! * step, 1)
      program.rows.push({
        columns: [column, ...near],
        values: [
          1,
          ...near.map(() => 1),
        ],
        lower: 1,
        upper: Infinity,
      })
    }
  })
  return program
}
