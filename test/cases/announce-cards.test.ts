import type { CaseFeature } from '#contract/case.ts'
import { afterAll, afterEach, expect, it } from 'vitest'
import { readEvents } from '../../db/queries/events.ts'
import { announceCards } from '../../server/cases/announce-cards.ts'
import { registerCases } from '../../server/cases/register-cases.ts'
import { deadlineFromHistory, settleDeadlines } from '../../server/cases/settle-deadlines.ts'
import { defaultCaseRules, termClass } from '../../server/cases/terms.ts'
import { workingCalendar } from '../../server/cases/working-calendar.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'

const db = await testDatabase()
afterEach(async () => {
  await db.sql`truncate cases, case_steps cascade`
})
afterAll(db.drop)

const at = (text: string) => new Date(`${text}+08:00`)

async function report(urgency: 'urgent' | 'normal', reportedAt: string, said = {}): Promise<CaseFeature> {
  const [answer] = await registerCases(caseContext(db.sql, {
    now: () => at(reportedAt),
    ...said,
  }), [
    {
      input: {
        content: '停水',
        kind: 'utilities',
        source: 'hotline',
        urgency,
      },
    },
  ])
  return (answer as { registered: CaseFeature }).registered
}

async function told(id: string) {
  return (await readEvents(db.sql, 0, 5000)).filter(event => event.id === id && event.type !== 'case.registered').map(({ type, data }) => [type, data.set?.card])
}

it('a case in working days gets its yellow card one working day before, over a holiday, and its red card when it is overdue', async () => {
  // 5 working days from Friday 18 September 2026: Thursday the 24th, because Sunday the 20th was worked. Warned when Wednesday ends.
  const { id } = await report('normal', '2026-09-18T10:00:00')
  await announceCards(db.sql, at('2026-09-23T23:59:58'))
  expect(await told(id)).toEqual([])
  await announceCards(db.sql, at('2026-09-23T23:59:59'))
  expect(await told(id)).toEqual([
    ['case.warned', 'yellow'],
  ])
  await announceCards(db.sql, at('2026-09-24T23:59:59'))
  expect(await told(id)).toHaveLength(1)
  await announceCards(db.sql, at('2026-09-25T00:00:00'))
  expect(await told(id)).toEqual([
    ['case.warned', 'yellow'],
    ['case.overdue', 'red'],
  ])
})

it('a case in hours is warned of by its term\'s own measure', async () => {
  const { id } = await report('urgent', '2026-11-21T10:00:00')
  await announceCards(db.sql, at('2026-11-22T05:59:59'))
  expect(await told(id)).toEqual([])
  await announceCards(db.sql, at('2026-11-22T06:00:00'))
  expect(await told(id)).toEqual([
    ['case.warned', 'yellow'],
  ])
})

it('after downtime a case that went past both moments is told once, as overdue', async () => {
  const { id } = await report('urgent', '2026-11-21T10:00:00')
  await announceCards(db.sql, at('2026-12-21T10:00:00'))
  await announceCards(db.sql, at('2026-12-21T10:00:01'))
  expect(await told(id)).toEqual([
    ['case.overdue', 'red'],
  ])
})

it('each card is told once however many processes look at the same time', async () => {
  const cases = await Promise.all(Array.from({ length: 60 }, () => report('urgent', '2026-11-21T10:00:00')))
  const counts = await Promise.all(Array.from({ length: 6 }, () => announceCards(db.sql, at('2026-11-23T10:00:00'), 7)))
  expect(counts.reduce((a, b) => a + b)).toBe(60)
  const events = (await readEvents(db.sql, 0, 5000)).filter(({ type }) => type === 'case.overdue')
  expect(cases.filter(({ id }) => events.filter(event => event.id === id).length !== 1)).toEqual([])
})

it('a card leaves the version as it is: nobody\'s edit is made stale by the passing of time', async () => {
  const { id } = await report('urgent', '2026-11-21T10:00:00')
  await announceCards(db.sql, at('2026-11-23T10:00:00'))
  expect(await db.sql`select card, version from cases where id = ${id}`).toEqual([
    { card: 'red', version: 1 },
  ])
})

it('what is reported done, closed or comes in late already has nothing to be told', async () => {
  const done = await report('urgent', '2026-11-21T10:00:00')
  await db.sql`update cases set status = 'resolved' where id = ${done.id}`
  const late = await registerCases(caseContext(db.sql), [
    {
      input: {
        content: '停水',
        kind: 'utilities',
        source: 'hotline',
        urgency: 'urgent',
        reportedAt: '2026-11-01T10:00:00+08:00',
      },
    },
  ])
  expect(late).toMatchObject([
    {
      registered: {
        properties: { card: 'red' },
      },
    },
  ])
  expect(await announceCards(db.sql, at('2026-11-25T10:00:00'))).toBe(0)
})

it('a deadline in a year whose notice is not loaded is unknown, said so, and counted as soon as the notice is there', async () => {
  const notices = {
    holidays: ['2026-01-01'],
    workdays: [],
  }
  const { id, properties } = await report('normal', '2026-12-29T10:00:00', {
    calendar: workingCalendar(notices),
  })
  expect(properties.dueAt).toBeNull()
  expect(await db.sql`select due_missing_year from cases where id = ${id}`).toEqual([
    { due_missing_year: 2027 },
  ])

  const settle = (calendar: ReturnType<typeof workingCalendar>) => db.sql.begin(tx => settleDeadlines(tx, { rules: defaultCaseRules, calendar }))
  expect(await settle(workingCalendar(notices))).toBe(0)
  expect(await settle(workingCalendar({
    holidays: ['2026-01-01', '2027-01-01'],
    workdays: [],
  }))).toBe(1)
  expect(await db.sql`select due_at, warn_at, due_missing_year from cases where id = ${id}`).toEqual([
    {
      due_at: at('2027-01-06T23:59:59'),
      warn_at: at('2027-01-05T23:59:59'),
      due_missing_year: null,
    },
  ])
  expect((await readEvents(db.sql, 0, 5000)).filter(event => event.id === id).at(-1)).toMatchObject({
    type: 'case.dated',
    data: {
      set: {
        dueAt: at('2027-01-06T23:59:59').toISOString(),
      },
    },
  })
})

it('the deadline that is counted later is the one that the case\'s whole life makes', () => {
  const calendar = workingCalendar({
    holidays: ['2026-01-01', '2027-01-01'],
    workdays: [],
  })
  const step = (day: string, action: string, from: string, to: string, said = {}) => ({
    at: at(`${day}T12:00:00`),
    action,
    outcome: null,
    plan_date: null,
    from_status: from as 'accepted',
    to_status: to as 'accepted',
    ...said,
  })
  const due = (...steps: ReturnType<typeof step>[]) => deadlineFromHistory(at('2026-12-21T10:00:00'), steps, defaultCaseRules, termClass(defaultCaseRules, '5wd')!, calendar)
  expect(due()).toEqual({
    answer: at('2026-12-28T23:59:59'),
  })
  // Stood still from Wednesday to Monday: three working days.
  expect(due(
    step('2026-12-23', 'suspend', 'in-progress', 'suspended'),
    step('2026-12-28', 'resume', 'suspended', 'in-progress'),
  )).toEqual({
    answer: at('2026-12-31T23:59:59'),
  })
  expect(due(
    step('2026-12-23', 'rule-extension', 'extension-requested', 'in-progress', { outcome: 'granted', plan_date: '2027-02-01' }),
  )).toEqual({
    answer: at('2027-02-01T23:59:59'),
  })
})
