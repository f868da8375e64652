import type { CaseCard } from '#contract/case.ts'
import type { CaseState } from './case-state.ts'
import type { CaseRules } from './terms.ts'
import type { WorkingCalendar } from './working-calendar.ts'
import { startOfChinaDay, warningBefore } from './deadline.ts'
import { termClass } from './terms.ts'

/** In these nobody has to hurry: it is reported done, or over. */
const atRest: readonly CaseState['status'][] = [
  'resolved',
  'closed',
  'archived',
  'merged',
]

/** Whether the cards of the clock are shown for a case in that status. */
export function isTimed(status: CaseState['status']): boolean {
  return !atRest.includes(status)
}

/**
 * When the clock first says something about a case. A promised day is warned of like a day of a term, also where the term is
 * in hours; on account the day of the next review counts too, whichever comes first.
 */
export function warningOf(
  { dueAt, term, promised, reviewAt }: { dueAt: Date | null, term: string | null, promised: boolean, reviewAt: string | null },
  { rules, calendar }: { rules: CaseRules, calendar: WorkingCalendar },
): Date | null {
  if (dueAt === null)
    return null
  const warning = warningBefore(dueAt, promised
    ? undefined
    : termClass(rules, term), calendar)
  const moments = [
    ...'answer' in warning
      ? [warning.answer]
      : [],
    ...reviewAt === null
      ? []
      : [
          startOfChinaDay(reviewAt),
        ],
  ]
  return moments.length === 0
    ? null
    : new Date(Math.min(...moments.map(moment => moment.getTime())))
}

/** What the clock has to show at that moment. */
export function cardAt(now: Date, { warnAt, dueAt }: Pick<CaseState, 'warnAt' | 'dueAt'>): CaseCard | null {
  if (dueAt !== null && dueAt < now)
    return 'red'
  return warnAt !== null && warnAt <= now
    ? 'yellow'
    : null
}

/** Actions lower cards only; what the clock has to say it says itself, once (announce-deadlines.ts). */
export function lowerCard(a: CaseCard | null, b: CaseCard | null): CaseCard | null {
  if (a === null || b === null)
    return null
  return a === 'red'
    ? b
    : a
}
