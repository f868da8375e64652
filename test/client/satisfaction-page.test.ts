import type { CaseRates } from '#contract/figures.ts'
import { expect, it } from 'vitest'
import { groupRows } from '../../client/duty/figures/group-rows.ts'
import { ledgerLink } from '../../client/duty/figures/ledger-link.ts'
import { daysOf, isPeriod } from '../../client/duty/figures/period.ts'
import { LedgerFilterQuery } from '../../server/http/ledger-query.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)

it('a week begins on Monday, in China', () => {
  expect(daysOf('week', at('2026-11-24T12:00'))).toEqual({ from: '2026-11-23', to: '2026-11-29' })
  expect(daysOf('week', at('2026-11-23T00:00'))).toEqual({ from: '2026-11-23', to: '2026-11-29' })
  expect(daysOf('week', at('2026-11-22T23:59'))).toEqual({ from: '2026-11-16', to: '2026-11-22' })
})

it('a month has its own last day, and the one before January is December', () => {
  expect(daysOf('month', at('2028-02-10T12:00'))).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(daysOf('last-month', at('2027-01-01T00:00'))).toEqual({ from: '2026-12-01', to: '2026-12-31' })
})

it('days out of order, a missing day or more than 366 days are no period', () => {
  expect(isPeriod({ from: '2026-11-01', to: '2026-11-01' })).toBe(true)
  expect(isPeriod({ from: '2026-11-02', to: '2026-11-01' })).toBe(false)
  expect(isPeriod({ from: '', to: '2026-11-01' })).toBe(false)
  expect(isPeriod({ from: '2025-01-01', to: '2026-11-01' })).toBe(false)
})

it('every link to the ledger is a filter that the ledger takes', () => {
  for (const what of [
    'response',
    'solved',
    'satisfied',
    'done',
    'inTime',
    'stock',
  ] as const) {
    for (const group of [
      {},
      { by: 'community', key: '990101001001' },
      { by: 'kind', key: 'noise' },
    ] as const) {
      const query = Object.fromEntries(new URLSearchParams(ledgerLink(what, { from: '2026-11-01', to: '2026-11-30' }, { ...group, stockFrom: 2 })!.split('?')[1]))
      expect(LedgerFilterQuery.strict().safeParse(query).error).toBeUndefined()
    }
  }
  expect(ledgerLink('done', { from: '2026-11-01', to: '2026-11-30' }, { by: 'community', key: null, stockFrom: 2 })).toBeNull()
})

it('rows stand in the order of the chosen rate, and whoever has no part in it comes last', () => {
  const figures = {
    rates: [
      {
        rate: 'satisfied',
        groups: [
          {
            key: 'b',
            numerator: 0,
            denominator: 9,
            excluded: [],
          },
          {
            key: 'a',
            numerator: 1,
            denominator: 2,
            excluded: [],
          },
        ],
      },
      {
        rate: 'done',
        groups: [
          {
            key: 'c',
            numerator: 1,
            denominator: 5,
            excluded: [],
          },
        ],
      },
    ],
    dissatisfied: {
      groups: [
        {
          key: 'a',
          atStart: 0,
          entered: 1,
          left: 0,
          atEnd: 1,
        },
      ],
    },
  } as unknown as CaseRates
  expect(groupRows(figures, 'satisfied').map(({ key }) => key)).toEqual(['b', 'a', 'c'])
  expect(groupRows(figures, 'done').map(({ key }) => key)).toEqual(['c', 'b', 'a'])
  expect(groupRows(figures, 'stock')[0]).toMatchObject({
    key: 'a',
    stock: { atEnd: 1 },
    cells: [
      { numerator: 1, denominator: 2 },
      { denominator: 0 },
    ],
  })
})
