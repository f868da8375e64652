import { describe, expect, it } from 'vitest'
import { findWarnings, worstOf } from '../../server/wages/find-warnings.ts'
import { faultsOfMonths } from '../../server/wages/month-faults.ts'
import { lastMonthOver, owedOf } from '../../server/wages/owed.ts'
import { defaultWageRules, rulesInForce } from '../../server/wages/warning-rules.ts'
import { month, unpaid } from '../world/wages.ts'

const today = '2026-11-24'
const warned = (months: ReturnType<typeof month>[], day = today) => findWarnings(months, defaultWageRules, day)

describe('a month', () => {
  it('that everybody was paid for in full warns of nothing', () => {
    expect(warned([
      month('2026-10'),
      month('2026-09'),
    ])).toEqual([])
  })

  it('that is still unpaid at the end of the next is red from the day after, and yellow until then', () => {
    const september = month('2026-09', unpaid)
    expect(worstOf(warned([september], '2026-09-30'))).toBe('none')
    expect(worstOf(warned([september], '2026-10-31'))).toBe('yellow')
    expect(warned([september], '2026-11-01')[0]).toMatchObject({
      rule: 'month-unpaid',
      level: 'red',
      month: '2026-09',
      since: '2026-11-01',
      dueYuan: 60_000,
      paidYuan: 0,
    })
  })

  it('of December is unpaid in the next year', () => {
    expect(warned([
      month('2025-12', unpaid),
    ])[0]).toMatchObject({ since: '2026-02-01' })
  })

  it('in which one of ten got nothing is yellow, two of ten red, since the pay day', () => {
    const one = month('2026-10', { paidPeople: 9, paidYuan: 54_000 })
    expect(worstOf(warned([one]))).toBe('yellow')
    const two = month('2026-10', { paidPeople: 8, paidYuan: 48_000 })
    expect(warned([two])[0]).toMatchObject({ rule: 'people-unpaid', level: 'red', since: '2026-11-10' })
  })

  it('for which everybody got something, but too little, is yellow', () => {
    expect(warned([
      month('2026-10', { paidYuan: 59_000 }),
    ])).toMatchObject([
      { rule: 'amount-short', level: 'yellow' },
    ])
  })
})

it('a rule that was set takes the place of the default, the others stay; a rule of level none warns of nothing', () => {
  const rules = rulesInForce([
    {
      rule: 'people-unpaid',
      level: 'none',
      threshold: 0.1,
      source: '本街道规定',
    },
  ])
  expect(rules.map(({ rule }) => rule)).toEqual(defaultWageRules.map(({ rule }) => rule))
  expect(worstOf(findWarnings([
    month('2026-10', { paidPeople: 8, paidYuan: 48_000 }),
  ], rules, today))).toBe('yellow')
})

it('owed is what is missing of months that are over, since the first of them', () => {
  const months = [
    month('2026-11', unpaid),
    month('2026-10', unpaid),
    month('2026-09', { paidPeople: 7, paidYuan: 42_000 }),
    month('2026-08'),
  ]
  expect(owedOf(months, today)).toEqual({ yuan: 78_000, people: 10, since: '2026-10-01' })
  expect(owedOf([
    month('2026-08'),
  ], today)).toEqual({ yuan: 0, people: 0, since: null })
  expect(lastMonthOver(months, today)?.month).toBe('2026-10')
})

it('months that cannot be are refused at the field', () => {
  const paths = (...months: ReturnType<typeof month>[]) => faultsOfMonths(months, today).map(({ path }) => path)
  expect(paths(month('2026-09'), month('2026-10'))).toEqual([])
  expect(paths(month('2026-09'), month('2026-09'))).toEqual(['months.1.month'])
  expect(paths(month('2026-12', unpaid))).toEqual(['months.0.month'])
  expect(paths(month('2026-10', { paidPeople: 11 }))).toEqual(['months.0.paidPeople'])
  expect(paths(month('2026-10', { paidYuan: 60_001 }))).toEqual(['months.0.paidYuan'])
  expect(paths(month('2026-10', { dueYuan: 1_000_001 }))).toEqual(['months.0.dueYuan'])
  expect(paths(month('2026-10', { paidOn: '2026-09-30' }))).toEqual(['months.0.paidOn'])
  expect(paths(month('2026-10', { paidOn: '2026-11-25' }))).toEqual(['months.0.paidOn'])
  expect(paths(month('2026-10', { paidOn: null }))).toEqual(['months.0.paidOn'])
})
