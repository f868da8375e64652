import type { Siting, SitingProblem, SitingQuestion } from './problem.ts'
import { affords, judge, nearestOf } from './problem.ts'

/**
 * A good choice at once: the site that helps most, again and again, then exchanges as long as one helps (Teitz and Bart 1968).
 * For mclp no worse than 63 % of the best (Nemhauser 1978). Capacities are not looked at.
 */
export function siteGreedily(problem: SitingProblem, question: SitingQuestion): Siting {
  const chosen = question.goal === 'lscp'
    ? cover(problem, question)
    : exchange(problem, question, grow(problem, question))
  return judge(problem, chosen, question.limit)
}

/** People covered with 0, 1, 2 … new sites by adding the one that helps most each time, until none helps. */
export function greedyCurve(problem: SitingProblem, limit: number, most: number): { sites: number, covered: number }[] {
  const curve = [
    { sites: 0, covered: judge(problem, [], limit).covered },
  ]
  const chosen = grow(problem, {
    goal: 'mclp',
    limit,
    sites: most,
    budget: null,
    capacities: false,
  })
  chosen.forEach((_, k) => curve.push({ sites: k + 1, covered: judge(problem, chosen.slice(0, k + 1), limit).covered }))
  return curve
}

/** A walk longer than any: who has no site at all. */
const nobody = 1e7

/** How good distances to the nearest sites are: the larger the better. */
function valueOf({ demand }: SitingProblem, { goal, limit }: SitingQuestion, nearest: Float64Array): number {
  let value = 0
  for (let i = 0; i < demand.length; i++) {
    const people = demand[i]!
    if (people === 0)
      continue
    const distance = nearest[i]!
    if (goal === 'mclp') {
      value += distance <= limit
        ? people
        : 0
    }
    else if (goal === 'p-center') {
      value = Math.min(value, -Math.min(distance, nobody))
    }
    else {
      value -= people * Math.min(distance, nobody)
    }
  }
  return value
}

function withSite(nearest: Float64Array, { points, distances }: SitingProblem['sites'][number]): Float64Array {
  const next = nearest.slice()
  for (let k = 0; k < points.length; k++)
    next[points[k]!] = Math.min(next[points[k]!]!, distances[k]!)
  return next
}

function grow(problem: SitingProblem, question: SitingQuestion): number[] {
  const { sites } = problem
  const chosen: number[] = []
  let spent = 0
  let nearest = nearestOf(problem, [
    ...sites.keys(),
  ].filter(j => sites[j]!.fixed))
  for (;;) {
    const now = valueOf(problem, question, nearest)
    let best = -1
    let most = 0
    for (let j = 0; j < sites.length; j++) {
      const site = sites[j]!
      if (site.fixed || chosen.includes(j) || !affords(question, chosen.length, spent, site.cost))
        continue
      const gain = valueOf(problem, question, withSite(nearest, site)) - now
      // With a budget it is the gain for the money that counts.
      const worth = question.budget === null || site.cost <= 0
        ? gain
        : gain / site.cost
      if (worth > most || (best < 0 && question.goal !== 'mclp' && gain >= 0)) {
        most = worth
        best = j
      }
    }
    if (best < 0)
      return chosen
    chosen.push(best)
    spent += sites[best]!.cost
    nearest = withSite(nearest, sites[best]!)
  }
}

function exchange(problem: SitingProblem, question: SitingQuestion, first: number[]): number[] {
  const { sites } = problem
  const fixed = [
    ...sites.keys(),
  ].filter(j => sites[j]!.fixed)
  let chosen = first
  let value = valueOf(problem, question, nearestOf(problem, [
    ...fixed,
    ...chosen,
  ]))
  for (let round = 0; round < 20; round++) {
    let better: number[] | null = null
    for (let k = 0; k < chosen.length; k++) {
      const others = chosen.filter((_, i) => i !== k)
      const spent = others.reduce((sum, j) => sum + sites[j]!.cost, 0)
      const nearest = nearestOf(problem, [
        ...fixed,
        ...others,
      ])
      for (let j = 0; j < sites.length; j++) {
        if (sites[j]!.fixed || chosen.includes(j) || !affords(question, others.length, spent, sites[j]!.cost))
          continue
        const next = valueOf(problem, question, withSite(nearest, sites[j]!))
        if (next > value + 1e-9) {
          value = next
          better = [...others, j]
        }
      }
    }
    if (!better)
      return chosen
    chosen = better
  }
  return chosen
}

/** Sites until everybody is within the limit who can be; the one that covers most people not yet covered each time. */
function cover(problem: SitingProblem, { limit }: SitingQuestion): number[] {
  const { demand, sites } = problem
  const open = new Set([
    ...demand.keys(),
  ].filter(i => demand[i]! > 0))
  const take = (j: number) => sites[j]!.points.forEach((i, k) => sites[j]!.distances[k]! <= limit && open.delete(i))
  sites.forEach((site, j) => site.fixed && take(j))
  const chosen: number[] = []
  for (;;) {
    let best = -1
    let most = 0
    sites.forEach(({ points, distances, cost }, j) => {
      let fresh = 0
      for (let k = 0; k < points.length; k++) {
        fresh += distances[k]! <= limit && open.has(points[k]!)
          ? 1
          : 0
      }
      const worth = fresh / Math.max(cost, 1e-9)
      if (worth > most) {
        most = worth
        best = j
      }
    })
    if (best < 0)
      return chosen
    chosen.push(best)
    take(best)
  }
}
