import { expect, it } from 'vitest'
import { chinaCalendar } from '../../server/cases/china-calendar.ts'
import { deadlineAfterPause, deadlineOf, deadlineOnDay } from '../../server/cases/deadline.ts'
import { defaultCaseRules, termClass } from '../../server/cases/terms.ts'
import { chinaDayOf, dayOfText, textOfDay, workingCalendar } from '../../server/cases/working-calendar.ts'

const term = (id: string) => termClass(defaultCaseRules, id)!
const due = (id: string, reportedAt: string) => deadlineOf(term(id), new Date(reportedAt), chinaCalendar)

it('hours run day and night', () => {
  expect(due('2h', '2026-11-21T23:30:00+08:00')).toEqual({
    answer: new Date('2026-11-22T01:30:00+08:00'),
  })
})

it('five working days end at midnight of the fifth day after the report', () => {
  expect(due('5wd', '2026-11-24T09:00:00+08:00')).toEqual({
    answer: new Date('2026-12-01T23:59:59+08:00'),
  })
})

it('a make-up working Sunday counts', () => {
  expect(due('5wd', '2026-09-18T09:00:00+08:00')).toEqual({
    answer: new Date('2026-09-24T23:59:59+08:00'),
  })
})

it('the National Day week does not count', () => {
  expect(due('5wd', '2026-09-30T09:00:00+08:00')).toEqual({
    answer: new Date('2026-10-13T23:59:59+08:00'),
  })
})

it('the day begins at midnight in China, not at midnight UTC', () => {
  // 2026-11-24 00:30 in China is still the 23rd in UTC.
  expect(due('5wd', '2026-11-23T16:30:00Z')).toEqual(due('5wd', '2026-11-24T09:00:00+08:00'))
  expect(textOfDay(chinaDayOf(new Date('2026-11-23T15:59:59Z')))).toBe('2026-11-23')
})

it('a year whose notice is not loaded is named, never guessed', () => {
  const last = chinaCalendar.years.at(-1)!
  expect(due('5wd', `${last}-12-30T09:00:00+08:00`)).toEqual({ missingYear: last + 1 })
  expect(due('24h', `${last}-12-31T09:00:00+08:00`)).toHaveProperty('answer')
})

it('the notices leave no year out', () => {
  const { years } = chinaCalendar
  expect(years).toEqual(Array.from(years, (_, index) => years[0]! + index))
})

it('without notices no working day is known', () => {
  expect(workingCalendar({ holidays: [], workdays: [] }).addWorkingDays(dayOfText('2026-11-24'), 1)).toEqual({ missingYear: 2026 })
})

it('a pause moves the deadline by as many working days as it lasted', () => {
  const moved = deadlineAfterPause({
    term: term('5wd'),
    dueAt: new Date('2026-11-27T23:59:59+08:00'),
    pausedAt: new Date('2026-11-24T10:00:00+08:00'),
    resumedAt: new Date('2026-11-30T10:00:00+08:00'), // Wed, Thu, Fri, Mon: four working days
  }, chinaCalendar)
  expect(moved).toEqual({
    answer: new Date('2026-12-03T23:59:59+08:00'),
  })
})

it('a pause moves a deadline in hours by its length', () => {
  const at = (time: string) => new Date(`2026-11-24T${time}:00+08:00`)
  expect(deadlineAfterPause({
    term: term('2h'),
    dueAt: at('12:00'),
    pausedAt: at('11:00'),
    resumedAt: at('11:30'),
  }, chinaCalendar))
    .toEqual({
      answer: at('12:30'),
    })
})

it('a promised day lasts until its end', () => {
  expect(deadlineOnDay('2026-12-31').toISOString()).toBe('2026-12-31T15:59:59.000Z')
})

it('every urgency has a term with a source', () => {
  for (const id of Object.values(defaultCaseRules.termOfUrgency))
    expect(term(id).source).not.toBe('')
})
