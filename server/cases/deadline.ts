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

/**
 * When the yellow card comes: one working day before a deadline that is a day (its term counts days, or somebody promised a
 * day), so many hours before one that is an hour. 山东 2017: 黄牌 one working day before, 红牌 on the first overdue day.
 *
 * Due on Thursday 2026-09-24 24:00 → Wednesday 2026-09-23 24:00, when the last working day begins.
 */
export function warningBefore(dueAt: Date, term: TermClass | undefined, calendar: WorkingCalendar): CalendarAnswer<Date> {
  if (term?.warnHours !== undefined) {
    return {
      answer: new Date(dueAt.getTime() - term.warnHours * 3_600_000),
    }
  }
  const before = calendar.workingDayBefore(chinaDayOf(dueAt))
  return 'answer' in before
    ? {
        answer: endOfChinaDay(before.answer),
      }
    : before
}

/** 00:00 of a day in China. */
export function startOfChinaDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00+08:00`))
}
