import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'

const dayMs = 86_400_000

/** The next `HH:MM` in China after `now`; with `weekday` (1 = Monday … 7 = Sunday) the next on that day of the week. */
export function nextInChina(now: Date, time: string, weekday?: number): Date {
  const today = Date.parse(`${textOfDay(chinaDayOf(now))}T${time}:00+08:00`)
  for (let day = 0; ; day++) {
    const moment = new Date(today + day * dayMs)
    if (moment > now && (weekday === undefined || weekdayOf(moment) === weekday))
      return moment
  }
}

/** 1 = Monday … 7 = Sunday, in China. */
function weekdayOf(moment: Date): number {
  return (chinaDayOf(moment) + 3) % 7 + 1 // 1970-01-01 was a Thursday
}

/** The Monday, 'YYYY-MM-DD', of the week in China in which the moment lies. */
export function mondayOf(moment: Date): string {
  return textOfDay(chinaDayOf(moment) - weekdayOf(moment) + 1)
}
