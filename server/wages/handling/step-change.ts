import type { HandlingStepInput } from '#contract/wage-handling.ts'
import type { HandlingRow } from '../../../db/queries/wage-handlings.ts'
import type { HandlingRule } from './handling-steps.ts'

/** The handling after a step that may be taken. Pure. */
export function afterStep(row: HandlingRow, { step, outcome, to, isWork }: HandlingRule, input: HandlingStepInput, actor: string): HandlingRow {
  const after: HandlingRow = {
    ...row,
    version: row.version + 1,
    state: to === 'unchanged'
      ? row.state
      : to,
    workedBy: isWork
      ? [
          ...new Set([...row.workedBy, actor]),
        ]
      : row.workedBy,
  }
  switch (step) {
    case 'check':
      return { ...after, foundYuan: input.yuan!, foundPeople: input.people! }
    case 'pay':
      return { ...after, paidYuan: row.paidYuan + input.yuan!, paidPeople: row.paidPeople + input.people! }
    case 'call-back':
      return outcome === 'confirmed'
        ? { ...after, confirmed: true }
        : withoutProofs(after)
    case 'propose-close':
      return { ...after, closeProposedBy: actor }
    case 'send-back':
      return { ...after, closeProposedBy: null }
    case 'close':
      return { ...after, closedAs: outcome as 'paid' | 'unfounded', closedOn: input.on }
    case 'reopen':
      return {
        ...withoutProofs(after),
        closeProposedBy: null,
        closedAs: null,
        closedOn: null,
        workedBy: [],
      }
    default:
      return after
  }
}

/** What was proved is not believed any more. */
function withoutProofs(row: HandlingRow): HandlingRow {
  return {
    ...row,
    paidYuan: 0,
    paidPeople: 0,
    confirmed: false,
  }
}
