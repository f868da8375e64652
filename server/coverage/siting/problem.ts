/** Whom each possible site serves: demand points and walks, in no order. Sites that exist are fixed: they stay whatever is chosen. */
export interface SitingProblem {
  /** people at each demand point */
  demand: Float64Array
  sites: Site[]
}

export interface Site {
  id: string
  fixed: boolean
  /** in any currency; what a budget is spent on */
  cost: number
  /** people that it can take; null = any number */
  capacity: number | null
  /** demand points that can walk to it, and how far: seconds, or whatever the distances are in */
  points: Int32Array
  distances: Float64Array
}

/**
 * mclp: most people within the limit with so many new sites or such a budget (Church and ReVelle 1974); lscp: fewest new sites (or least
 * cost) that leave nobody outside (Toregas 1971); p-median: least walking of all; p-center: shortest longest walk (Hakimi 1964).
 */
export type SitingGoal = 'mclp' | 'lscp' | 'p-median' | 'p-center'

export interface SitingQuestion {
  goal: SitingGoal
  /** longest walk that counts for mclp and lscp, in the distances' unit, inclusive */
  limit: number
  /** new sites at most; null = no such bound */
  sites: number | null
  /** to be spent on new sites at most; null = no such bound */
  budget: number | null
  /** mclp only: whether a site takes no more people than its capacity */
  capacities: boolean
}

export interface Siting {
  /** numbers of all sites that stand: fixed ones and chosen ones */
  chosen: number[]
  /** people within the limit of a site that stands (with capacities: for whom there is room) */
  covered: number
  /** Σ people · distance to the nearest site that stands, over those that have one */
  walked: number
  /** distance of whoever is furthest, of those that have a site at all */
  furthest: number
  /** demand points with people for whom no site stands within the limit */
  outside: number[]
  /** what the new sites cost */
  cost: number
}

/** Figures of a choice of sites, whatever it was chosen for; capacities apart, see `coveredWithin`. */
export function judge({ demand, sites }: SitingProblem, chosen: Iterable<number>, limit: number): Siting {
  const standing = [
    ...new Set([
      ...sites.keys(),
    ].filter(j => sites[j]!.fixed).concat(...chosen)),
  ].sort((a, b) => a - b)
  const nearest = nearestOf({ demand, sites }, standing)
  const outside: number[] = []
  let [covered, walked, furthest] = [0, 0, 0]
  for (let i = 0; i < demand.length; i++) {
    if (demand[i] === 0)
      continue
    if (nearest[i]! <= limit)
      covered += demand[i]!
    else
      outside.push(i)
    if (nearest[i] !== Infinity) {
      walked += demand[i]! * nearest[i]!
      furthest = Math.max(furthest, nearest[i]!)
    }
  }
  return {
    chosen: standing,
    covered,
    walked,
    furthest,
    outside,
    cost: standing.reduce((sum, j) => sum + (sites[j]!.fixed
      ? 0
      : sites[j]!.cost), 0),
  }
}

/** Distance of each demand point to the nearest of some sites; Infinity = none. */
export function nearestOf({ demand, sites }: SitingProblem, standing: Iterable<number>): Float64Array {
  const nearest = new Float64Array(demand.length).fill(Infinity)
  for (const j of standing) {
    const { points, distances } = sites[j]!
    points.forEach((i, k) => {
      if (distances[k]! < nearest[i]!)
        nearest[i] = distances[k]!
    })
  }
  return nearest
}

/** People for whom no site at all lies within the limit, even if all stood: nothing that is chosen can serve them. */
export function beyondAll(problem: SitingProblem, limit: number): number[] {
  const nearest = nearestOf(problem, problem.sites.keys())
  return [
    ...problem.demand.keys(),
  ].filter(i => problem.demand[i]! > 0 && (nearest[i]! > limit || nearest[i] === Infinity))
}

/** Whether another site may still be added. */
export function affords({ sites, budget }: SitingQuestion, chosen: number, spent: number, cost: number): boolean {
  return (sites === null || chosen < sites) && (budget === null || spent + cost <= budget + 1e-9)
}
