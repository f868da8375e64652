import { dayOf } from '../../../state/china-time.ts'

export const ranges = ['week', 'month', 'past', 'all'] as const
export type VisitRange = typeof ranges[number]

const dayMs = 86_400_000

/** First and last day of what a roster shows, in China; what is overdue from before stays in it. */
export function daysOfRange(range: VisitRange, now: number): { from?: string, to?: string } {
  switch (range) {
    case 'week':
      return {
        from: dayOf(now),
        to: dayOf(now + 7 * dayMs),
      }
    case 'month':
      return {
        from: dayOf(now),
        to: dayOf(now + 30 * dayMs),
      }
    case 'past':
      return {
        from: dayOf(now - 90 * dayMs),
        to: dayOf(now),
      }
    case 'all':
      return {}
  }
}
