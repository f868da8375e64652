import type { Feature } from '#contract/geometry.ts'
import type { PlanContent } from '#contract/plan.ts'
import type { Opening } from '#coverage/openings.ts'
import type { CensusDifference, PlanFigures } from '#coverage/plan/planner.ts'
import type { PlanReport } from '#coverage/plan/plan-report.ts'
import type { Siting, SitingProblem, SitingQuestion } from '#coverage/siting/problem.ts'
import type { Progress, Solved } from '#coverage/siting/solve.ts'
import type { Candidate } from '#coverage/siting/town-problem.ts'
import type { PlanDataRecords } from '../../server/care/read-plan-data.ts'

/** What the page and its two workers say to each other. */
export type ToPlanWorker
  = | { data: PlanDataRecords }
    | { content: PlanContent, number: number }
    | { site: SitingQuestion, candidates: Candidate[] }
    | { report: true }

export interface GateInPlan { id: number, name: string | null, open: boolean, lng: number, lat: number }

export interface GreedyAnswer {
  problem: SitingProblem
  useless: string[]
  candidates: Candidate[]
  greedy: Siting
  curve: { sites: number, covered: number }[]
  question: SitingQuestion
}

export interface PlanAnswer {
  number: number
  figures: PlanFigures
  missed: Feature[]
  /** how long the figures took */
  milliseconds: number
  gates: GateInPlan[]
  census: CensusDifference[]
}

/** Without any change, under the settings given. */
export interface PresentState { settings: PlanContent['settings'], missed: Feature[], people: number }

export type FromPlanWorker
  = | PlanAnswer
    | { number: number, reach: Feature[] }
    | { number: number, gap: string, opening: Opening | null }
    | GreedyAnswer
    | { report: PlanReport }
    | { present: PresentState }
    | { failed: string }

export interface ToSitingWorker { problem: SitingProblem, question: SitingQuestion }
export type FromSitingWorker = { progress: Progress } | { solved: Solved | { impossible: string, least: number | null } } | { failed: string }
