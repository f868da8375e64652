import { describe, expect, it } from 'vitest'
import { CaseKind } from '#contract/case.ts'
import { topics } from '#contract/topic.ts'
import { topicOf } from '../../server/cases/topic.ts'
import { composeBacklog } from '../../server/demo/cases/backlog.ts'
import { stepsOf } from '../../server/demo/cases/course-steps.ts'
import { shareOfDaySoFar, shareOfHour, startOfDayInChina, timeOfDay } from '../../server/demo/cases/rhythm.ts'
import { caseTexts } from '../../server/demo/cases/texts.ts'
import { createRandom } from '../../server/demo/random.ts'
import { townOfSeed } from './first-town.ts'
import { onePlace } from './one-place.ts'

describe('what residents say', () => {
  it('there are more than 80 texts, of every kind, none twice', () => {
    expect(new Set(caseTexts.map(({ text }) => text)).size).toBe(caseTexts.length)
    expect(caseTexts.length).toBeGreaterThan(80)
    expect(new Set(caseTexts.map(({ kind }) => kind))).toEqual(new Set(CaseKind.options))
  })

  it('a wall that hides the text still has a topic to show for nineteen of twenty', () => {
    const known = caseTexts.filter(({ kind, text }) => topicOf(kind, text) !== 'unspecified')
    expect(known.length / caseTexts.length).toBeGreaterThan(0.95)
    const ofItsKind = known.filter(({ kind, text }) => topics[topicOf(kind, text) as keyof typeof topics].kind === kind)
    expect(ofItsKind.length / caseTexts.length).toBeGreaterThan(0.9)
  })

  it('emergencies are few', () => {
    expect(caseTexts.filter(({ urgency }) => urgency === 'emergency').length).toBeLessThan(caseTexts.length * 0.05)
  })
})

describe('the rhythm of the day', () => {
  it('a hotline is busiest at ten and nearly silent at three', () => {
    expect(shareOfHour(new Date('2026-11-24T10:00:00+08:00'))).toBeGreaterThan(20 * shareOfHour(new Date('2026-11-24T03:00:00+08:00')))
  })

  it('times drawn by the rhythm come back as the share of the day that they were drawn for', () => {
    const midnight = startOfDayInChina(new Date('2026-11-24T10:00:00+08:00')).getTime()
    for (const share of [0.01, 0.3, 0.5, 0.9])
      expect(shareOfDaySoFar(new Date(midnight + timeOfDay(share)))).toBeCloseTo(share, 6)
  })

  it('the day begins at midnight in China, not in Greenwich', () => {
    expect(startOfDayInChina(new Date('2026-11-24T07:59:00+08:00')).toISOString()).toBe('2026-11-23T16:00:00.000Z')
  })
})

describe('the backlog', () => {
  const now = new Date('2026-11-24T10:42:00+08:00')
  const { backlog } = townOfSeed('demo', now)
  const open = backlog.filter(item => !item.closedAt && item.course.to !== 'closed-today')

  it('some 130 cases are open, in every status that a case can be in before it is over', () => {
    expect(open.length).toBeGreaterThan(115)
    expect(open.length).toBeLessThan(150)
    expect(new Set(open.map(item => item.course.to))).toEqual(new Set([
      'registered',
      'dispatched',
      'accepted',
      'in-progress',
      'resolved',
      'suspended',
      'extension-requested',
      'return-requested',
      'dissatisfied',
    ]))
  })

  it('eight are not located', () => {
    expect(open.filter(item => item.at === null)).toHaveLength(8)
  })

  it('a year of cases is over, most to the residents\' satisfaction', () => {
    const over = backlog.filter(item => item.closedAt)
    expect(over.length).toBeGreaterThan(1400)
    expect(over.filter(item => item.satisfied).length / over.length).toBeGreaterThan(0.9)
    for (const { reportedAt, closedAt } of over)
      expect(closedAt!.getTime()).toBeGreaterThan(reportedAt.getTime())
  })

  it('nothing was reported in the future, and steps are taken in order between the report and now', () => {
    for (const item of backlog) {
      expect(item.reportedAt.getTime()).toBeLessThan(now.getTime())
      const times = stepsOf(item, 'WG1', now, createRandom(item.ref)).map(step => step.at.getTime())
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      for (const time of times) {
        expect(time).toBeGreaterThan(item.reportedAt.getTime())
        expect(time).toBeLessThanOrEqual(now.getTime())
      }
    }
  })

  it('just after midnight the day has hardly begun', () => {
    const early = composeBacklog(onePlace(), new Date('2026-11-24T00:10:00+08:00'), 'T', createRandom('early'))
    expect(early.filter(item => item.course.to === 'closed-today')).toEqual([])
  })
})
