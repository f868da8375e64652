import type { AssignmentState, AssignmentStep, AssignmentStepInput } from '#contract/dispatch.ts'
import type { Step, StepRow } from './assignment-steps.ts'
import { assignmentSteps, isOpen } from './assignment-steps.ts'

export interface AssignmentFacts {
  state: AssignmentState
  officer: string
  nearAt: Date | null
  helpAt: Date | null
}
export interface StepActor { id: string, role: string, officer?: string | null }

export type StepDecision
  = | { ok: StepRow }
    | { refused: 'not-allowed', detail: string }
    | { refused: 'missing', errors: { path: string, message: string }[] }
    /** It is no longer, or not yet, in a state where that can be done. */
    | { refused: 'stale', detail: string }

/** Whether somebody may do a step now. Pure. */
export function decideStep(facts: AssignmentFacts, step: Step, input: AssignmentStepInput, actor: StepActor): StepDecision {
  const row = assignmentSteps.find(row => row.step === step)!
  if (!mayStep(row, facts, actor)) {
    return {
      refused: 'not-allowed',
      detail: row.by === 'worker'
        ? `Only the officer who was sent can ${step}.`
        : `The role ${actor.role} may not ${step}.`,
    }
  }
  const errors = (row.needs ?? []).filter(need => input[need] === undefined).map(need => ({ path: need, message: `${step} needs ${need}` }))
  if (errors.length > 0)
    return { refused: 'missing', errors }
  if (!row.from.includes(facts.state) || !isUseful(row, facts))
    return { refused: 'stale', detail: `An assignment that is ${facts.state} cannot ${step}; possible from ${row.from.join(', ')}.` }
  return { ok: row }
}

/** What somebody may do now, for the buttons of a page. */
export function possibleSteps(facts: AssignmentFacts, actor: StepActor): AssignmentStep[] {
  return assignmentSteps
    .filter(row => row.by !== 'program' && row.from.includes(facts.state) && isUseful(row, facts) && mayStep(row, facts, actor))
    .map(row => row.step as AssignmentStep)
}

function mayStep({ by }: StepRow, { officer }: AssignmentFacts, actor: StepActor): boolean {
  switch (by) {
    case 'worker':
      return actor.role === 'grid' && actor.officer === officer
    case 'desk':
      return actor.role === 'duty'
    case 'program':
      return actor.role === 'system'
  }
}

/** Help is answered where it was asked for, and an arrival is noticed once. */
function isUseful({ step }: StepRow, { nearAt, helpAt, state }: AssignmentFacts): boolean {
  if (step === 'helped')
    return helpAt !== null
  return step !== 'near' || (nearAt === null && isOpen(state))
}
