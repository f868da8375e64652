import type { Worksite } from '#contract/places.ts'

type Known = Partial<Pick<Worksite, 'owedYuan' | 'owedSince' | 'workers' | 'payees'>>

/**
 * The warning colour of a worksite whose ledger gives none. The law (保障农民工工资支付条例) knows no colours; this is a
 * default in use [secondary source]: red when a month is still unpaid at the end of the next one or more than 10 % of the
 * attendees are unpaid, yellow when fewer are paid than attended. Anything owed is at least yellow.
 * `today` is YYYY-MM-DD.
 */
export function wageWarning({ owedYuan, owedSince, workers, payees }: Known, today: string): Worksite['warning'] {
  const unpaid = workers && payees !== null && payees !== undefined
    ? (workers - payees) / workers
    : 0
  if (unpaid > 0.1 || (owedSince && owedYuan && monthsBetween(owedSince, today) >= 2))
    return 'red'
  return unpaid > 0 || owedYuan
    ? 'yellow'
    : 'none'
}

function monthsBetween(from: string, to: string): number {
  const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
  return monthOf(to) - monthOf(from)
}
