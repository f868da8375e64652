import type { WageMonth, WageRule, WageWarningFound } from '#contract/wages.ts'
import { firstDayAfter } from './month-days.ts'

/**
 * Which rule each month meets, the worst and oldest first. Shares and sums are judged once wages were paid out: a month that is
 * only late is unpaid, for which `month-unpaid` has its time; that somebody still waits is said from the day after it.
 *
 * `today` is YYYY-MM-DD.
 */
export function findWarnings(months: readonly WageMonth[], rules: readonly WageRule[], today: string): WageWarningFound[] {
  return months
    .flatMap(month => rules.flatMap(({ rule, level, threshold }) => {
      const since = level === 'none'
        ? null
        : metSince(month, rule, threshold)
      return since !== null && since <= today
        ? [
            {
              rule,
              level,
              since,
              month: month.month,
              attended: month.attended,
              paidPeople: month.paidPeople,
              dueYuan: month.dueYuan,
              paidYuan: month.paidYuan,
            },
          ]
        : []
    }))
    .sort((a, b) => rank(a) - rank(b) || a.month.localeCompare(b.month))
}

export function worstOf(warnings: readonly WageWarningFound[]): WageWarningFound['level'] {
  return warnings[0]?.level ?? 'none'
}

function metSince({ month, attended, paidPeople, dueYuan, paidYuan, paidOn }: WageMonth, rule: WageRule['rule'], threshold: number): string | null {
  const isShort = paidYuan < dueYuan
  switch (rule) {
    case 'month-unpaid':
      return isShort
        ? firstDayAfter(month, threshold)
        : null
    case 'people-unpaid':
      return paidOn !== null && attended > 0 && (attended - paidPeople) / attended > threshold
        ? paidOn
        : null
    case 'fewer-paid':
      return attended - paidPeople > threshold
        ? paidOn ?? firstDayAfter(month)
        : null
    case 'amount-short':
      return paidOn !== null && dueYuan - paidYuan > threshold
        ? paidOn
        : null
  }
}

function rank({ level }: WageWarningFound): number {
  return ['red', 'yellow', 'none'].indexOf(level)
}
