import type { CaseAction, CaseStatus } from '#contract/case.ts'
import type { AssignmentState, AssignmentStep } from '#contract/dispatch.ts'

export type CaseDoing = Extract<CaseAction, 'accept' | 'start' | 'resolve' | 'request-return' | 'request-extension'>
export type StepDoing = `step-${Extract<AssignmentStep, 'accept' | 'decline' | 'en-route' | 'arrive' | 'done' | 'help'>}`
/** What a grid worker does: to the case, or as a step of the assignment that sent him. */
export type Doing = CaseDoing | StepDoing

/** Where somebody stands with a task, as far as this phone knows. */
export interface Standing { status: CaseStatus, assignment: AssignmentState | null }

/**
 * What may be done in which state, the next step first: the rows of server/cases/transitions.ts and server/dispatch/assignment-steps.ts
 * that a phone without a network has to know. A test compares them with those tables.
 */
export const caseDoings: Partial<Record<CaseStatus, readonly CaseDoing[]>> = {
  'dispatched': ['accept', 'request-return'],
  'accepted': ['start', 'request-extension', 'request-return'],
  'in-progress': ['resolve', 'request-extension'],
  'extension-requested': ['resolve'],
  'reopened': ['start'],
}
export const stepDoings: Partial<Record<AssignmentState, readonly StepDoing[]>> = {
  'offered': ['step-accept', 'step-decline'],
  'accepted': ['step-en-route', 'step-arrive', 'step-help'],
  'en-route': ['step-arrive', 'step-help'],
  'arrived': ['step-done', 'step-help'],
}

const leadsTo: Record<Doing, Partial<Standing>> = {
  'accept': { status: 'accepted' },
  'start': { status: 'in-progress' },
  'resolve': { status: 'resolved' },
  'request-return': { status: 'return-requested' },
  'request-extension': { status: 'extension-requested' },
  'step-accept': { assignment: 'accepted', status: 'accepted' },
  'step-decline': { assignment: 'declined' },
  'step-en-route': { assignment: 'en-route' },
  'step-arrive': { assignment: 'arrived', status: 'in-progress' },
  'step-done': { assignment: 'done', status: 'resolved' },
  'step-help': {},
}

/** Where it stands once this has been done. */
export function after(standing: Standing, doing: Doing): Standing {
  return {
    ...standing,
    ...leadsTo[doing],
  }
}

/** Whoever was sent goes by the steps of his assignment; what only the case knows (more time) comes after them. */
export function nextDoings({ status, assignment }: Standing): readonly Doing[] {
  const ofCase = caseDoings[status] ?? []
  const steps = assignment === null
    ? undefined
    : stepDoings[assignment]
  return steps
    ? [
        ...steps,
        ...ofCase.filter(doing => doing === 'request-extension'),
      ]
    : ofCase
}
