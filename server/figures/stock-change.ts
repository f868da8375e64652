import type { CaseStatus } from '#contract/case.ts'
import type { StockChange } from '#contract/figures.ts'
import type { CaseRules } from '../cases/terms.ts'
import { finalStatuses } from '../cases/case-state.ts'
import { byKey } from './case-rates.ts'

/** What is needed of a case to say at any moment whether it was in the stock. Times in ms. */
export interface DissatisfiedHistory {
  id: string
  key: string | null
  reportedAt: number
  /** As it stands now. */
  status: CaseStatus
  dissatisfiedInRow: number
  calledBackAt: number | null
  closedAt: number | null
  /** Oldest first. */
  steps: { at: number, toStatus: CaseStatus, answer: 'satisfied' | 'dissatisfied' | null }[]
}

/** The stock of 连续不满意 at both ends of [from, until), and what came and went between. */
export function stockChange(histories: readonly DissatisfiedHistory[], { from, until, rules: { consecutiveFrom, ranking } }: { from: number, until: number, rules: Pick<CaseRules, 'consecutiveFrom' | 'ranking'> }): StockChange {
  const empty = () => ({
    atStart: 0,
    entered: 0,
    left: 0,
    atEnd: 0,
  })
  const all = empty()
  const groups = new Map<string | null, ReturnType<typeof empty>>()
  for (const history of histories) {
    const before = inStock(history, from, consecutiveFrom)
    const after = inStock(history, until, consecutiveFrom)
    if (!before && !after)
      continue
    const group = groups.get(history.key) ?? empty()
    groups.set(history.key, group)
    for (const counted of [all, group]) {
      counted.atStart += Number(before)
      counted.entered += Number(!before && after)
      counted.left += Number(before && !after)
      counted.atEnd += Number(after)
    }
  }
  return {
    from: consecutiveFrom,
    ...all,
    groups: [...groups].map(([key, counted]) => ({ key, ...counted })).sort((a, b) => (ranking
      ? b.atEnd - a.atEnd || b.entered - a.entered
      : 0) || byKey(a, b)),
  }
}

/** Whether it was open, with enough dissatisfied call-backs in a row behind it, just before the moment. */
export function inStock(history: DissatisfiedHistory, moment: number, consecutiveFrom: number): boolean {
  return dissatisfiedInRowAt(history, moment) >= consecutiveFrom
}

/** How many call-backs in a row had ended dissatisfied just before the moment; 0 where the case was not open then. */
export function dissatisfiedInRowAt(history: DissatisfiedHistory, moment: number): number {
  if (history.reportedAt >= moment)
    return 0
  const { since, number } = broughtAlong(history)
  let inRow = since < moment
    ? number
    : 0
  const past = history.steps.filter(({ at }) => at < moment)
  for (const { answer } of past) {
    if (answer === 'satisfied')
      inRow = 0
    if (answer === 'dissatisfied')
      inRow++
  }
  return wasOpen(history, past.at(-1), moment)
    ? inRow
    : 0
}

/**
 * Dissatisfied call-backs of another system's that an imported case came with: what its own steps do not explain. Nobody says
 * when they took place; without call-backs here the last one's day stands for all, else the day of the report.
 */
function broughtAlong({ steps, dissatisfiedInRow, calledBackAt, reportedAt }: DissatisfiedHistory) {
  const answers = steps.filter(({ answer }) => answer !== null)
  return {
    since: answers.length === 0
      ? calledBackAt ?? reportedAt
      : reportedAt,
    number: answers.some(({ answer }) => answer === 'satisfied')
      ? 0
      : Math.max(0, dissatisfiedInRow - answers.length),
  }
}

function wasOpen(history: DissatisfiedHistory, last: DissatisfiedHistory['steps'][number] | undefined, moment: number): boolean {
  if (last)
    return !finalStatuses.includes(last.toStatus)
  if (history.steps.length > 0)
    return true
  return !finalStatuses.includes(history.status) || (history.closedAt !== null && history.closedAt >= moment)
}
