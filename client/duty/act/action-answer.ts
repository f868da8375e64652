import type { PossibleAction } from '#contract/case-work.ts'
import type { CaseActionInput } from '#contract/case.ts'

/** What somebody typed into the form of an action. */
export interface ActionDraft {
  reason: string
  evidence: string
  planDate: string
  assignee: string
  into: string
}

export const emptyDraft: ActionDraft = {
  reason: '',
  evidence: '',
  planDate: '',
  assignee: '',
  into: '',
}

/** What each answer of an action means on the wire. */
const answers: Record<string, CaseActionInput> = {
  granted: { granted: true },
  denied: { granted: false },
  satisfied: { satisfied: true, solved: true },
  dissatisfied: { satisfied: false },
  unreached: { satisfied: null },
}

/** A plan date that is not needed may still be given: a review may date the plan anew. */
const mayPlan = ['review']

/** Fields that the form shows for an answer of the action, those that must be filled marked. */
export function fieldsOf({ action, needs }: Pick<PossibleAction, 'action' | 'needs'>): { field: keyof ActionDraft, required: boolean }[] {
  const order = [
    'assignee',
    'into',
    'evidence',
    'planDate',
    'reason',
  ] as const
  return order.flatMap((field) => {
    const required = needs.includes(field)
    const offered = required || field === 'reason' || (field === 'planDate' && mayPlan.includes(action))
    return offered
      ? [
          { field, required },
        ]
      : []
  })
}

/** The form as the server takes it; null while something needed is missing. */
export function answerOf(possible: Pick<PossibleAction, 'action' | 'needs' | 'outcome'>, draft: ActionDraft): CaseActionInput | null {
  const fields = fieldsOf(possible)
  if (fields.some(({ field, required }) => required && draft[field].trim() === ''))
    return null
  const input: CaseActionInput = {
    ...answers[possible.outcome ?? ''],
  }
  for (const { field } of fields) {
    const value = draft[field].trim()
    if (value === '')
      continue
    if (field === 'evidence') {
      input.evidence = [
        { kind: 'text', text: value },
      ]
    }
    else {
      input[field] = value
    }
  }
  return input
}
