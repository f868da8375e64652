import type { Party } from '#contract/wages.ts'
import type { WorksiteRow } from '../../client/state/figures/wages.ts'
import { expect, it } from 'vitest'
import { chainRows } from '../../client/duty/wages/chain-rows.ts'
import { faultsByRow, isStale } from '../../client/duty/wages/save-problem.ts'
import { orderSites } from '../../client/duty/wages/site-order.ts'

function site(name: string, warning: 'red' | 'yellow' | 'none', owedYuan: number, owedDays: number | null = null) {
  return ({
    site: {
      name,
      warning,
      owedYuan,
      owedPeople: 0,
    },
    owedDays,
  }) as WorksiteRow
}
const names = (rows: WorksiteRow[]) => rows.map(({ site }) => site.name)

it('sites stand by their warning, then by what is owed, or by what somebody asks for', () => {
  const rows = [
    site('quiet', 'none', 0),
    site('small and red', 'red', 10, 80),
    site('large and yellow', 'yellow', 900, 20),
    site('large and red', 'red', 500, 30),
  ]
  expect(names(orderSites(rows, 'warning'))).toEqual([
    'large and red',
    'small and red',
    'large and yellow',
    'quiet',
  ])
  expect(names(orderSites(rows, 'amount'))[0]).toBe('large and yellow')
  expect(names(orderSites(rows, 'days'))).toEqual([
    'small and red',
    'large and red',
    'large and yellow',
    'quiet',
  ])
})

it('the chain is shown with each party below the one that let the work to it', () => {
  const party = (id: string, parent: string | null) => ({ id, parent }) as Party
  const rows = chainRows([
    party('crew', 'labour'),
    party('developer', null),
    party('labour', 'contractor'),
    party('contractor', 'developer'),
    party('second labour', 'contractor'),
  ])
  expect(rows.map(({ party, depth }) => [party.id, depth])).toEqual([
    ['developer', 0],
    ['contractor', 1],
    ['labour', 2],
    ['crew', 3],
    ['second labour', 2],
  ])
})

it('what the server finds wrong stands at its row and field', () => {
  const problem = {
    type: 'urn:huizhi:problem:invalid',
    title: 'x',
    status: 422,
    errors: [
      { path: 'parties.2.parent', message: 'a cycle' },
      { path: 'parties.2.amountYuan', message: 'below 0' },
      { path: 'version', message: 'missing' },
    ],
  }
  expect([
    ...faultsByRow(problem),
  ]).toEqual([
    [
      2,
      ['parent', 'amountYuan'],
    ],
  ])
  expect(isStale(problem)).toBe(false)
  expect(isStale({ ...problem, type: 'urn:huizhi:problem:stale' })).toBe(true)
})
