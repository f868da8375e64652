import type { HolidayNotices } from './working-calendar.ts'
import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { workingCalendar } from './working-calendar.ts'

/** The notices that come with the npm package chinese-days. A later year comes with its next release, or by file (rules-file.ts). */
export const packagedNotices: HolidayNotices = {
  holidays: Object.keys(notices.holidays),
  workdays: Object.keys(notices.workdays),
}

export const chinaCalendar = workingCalendar(packagedNotices)
