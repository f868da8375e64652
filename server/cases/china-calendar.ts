import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { workingCalendar } from './working-calendar.ts'

/** The notices that come with the npm package chinese-days. A new year arrives with its next release. */
export const chinaCalendar = workingCalendar({
  holidays: Object.keys(notices.holidays),
  workdays: Object.keys(notices.workdays),
})
