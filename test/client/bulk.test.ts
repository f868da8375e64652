import type { CaseFeature, CaseStatus } from '#contract/case.ts'
import type { LedgerBulkInput, LedgerBulkResult } from '#contract/ledger.ts'
import type { RulesInForce } from '#contract/rules.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '../../client/api.ts'
import { bulkActions, wayBack } from '../../client/duty/ledger/bulk/bulk-actions.ts'
import { createBulkRun, secondThoughtsMs } from '../../client/duty/ledger/bulk/bulk-run.ts'
import { filterChips } from '../../client/duty/ledger/filter-chips.ts'
import { transitions } from '../../server/cases/transitions.ts'

const table = transitions.map(({ outcome = null, needs = [], ...row }) => ({ ...row, outcome, needs })) as unknown as RulesInForce['transitions']

function one(id: string, status: CaseStatus, assignee: string | null = null): CaseFeature {
  return {
    type: 'Feature',
    id,
    geometry: null,
    properties: {
      id,
      status,
      assignee,
      version: 3,
      reportedAt: '2026-11-24T00:00:00Z',
    },
  } as unknown as CaseFeature
}

describe('what can be done to many cases at once', () => {
  const chosen = [
    one('a', 'registered'),
    one('b', 'in-progress', 'w1'),
    one('c', 'resolved', 'w1'),
  ]
  const named = (role: 'duty' | 'inspector' | 'grid') => bulkActions(table, role, chosen).map(({ action }) => action)

  it('is what the table allows the role from their states, each with those that it fits', () => {
    expect(bulkActions(table, 'duty', chosen).find(({ action }) => action === 'dispatch')!.fitting.map(({ id }) => id)).toEqual(['a'])
    expect(named('inspector')).toEqual(['supervise'])
    expect(named('duty')).not.toContain('accept')
  })

  it('is nothing that belongs to one case: no call-back, ruling, proof or place', () => {
    expect(named('duty').filter(action => [
      'call-back',
      'resolve',
      'locate',
      'rule-return',
      'rule-extension',
    ].includes(action))).toEqual([])
  })
})

describe('the way back', () => {
  const ways = [
    [
      'dispatch',
      one('a', 'registered'),
    ],
    [
      'dispatch',
      one('a', 'dispatched', 'w1'),
    ],
    [
      'merge',
      one('a', 'registered'),
    ],
    [
      'suspend',
      one('a', 'in-progress', 'w1'),
    ],
  ] as const

  it.each(ways)('after %s leads by a step of the table to the state before', (action, before) => {
    const there = transitions.find(row => row.action === action)!
    const way = wayBack(action, before.properties, 'r')!
    const back = transitions.find(row => row.action === way.action)!
    expect(back.from).toContain(there.to)
    expect(back.to === 'unchanged'
      ? there.to
      : back.to).toBe(before.properties.status)
  })

  it('is not claimed where something would be left behind', () => {
    expect(wayBack('dispatch', one('a', 'reopened', 'w1').properties, 'r')).toBeNull()
    expect(wayBack('merge', one('a', 'in-progress', 'w1').properties, 'r')).toBeNull()
    expect(wayBack('supervise', one('a', 'registered').properties, 'r')).toBeNull()
  })
})

describe('a bulk', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const done = ({ cases }: LedgerBulkInput): LedgerBulkResult[] => cases.map(({ id, version }) => ({
    id,
    done: { status: 'dispatched', version: version + 1 },
    refused: null,
  }))
  const asked = {
    action: 'dispatch' as const,
    input: { assignee: 'w1' },
    cases: [
      one('a', 'registered'),
      one('b', 'registered'),
    ],
  }

  it('waits for second thoughts: dropped, nothing was ever sent', async () => {
    const send = vi.fn(async (body: LedgerBulkInput) => done(body))
    const run = createBulkRun({ send })
    await run.start(asked)
    expect(run.drop()).toBe(asked)
    await vi.advanceTimersByTimeAsync(secondThoughtsMs + 1)
    expect(send).not.toHaveBeenCalled()
    expect(run.state.value).toBeNull()
  })

  it('is sent when nobody objects, with the versions that were seen, and led back by steps of its own', async () => {
    const sent: LedgerBulkInput[] = []
    const run = createBulkRun({
      send: async (body) => {
        sent.push(body)
        return done(body)
      },
    })
    await run.start(asked)
    await vi.advanceTimersByTimeAsync(secondThoughtsMs + 1)
    await run.takeBack('误操作')
    expect(sent).toEqual([
      {
        action: 'dispatch',
        input: { assignee: 'w1' },
        cases: [
          { id: 'a', version: 3 },
          { id: 'b', version: 3 },
        ],
      },
      {
        action: 'recall',
        input: { reason: '误操作' },
        cases: [
          { id: 'a', version: 4 },
          { id: 'b', version: 4 },
        ],
      },
    ])
    expect(run.state.value).toMatchObject({ is: 'over', takenBack: true })
  })

  it('goes on with the rest under the same key after the line broke', async () => {
    const keys: string[] = []
    const run = createBulkRun({
      send: async (body, key) => {
        keys.push(key)
        if (keys.length === 1)
          throw new ApiProblem({ type: 'urn:huizhi:problem:unreachable', title: 'gone', status: 0 })
        return done(body)
      },
    })
    await run.start(asked)
    await run.go()
    expect(run.state.value).toMatchObject({
      results: [],
      broken: expect.any(ApiProblem),
    })
    await run.goOn()
    expect(run.state.value).toMatchObject({
      results: [
        { id: 'a' },
        { id: 'b' },
      ],
      broken: null,
    })
    expect(keys[1]).toBe(keys[0])
  })
})

it('a filter without a field on the page is shown, and a pair of days as one', () => {
  expect(filterChips(new URLSearchParams('compound=-12&closedFrom=2026-11-01&closedTo=2026-11-07&kind=noise'))).toEqual([
    {
      name: 'compound',
      value: '',
      params: ['compound'],
    },
    {
      name: 'closed',
      value: '2026-11-01 – 2026-11-07',
      params: ['closedFrom', 'closedTo'],
    },
  ])
})
