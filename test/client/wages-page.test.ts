import type { Exposure, Party } from '#contract/wages.ts'
import type { WorksiteRow } from '../../client/state/figures/wages.ts'
import { describe, expect, it } from 'vitest'
import { companyAddress, exposurePathOf, signerAddress, siteAddress } from '../../client/duty/wages/addresses.ts'
import { chainGraph, mostNodes, stretch } from '../../client/duty/wages/chain-graph.ts'
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

it('a company and who signed a link have an address of their own, and no name of a person stands in it', () => {
  expect(exposurePathOf(companyAddress('c 1'))).toBe('/api/v1/companies/c%201/exposure')
  expect(exposurePathOf(signerAddress('s1', 'p2'))).toBe('/api/v1/worksites/s1/wages/parties/p2/signer')
  expect(exposurePathOf(siteAddress('s1'))).toBeNull()
  expect(exposurePathOf('#/wages')).toBeNull()
})

describe('the graph of companies and sites', () => {
  const addresses = { site: siteAddress, company: companyAddress }
  const site = (n: number, companies: string[], owedYuan = 0) => ({
    worksite: `s${n}`,
    name: `s${n}`,
    warning: owedYuan > 0
      ? 'red'
      : 'none',
    owedYuan,
    companies: companies.map(companyId => ({ companyId, company: companyId, roles: [] })),
  })
  const exposureOf = (sites: ReturnType<typeof site>[]) => ({
    company: { id: 'me', name: 'me', otherSpellings: [] },
    signer: null,
    totals: { owedYuan: 0 },
    sites,
  }) as unknown as Exposure

  it('has the company in the middle, its sites around it, and who shares several of them once, between them', () => {
    const graph = chainGraph(exposureOf([
      site(1, ['me', 'both', 'one'], 10),
      site(2, ['me', 'both']),
    ]), addresses)
    expect(graph.nodes.map(({ id }) => id).sort()).toEqual([
      'company both',
      'company one',
      'own',
      'site s1',
      'site s2',
    ])
    expect(graph.nodes.find(({ id }) => id === 'own')).toMatchObject({ x: 0, y: 0, href: null })
    expect(graph.nodes.find(({ id }) => id === 'company both')).toMatchObject({ href: '#/wages?company=both', sites: 2, owedYuan: 10 })
    expect(graph.edges.filter(({ target }) => target === 'company both')).toHaveLength(2)
    expect(graph.nodes.every(({ isNamed }) => isNamed)).toBe(true)
    expect(graph.leftOut).toBe(0)
  })

  it('of many draws 200 at most, keeps the debts and the shared, says how many are missing, and names few', () => {
    const graph = chainGraph(exposureOf(Array.from({ length: 90 }, (_, n) => site(n, [
      'me',
      `shared${n % 5}`,
      `a${n}`,
      `b${n}`,
    ], 1000 - n))), addresses)
    expect(graph.nodes).toHaveLength(mostNodes)
    expect(graph.leftOut).toBe(1 + 90 + 5 + 2 * 80 - mostNodes)
    expect(graph.nodes.filter(({ id }) => id.startsWith('company shared'))).toHaveLength(5)
    expect(graph.nodes.filter(({ isNamed }) => isNamed).length).toBeLessThan(25)
    const places = new Set(graph.nodes.map(({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`))
    expect(places.size).toBe(mostNodes)
    const largest = graph.nodes.filter(({ id }) => ['site s0', 'site s1', 'site s2'].includes(id))
    for (const [at, { x, y }] of largest.entries())
      largest.slice(at + 1).forEach(other => expect(Math.hypot(other.x - x, other.y - y)).toBeGreaterThan(50))
    // As it is seen, neighbours on a ring stand equally far apart: nowhere a crowd.
    const ring = graph.nodes.filter(({ kind }) => kind === 'site').sort((a, b) => Math.atan2(a.x, -a.y) - Math.atan2(b.x, -b.y))
    const gaps = ring.map(({ x, y }, at) => Math.hypot(stretch * (ring[(at + 1) % ring.length]!.x - x), ring[(at + 1) % ring.length]!.y - y))
    expect(Math.max(...gaps) / Math.min(...gaps)).toBeLessThan(1.05)
    const ids = new Set(graph.nodes.map(({ id }) => id))
    expect(graph.edges.every(({ source, target }) => ids.has(source) && ids.has(target))).toBe(true)
  })
})
