import { dayOf, startOfDay } from '../../state/china-time.ts'

export const periodNames = ['week', 'month', 'last-month', 'own'] as const
export type PeriodName = typeof periodNames[number]

/** Days in China, `YYYY-MM-DD`, both included. */
export interface Days { from: string, to: string }

const dayMs = 86_400_000

/** This week (from Monday), this month and the last one as they stand at `now`; what is still to come belongs to them. */
export function daysOf(name: Exclude<PeriodName, 'own'>, now: number): Days {
  const today = dayOf(now)
  if (name === 'week') {
    const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
    const monday = startOfDay(now) - sinceMonday * dayMs
    return {
      from: dayOf(monday),
      to: dayOf(monday + 6 * dayMs),
    }
  }
  const [year, month] = today.split('-').map(Number) as [number, number, number]
  const first = name === 'month'
    ? month - 1
    : month - 2
  return {
    from: dateText(Date.UTC(year, first, 1)),
    to: dateText(Date.UTC(year, first + 1, 0)),
  }
}

/** Whether the server would take it: two days in order, not before 2000, at most 366 days apart. */
export function isPeriod({ from, to }: Days): boolean {
  const days = [from, to].map(day => /^\d{4}-\d\d-\d\d$/.test(day)
    ? Date.parse(`${day}T00:00:00Z`)
    : Number.NaN)
  return from >= '2000-01-01' && days[1]! - days[0]! >= 0 && days[1]! - days[0]! <= 366 * dayMs
}

function dateText(utc: number): string {
  return new Date(utc).toISOString().slice(0, 10)
}
