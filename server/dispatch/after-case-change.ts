import type { CaseAction, CaseStatus } from '#contract/case.ts'
import type { AssignmentEnd, AssignmentState } from '#contract/dispatch.ts'
import { caseStatusesOf, isOpen } from './assignment-steps.ts'

export interface ChangedCase {
  action: CaseAction
  status: CaseStatus
  assignee: string | null
  resolvedBy: string | null
}

export type AssignmentAfter = { state: AssignmentState, end: AssignmentEnd | null } | 'unchanged'

/**
 * What becomes of an open assignment when its case changes by another way than its own steps, as when somebody at the desk
 * solves it while the worker walks. So there are never two truths: what the case says holds.
 */
export function afterCaseChange(assignment: { state: AssignmentState, officer: string }, changed: ChangedCase): AssignmentAfter {
  if (!isOpen(assignment.state))
    return 'unchanged'
  switch (changed.status) {
    case 'resolved':
    case 'closed':
    case 'archived':
      return changed.resolvedBy === assignment.officer
        ? { state: 'done', end: null }
        : { state: 'overtaken', end: 'resolved' }
    case 'merged':
      return { state: 'overtaken', end: 'merged' }
    case 'suspended':
      return { state: 'overtaken', end: 'suspended' }
    case 'return-requested':
      return { state: 'overtaken', end: 'returned' }
    case 'registered':
    case 'reopened':
      return { state: 'recalled', end: 'recalled' }
  }
  if (changed.assignee !== assignment.officer)
    return { state: 'overtaken', end: 'given-to-other' }
  if (caseStatusesOf[assignment.state].includes(changed.status))
    return 'unchanged'
  return changed.status === 'dispatched'
    ? { state: 'recalled', end: 'recalled' }
    : { state: 'accepted', end: null } // 签收 by the case's own way
}
