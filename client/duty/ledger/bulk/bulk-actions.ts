import type { CaseNeed } from '#contract/case-work.ts'
import type { CaseAction, CaseActionInput, CaseFeature } from '#contract/case.ts'
import type { Role } from '#contract/role.ts'
import type { RulesInForce } from '#contract/rules.ts'

export interface BulkAction {
  action: CaseAction
  needs: CaseNeed[]
  /** Those of the chosen that are in a state from which the table knows this step. */
  fitting: CaseFeature[]
}

/** What can be said once for many cases. A call-back, a ruling, a proof and a place belong to one case each. */
const saidForMany: readonly CaseNeed[] = [
  'reason',
  'assignee',
  'planDate',
  'into',
]

/** Steps of the table that this role may do to some of the chosen cases at once, in the table's order. */
export function bulkActions(transitions: RulesInForce['transitions'], role: Role, chosen: readonly CaseFeature[]): BulkAction[] {
  return transitions
    .filter(({ outcome, needs, who }) => outcome === null && role in who && needs.every(need => saidForMany.includes(need)))
    .map(({ action, needs, from }) => ({
      action,
      needs,
      fitting: chosen.filter(({ properties }) => from.includes(properties.status)),
    }))
    .filter(({ fitting }) => fitting.length > 0)
}

/**
 * The step that leads a case back to where it was before `action`, where the table has one: recorded like any other, since what
 * was done has been seen. null: there is none, or it would leave something behind. `reopened`, for one, cannot be come back to.
 */
export function wayBack(action: CaseAction, { status, assignee }: CaseFeature['properties'], reason: string): { action: CaseAction, input: CaseActionInput } | null {
  if (action === 'dispatch' && status === 'registered' && assignee === null) {
    return {
      action: 'recall',
      input: { reason },
    }
  }
  if (action === 'dispatch' && status === 'dispatched' && assignee !== null) {
    return {
      action: 'dispatch',
      input: { assignee, reason },
    }
  }
  if (action === 'merge' && status === 'registered' && assignee === null) {
    return {
      action: 'split',
      input: { reason },
    }
  }
  return action === 'suspend' && status === 'in-progress'
    ? {
        action: 'resume',
        input: { reason },
      }
    : null
}
