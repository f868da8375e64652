import type { WageMonth } from '#contract/wages.ts'
import { firstDayAfter } from './month-days.ts'

/** How many of the months that were over by that day had not been paid in full by then; null where none is on record. */
export function monthsBehindAt(months: readonly WageMonth[], day: string): number | null {
  const over = months.filter(({ month }) => firstDayAfter(month) <= day)
  return over.length === 0
    ? null
    : over.filter(({ dueYuan, paidYuan, paidOn }) => paidYuan < dueYuan || (paidOn !== null && paidOn > day)).length
}
