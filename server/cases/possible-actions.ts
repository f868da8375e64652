import type { PossibleAction } from '#contract/case-work.ts'
import type { CaseState } from './case-state.ts'
import type { Guard, GuardContext } from './guards.ts'
import { mayAct } from './decide.ts'
import { guards } from './guards.ts'
import { transitions } from './transitions.ts'

/** These look at what is typed in; they speak when it is there. */
const aboutInput: readonly Guard[] = ['plan-ahead', 'plan-still-ahead', 'mergeable']

/** What this person may do to the case now, in the order of the table; with what it waits for where the rules say not yet. */
export function possibleActions(state: CaseState, context: Omit<GuardContext, 'input' | 'target'>): PossibleAction[] {
  return transitions.filter(row => row.from.includes(state.status) && mayAct(state, row.who, context)).map((row) => {
    const refused = (row.guards ?? [])
      .filter(guard => !aboutInput.includes(guard))
      .map(guard => ({
        guard,
        refusal: guards[guard](state, { ...context, input: {}, target: null }),
      }))
      .find(({ refusal }) => refusal !== null)
    return {
      action: row.action,
      outcome: row.outcome ?? null,
      name: row.name,
      to: row.to === 'unchanged'
        ? state.status
        : row.to,
      needs: [
        ...row.needs ?? [],
      ],
      refusal: refused?.refusal ?? null,
      guard: refused?.guard ?? null,
    }
  })
}
