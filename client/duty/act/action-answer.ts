import type { PossibleAction } from '#contract/case-work.ts'
import type { CaseActionInput } from '#contract/case.ts'

/** What somebody typed into the form of an action. */
export interface ActionDraft {
  reason: string
  evidence: string
  /** Ids of files that were sent. */
  files: string[]
  planDate: string
  /** Of a call-back that does not end well: what of it, one of `shortfalls`. */
  shortfall: Shortfall | ''
  assignee: string
  into: string
}

export const emptyDraft: ActionDraft = {
  reason: '',
  evidence: '',
  files: [],
  planDate: '',
  shortfall: '',
  assignee: '',
  into: '',
}

/** Both questions of a call-back are always asked (是否解决, 是否满意): which of them was answered no. */
export const shortfalls = {
  unsolved: { satisfied: false, solved: false },
  unpleased: { satisfied: false, solved: true },
  unfinished: { satisfied: true, solved: false },
} satisfies Record<string, CaseActionInput>
export type Shortfall = keyof typeof shortfalls

/** What each answer of an action means on the wire. */
const answers: Record<string, CaseActionInput> = {
  granted: { granted: true },
  denied: { granted: false },
  satisfied: { satisfied: true, solved: true },
  unreached: { satisfied: null },
}

/** A plan date that is not needed may still be given: a review may date the plan anew. */
const mayPlan = ['review']

/** Fields that the form shows for an answer of the action, those that must be filled marked. */
export function fieldsOf({ action, needs }: Pick<PossibleAction, 'action' | 'needs'>): { field: Exclude<keyof ActionDraft, 'files' | 'shortfall'>, required: boolean }[] {
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
  // A photo is as good a proof as words.
  const isThere = (field: typeof fields[number]['field']) => draft[field].trim() !== '' || (field === 'evidence' && draft.files.length > 0)
  if (fields.some(({ field, required }) => required && !isThere(field)))
    return null
  const isShort = possible.outcome === 'dissatisfied'
  if (isShort && draft.shortfall === '')
    return null
  const input: CaseActionInput = {
    ...answers[possible.outcome ?? ''],
    ...(isShort && shortfalls[draft.shortfall as Shortfall]),
  }
  for (const { field } of fields) {
    const value = draft[field].trim()
    if (!isThere(field))
      continue
    if (field === 'evidence') {
      input.evidence = [
        ...value === ''
          ? []
          : [
              { kind: 'text' as const, text: value },
            ],
        ...draft.files.map(upload => ({ kind: 'photo' as const, upload })),
      ]
    }
    else {
      input[field] = value
    }
  }
  return input
}
