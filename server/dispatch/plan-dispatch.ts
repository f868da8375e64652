import type { z } from 'zod'
import type { DispatchPlan, DispatchPlanInput, DispatchPlans, SuggestedOfficer } from '#contract/dispatch.ts'
import type { Assigned } from './assign-many.ts'
import type { DispatchContext } from './suggest-for-case.ts'
import loadHighs from 'highs'
import { readCaseState } from '../../db/queries/case-states.ts'
import { assignBest, assignInTurn } from './assign-many.ts'
import { suggestForCase } from './suggest-for-case.ts'

/** WebAssembly, loaded when it is first asked for. */
let highs: ReturnType<typeof loadHighs> | undefined

/**
 * Who to send where when many cases wait: the best way of all, and beside it what going down the list would give. Nothing is sent:
 * an officer looks at it, and each offer goes the usual way. `cases` in the order of the list.
 */
export async function planDispatch(context: DispatchContext, { cases, perOfficer }: z.output<typeof DispatchPlanInput>): Promise<DispatchPlans> {
  const waiting: { id: string, weight: number, suggested: SuggestedOfficer[] }[] = []
  const notWaiting: string[] = []
  for (const id of new Set(cases)) {
    const item = await readCaseState(context.sql, id)
    if (item && (item.status === 'registered' || item.status === 'reopened'))
      waiting.push({ id, weight: context.rules.dispatch.planWeights[item.urgency], suggested: (await suggestForCase(context, item)).suggested })
    else
      notWaiting.push(id)
  }
  return {
    best: told(assignBest(await (highs ??= loadHighs()), waiting, perOfficer)),
    inTurn: told(assignInTurn(waiting, perOfficer)),
    notWaiting,
  }
}

function told({ given, left }: Assigned<SuggestedOfficer>): DispatchPlan {
  const minutes = given.map(({ officer }) => officer.minutes).filter(minutes => minutes !== null)
  return {
    given: given.map(({ case: id, officer: { officer, name, score, minutes, words } }) => ({
      case: id,
      officer,
      name,
      score,
      minutes,
      words,
    })),
    left,
    score: given.reduce((sum, { officer }) => sum + officer.score, 0),
    minutes: minutes.reduce((sum, one) => sum + one, 0),
    unknownMinutes: given.length - minutes.length,
  }
}
