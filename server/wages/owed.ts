import type { WageMonth } from '#contract/wages.ts'
import { firstDayAfter } from './month-days.ts'

export interface Owed {
  yuan: number
  people: number
  /** YYYY-MM-DD; null = nothing is owed */
  since: string | null
}

/**
 * What a site owes of the months that are over: art. 24 has labour paid each month, so a debt begins on the day after it. One
 * person may wait for several months: people are those of the month in which most wait, a floor and no sum.
 */
export function owedOf(months: readonly WageMonth[], today: string): Owed {
  const open = months
    .filter(({ month, dueYuan, paidYuan }) => paidYuan < dueYuan && firstDayAfter(month) <= today)
    .sort((a, b) => a.month.localeCompare(b.month))
  return {
    yuan: open.reduce((sum, { dueYuan, paidYuan }) => sum + dueYuan - paidYuan, 0),
    people: Math.max(0, ...open.map(({ attended, paidPeople }) => attended - paidPeople)),
    since: open[0]
      ? firstDayAfter(open[0].month)
      : null,
  }
}

/** The newest month that is over: whose attendance and payees the map shows. */
export function lastMonthOver(months: readonly WageMonth[], today: string): WageMonth | null {
  return months
    .filter(({ month }) => firstDayAfter(month) <= today)
    .sort((a, b) => b.month.localeCompare(a.month))[0] ?? null
}
