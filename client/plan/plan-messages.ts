import type { AreaCoverage, KindCoverage } from '#contract/coverage.ts'
import type { Feature } from '#contract/geometry.ts'
import type { PlanContent } from '#contract/plan.ts'
import type { Opening } from '#coverage/openings.ts'
import type { BuildingRow, PlanFigures } from '#coverage/plan/planner.ts'
import type { PlanStep, PlanView } from '#coverage/plan/plan-step.ts'
import type { CaseHomes, PlanPicture, PlanReport, RatesByRegion } from '#coverage/plan/plan-report.ts'
import type { Siting, SitingProblem, SitingQuestion } from '#coverage/siting/problem.ts'
import type { Impossible, Progress, Solved } from '#coverage/siting/solve.ts'
import type { Candidate } from '#coverage/siting/town-problem.ts'
import type { UnlinkedHouse } from '#coverage/unlinked-houses.ts'
import type { PlanGround } from './report/plan-ground.ts'
import type { PlanDataRecords } from '../../server/care/read-plan-data.ts'

/** What the page and its two workers say to each other. */
export type ToPlanWorker
  = | { data: PlanDataRecords }
    | { content: PlanContent, number: number }
    | { site: SitingQuestion, candidates: Candidate[] }
    | { report: true }
    | { cases: PlacedCase[] }
    | { compare: [PlanContent, PlanContent] }
    | { wantsHouses: boolean }

/** An open elder-care case with where it is. */
export interface PlacedCase { id: string, lng: number, lat: number }

export interface GreedyAnswer {
  problem: SitingProblem
  useless: string[]
  candidates: Candidate[]
  greedy: Siting
  curve: { sites: number, covered: number }[]
  question: SitingQuestion
  /** who is in the reach of no candidate and of nothing that stands */
  beyond: { community: string | null, people: number }[]
}

/** A plan as the page holds it. */
export interface PlanAnswer extends PlanView {
  number: number
  /** how long the step took */
  milliseconds: number
}

/** What is told once a drag rests: by subdistrict and grid, each kind of facility by itself, and whom no street leads to. */
export interface PlanAreas { subdistricts: AreaCoverage[], grids: AreaCoverage[], kinds: KindCoverage[], unlinked: UnlinkedHouse[] }

/** One of two plans that stand side by side. */
export interface ComparedPlan extends RatesByRegion, PlanPicture {
  content: PlanContent
  figures: PlanFigures
}

/** Without any change, under the settings given. */
export interface PresentState { settings: PlanContent['settings'], missed: Feature[], people: number }

export type FromPlanWorker
  = | { number: number, step: PlanStep, milliseconds: number }
    | { number: number, reach: Feature[] }
    | { number: number, areas: PlanAreas }
    | { number: number, houses: BuildingRow[] }
    | { number: number, gap: string, opening: Opening | null }
    | GreedyAnswer
    | { report: PlanReport, ground: PlanGround }
    | { present: PresentState }
    | { compared: [ComparedPlan, ComparedPlan], ground: PlanGround }
    | { caseHomes: CaseHomes }
    | { failed: string }

export interface ToSitingWorker { problem: SitingProblem, question: SitingQuestion }
export type FromSitingWorker = { progress: Progress } | { solved: Solved | Impossible } | { failed: string }
