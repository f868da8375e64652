import type { CalendarAnswer, ChinaDay } from '../cases/working-calendar.ts'
import chineseDays from 'chinese-days'
import { dayOfText, textOfDay } from '../cases/working-calendar.ts'

/** The years of chinese-days' table of moons (1900–2100): beyond, it would answer nonsense. */
const firstYear = 1900
const lastYear = 2100

/** 农历正月初一: that of this year if it is today or still to come, else the next. */
export function springFestivalFrom(day: ChinaDay): CalendarAnswer<ChinaDay> {
  const year = Number(textOfDay(day).slice(0, 4))
  for (const at of [year, year + 1]) {
    if (at < firstYear || at > lastYear)
      return { missingYear: at }
    const festival = dayOfText(chineseDays.getSolarDateFromLunar(`${at}-01-01`).date)
    if (festival >= day)
      return { answer: festival }
  }
  throw new Error(`no Spring Festival in ${year} and the year after it`)
}
