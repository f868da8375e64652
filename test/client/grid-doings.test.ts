import type { AssignmentState } from '#contract/dispatch.ts'
import type { CaseStatus } from '#contract/case.ts'
import { expect, it } from 'vitest'
import { after, caseDoings, nextDoings, stepDoings } from '../../client/grid/next-actions.ts'
import { transitions } from '../../server/cases/transitions.ts'
import { assignmentSteps } from '../../server/dispatch/assignment-steps.ts'

it('what the phone offers for a case is in the server\'s table, for grid workers, and leads where it says', () => {
  for (const [status, doings] of Object.entries(caseDoings) as [CaseStatus, readonly string[]][]) {
    for (const doing of doings) {
      const row = transitions.find(({ action, from }) => action === doing && from.includes(status))
      expect(row?.who.grid, `${doing} from ${status}`).toBe('own')
      expect(row!.to).toBe(after({ status, assignment: null }, doing as 'accept').status)
    }
  }
})

it('the steps of an assignment too', () => {
  for (const [state, doings] of Object.entries(stepDoings) as [AssignmentState, readonly string[]][]) {
    for (const doing of doings) {
      const row = assignmentSteps.find(({ step, from }) => `step-${step}` === doing && from.includes(state))
      expect(row?.by, `${doing} from ${state}`).toBe('worker')
      const { assignment } = after({ status: 'dispatched', assignment: state }, doing as 'step-accept')
      expect(assignment).toBe(row!.to === 'unchanged'
        ? state
        : row!.to)
    }
  }
})

it('whoever was sent goes by the assignment, and may still ask for more time', () => {
  expect(nextDoings({ status: 'in-progress', assignment: 'arrived' })).toEqual(['step-done', 'step-help', 'request-extension'])
  expect(nextDoings({ status: 'in-progress', assignment: null })).toEqual(['resolve', 'request-extension'])
  expect(nextDoings({ status: 'return-requested', assignment: null })).toEqual([])
})
