import type { Siting, SitingProblem, SitingQuestion } from '#coverage/siting/problem.ts'
import type { Candidate } from '#coverage/siting/town-problem.ts'
import { beyondAll } from '#coverage/siting/problem.ts'

/** What a search for sites came to. */
export interface SitingOutcome {
  question: SitingQuestion
  candidates: Candidate[]
  siting: Siting
  /** the new sites */
  chosen: Candidate[]
  isProven: boolean
  /** |bound − best| / |best| */
  gap: number
  /** people in the reach of no candidate and of nothing that stands */
  leftOut: number
  /** demand points of these */
  leftOutPlaces: number[]
  curve: { sites: number, covered: number }[]
}

export interface SitingSearch { problem: SitingProblem, question: SitingQuestion, candidates: Candidate[], curve: SitingOutcome['curve'] }

export function outcomeOf({ problem, question, candidates, curve }: SitingSearch, { siting, proven, gap }: { siting: Siting, proven: boolean, gap: number }): SitingOutcome {
  const ids = new Set(siting.chosen.filter(j => !problem.sites[j]!.fixed).map(j => problem.sites[j]!.id))
  const leftOutPlaces = beyondAll(problem, question.limit)
  return {
    question,
    candidates,
    siting,
    chosen: candidates.filter(({ id }) => ids.has(id)),
    isProven: proven,
    gap,
    leftOut: leftOutPlaces.reduce((sum, i) => sum + problem.demand[i]!, 0),
    leftOutPlaces,
    curve,
  }
}
