import type { TermClass } from './terms.ts'
import type { CalendarAnswer, WorkingCalendar } from './working-calendar.ts'
import { chinaDayOf, dayOfText, endOfChinaDay } from './working-calendar.ts'

/**
 * When a case that was reported then must be answered.
 *
 * Hours run on the clock, also at night: a burst pipe does not wait for Monday. Working days begin on the day after
 * and end at 24:00 of the last one: reported on Friday 2026-09-18 with 5 working days → Thursday 2026-09-24,
 * because Sunday 2026-09-20 was a make-up working day.
 */
export function deadlineOf(term: TermClass, reportedAt: Date, calendar: WorkingCalendar): CalendarAnswer<Date> {
  if (term.hours !== undefined) {
    return {
      answer: new Date(reportedAt.getTime() + term.hours * 3_600_000),
    }
  }
  const last = calendar.addWorkingDays(chinaDayOf(reportedAt), term.workingDays ?? 0)
  return 'answer' in last
    ? {
        answer: endOfChinaDay(last.answer),
      }
    : last
}

/** The deadline moved on by the time for which the clock stood still, counted in the unit of its term. */
export function deadlineAfterPause(
  { term, dueAt, pausedAt, resumedAt }: { term: TermClass | undefined, dueAt: Date, pausedAt: Date, resumedAt: Date },
  calendar: WorkingCalendar,
): CalendarAnswer<Date> {
  if (term?.workingDays === undefined) {
    return {
      answer: new Date(dueAt.getTime() + resumedAt.getTime() - pausedAt.getTime()),
    }
  }
  const paused = calendar.workingDaysBetween(chinaDayOf(pausedAt), chinaDayOf(resumedAt))
  if ('missingYear' in paused)
    return paused
  const last = calendar.addWorkingDays(chinaDayOf(dueAt), paused.answer)
  return 'answer' in last
    ? {
        answer: endOfChinaDay(last.answer),
      }
    : last
}

/** 24:00 of a promised day given as 'YYYY-MM-DD'. */
export function deadlineOnDay(planDate: string): Date {
  return endOfChinaDay(dayOfText(planDate))
}
