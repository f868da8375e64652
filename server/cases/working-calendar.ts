/**
 * A day in China as the count of days since 1970-01-01. China has one time zone, UTC+8, without summer time
 * since 1992, so no zone data of the machine takes part.
 */
export type ChinaDay = number

const dayMs = 86_400_000
const offsetMs = 8 * 3_600_000

export function chinaDayOf(at: Date): ChinaDay {
  return Math.floor((at.getTime() + offsetMs) / dayMs)
}

/** '2026-11-24' for the day that it names. */
export function textOfDay(day: ChinaDay): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

export function dayOfText(text: string): ChinaDay {
  return Date.parse(`${text}T00:00:00Z`) / dayMs
}

/** The last second of a day: a term counted in days ends at 24:00 of its last day (Civil Code, art. 203). */
export function endOfChinaDay(day: ChinaDay): Date {
  return new Date((day + 1) * dayMs - offsetMs - 1000)
}

/** The State Council's yearly notices: days off (weekends aside) and weekend days that are worked (调休). */
export interface HolidayNotices {
  /** Days off by their text, as '2026-10-01'. */
  holidays: Iterable<string>
  /** Saturdays and Sundays that are worked. */
  workdays: Iterable<string>
}

/** Either the answer, or the year whose notice would be needed for it and is not loaded. */
export type CalendarAnswer<T> = { answer: T } | { missingYear: number }

export interface WorkingCalendar {
  /** Years with a notice, ascending. */
  years: number[]
  /** The `count`th working day after `day`; the day itself is not counted (Civil Code, art. 201). */
  addWorkingDays: (day: ChinaDay, count: number) => CalendarAnswer<ChinaDay>
  /** The last working day before `day`. */
  workingDayBefore: (day: ChinaDay) => CalendarAnswer<ChinaDay>
  /** Working days after `from` up to and with `to`; 0 when `to` is not later. */
  workingDaysBetween: (from: ChinaDay, to: ChinaDay) => CalendarAnswer<number>
}

/** A year counts as loaded when its notice names at least one day off: every year has a New Year's Day. */
export function workingCalendar(notices: HolidayNotices): WorkingCalendar {
  const holidays = new Set([...notices.holidays].map(dayOfText))
  const workdays = new Set([...notices.workdays].map(dayOfText))
  const years = new Set([...holidays].map(yearOf))
  const known = new Map<string, CalendarAnswer<ChinaDay>>()

  function isWorkingDay(day: ChinaDay): boolean {
    const weekday = (day + 4) % 7 // 1970-01-01 was a Thursday; 0 = Sunday
    return workdays.has(day) || (!holidays.has(day) && weekday !== 0 && weekday !== 6)
  }

  function walk(day: ChinaDay, count: number): CalendarAnswer<ChinaDay> {
    for (let left = count; left > 0;) {
      day++
      if (!years.has(yearOf(day))) {
        return {
          missingYear: yearOf(day),
        }
      }
      if (isWorkingDay(day))
        left--
    }
    return { answer: day }
  }

  return {
    years: [...years].sort((a, b) => a - b),
    addWorkingDays(day, count) {
      // An import asks the same few days ten thousand times.
      const key = `${day}+${count}`
      let answer = known.get(key)
      if (!answer)
        known.set(key, answer = walk(day, count))
      return answer
    },
    workingDayBefore(day) {
      for (let before = day - 1; ; before--) {
        if (!years.has(yearOf(before))) {
          return {
            missingYear: yearOf(before),
          }
        }
        if (isWorkingDay(before))
          return { answer: before }
      }
    },
    workingDaysBetween(from, to) {
      let count = 0
      for (let day = from + 1; day <= to; day++) {
        if (!years.has(yearOf(day))) {
          return {
            missingYear: yearOf(day),
          }
        }
        if (isWorkingDay(day))
          count++
      }
      return { answer: count }
    },
  }
}

function yearOf(day: ChinaDay): number {
  return new Date(day * dayMs).getUTCFullYear()
}
