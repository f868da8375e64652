import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { deadlineOf } from '../../server/cases/deadline.ts'
import { parseRulebook, readRulebook } from '../../server/cases/rules-file.ts'
import { defaultCaseRules, termClass } from '../../server/cases/terms.ts'
import { emptyFolder } from '../world/folder.ts'

/** Made up: no notice was read for this test. */
const notice = {
  source: '测试',
  holidays: ['2027-01-01', '2027-01-04'],
  workdays: ['2027-01-09'],
}
const due = ({ rules, calendar }: ReturnType<typeof readRulebook>, day: string) => deadlineOf(termClass(rules, '5wd')!, new Date(`${day}T10:00:00+08:00`), calendar)
function fault(said: unknown) {
  try {
    parseRulebook(said)
  }
  catch (error) {
    return (error as Error).message
  }
}

it('without a file a deadline beyond the last known notice is no guess but the missing year', () => {
  expect(due(readRulebook(null), '2026-12-29')).toEqual({ missingYear: 2027 })
})

it('a year that the program does not know comes by file, days off and weekend days that are worked included', async () => {
  const file = join(await emptyFolder(), 'rules.json')
  await writeFile(file, JSON.stringify({
    holidays: { 2027: notice },
  }))
  const book = readRulebook(file)
  expect(book.calendar.years).toContain(2027)
  // 30 and 31 December, 5, 6 and 7 January: the 1st and the 4th are off.
  expect(due(book, '2026-12-29')).toEqual({
    answer: new Date('2027-01-07T23:59:59+08:00'),
  })
  // 5 to 8 January and the Saturday.
  expect(due(book, '2027-01-04')).toEqual({
    answer: new Date('2027-01-09T23:59:59+08:00'),
  })
})

it('what a file does not say stays as it is', () => {
  expect(parseRulebook({ ranking: false, consecutiveFrom: 3 }).rules).toEqual({ ...defaultCaseRules, ranking: false, consecutiveFrom: 3 })
})

it('weights of the rates are 1 in sum and have a source', () => {
  const weights = {
    response: 0.2,
    solved: 0.4,
    satisfied: 0.4,
    source: '区考核办法',
  }
  expect(parseRulebook({ weights }).rules.weights).toEqual(weights)
  expect(fault({
    weights: { ...weights, solved: 0.5 },
  })).toMatch(/weights: must be 1 in sum/)
  expect(fault({
    weights: { response: 1, solved: 0, satisfied: 0 },
  })).toMatch(/weights.source/)
})

it.each([
  [
    'a word that nobody knows',
    { rankings: false },
    /rankings/,
  ],
  [
    'a term without a length',
    {
      terms: [
        {
          id: 'x',
          name: { zh: 'x', en: 'x' },
          source: 'x',
        },
      ],
    },
    /terms\.0.*hours or workingDays/,
  ],
  [
    'a term without its source',
    {
      terms: [
        {
          id: 'x',
          name: { zh: 'x', en: 'x' },
          hours: 1,
        },
      ],
    },
    /terms\.0\.source/,
  ],
  [
    'an urgency without a term',
    {
      termOfUrgency: { emergency: '2h', urgent: '24h', normal: 'soon' },
    },
    /no term has the id soon/,
  ],
  [
    'a day of another year',
    {
      holidays: {
        2027: {
          ...notice,
          workdays: ['2028-01-01'],
        },
      },
    },
    /2028-01-01 lies in another year/,
  ],
  [
    'a notice without New Year',
    {
      holidays: {
        2027: {
          ...notice,
          holidays: ['2027-05-01'],
        },
      },
    },
    /New Year/,
  ],
  [
    'a make-up day in the week',
    {
      holidays: {
        2027: {
          ...notice,
          workdays: ['2027-01-06'],
        },
      },
    },
    /no Saturday or Sunday/,
  ],
])('%s ends the start with a line that names it', (_, said, message) => {
  expect(fault(said)).toMatch(message)
})

it('a file that is not there or no JSON ends the start with a line that names it', async () => {
  const file = join(await emptyFolder(), 'rules.json')
  expect(() => readRulebook(file)).toThrow(/rules\.json is wrong: .*no such file/)
  await writeFile(file, '{ranking: no}')
  expect(() => readRulebook(file)).toThrow(/rules\.json is wrong: .*JSON/)
})

it('a centre weighs the grounds of a suggestion itself; what it does not say stays', () => {
  const { rules } = parseRulebook({
    dispatch: {
      weights: {
        walk: 0.6,
        grid: 0.1,
        community: 0.1,
        load: 0.1,
        skill: 0.1,
      },
      answerMinutes: { emergency: 1, urgent: 5, normal: 30 },
    },
  })
  expect(rules.dispatch).toEqual({
    ...defaultCaseRules.dispatch,
    weights: {
      walk: 0.6,
      grid: 0.1,
      community: 0.1,
      load: 0.1,
      skill: 0.1,
    },
    answerMinutes: { emergency: 1, urgent: 5, normal: 30 },
  })
  expect(fault({
    dispatch: {
      weights: {
        walk: 0.6,
        grid: 0.6,
        community: 0,
        load: 0,
        skill: 0,
      },
    },
  })).toContain('dispatch.weights: must be 1 in sum')
  expect(fault({
    dispatch: { walkSpeed: 0 },
  })).toContain('dispatch.walkSpeed')
  expect(fault({
    dispatch: {
      answerMinutes: { emergency: 2 },
    },
  })).toContain('dispatch.answerMinutes')
})
