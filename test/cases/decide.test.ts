import type { CaseActionInput } from '#contract/case.ts'
import type { CaseState } from '../../server/cases/case-state.ts'
import { describe, expect, it } from 'vitest'
import { CaseAction, CaseStatus } from '#contract/case.ts'
import { transitions } from '../../server/cases/transitions.ts'
import { aCase, after, noon, refusalOf } from '../world/case-state.ts'

const evidence: CaseActionInput['evidence'] = [
  { kind: 'text', text: '已更换水泵，恢复供水' },
]
function inWork() {
  return after(aCase(), [
    'dispatch',
    { assignee: 'w1' },
  ], ['accept'], ['start'])
}
function resolved(by = { id: 'w1', role: 'community' as const }) {
  return after(inWork(), [
    'resolve',
    { evidence },
    by,
  ])
}

describe('the table', () => {
  it('every action is in it', () => {
    expect(CaseAction.options.filter(action => !transitions.some(row => row.action === action))).toEqual([])
  })

  it('every status can be left, but for the archive', () => {
    const stuck = CaseStatus.options.filter(status => !transitions.some(row => row.from.includes(status) && row.to !== 'unchanged' && row.to !== status))
    expect(stuck).toEqual(['archived'])
  })

  it('one action in one status with one answer has one row', () => {
    const keys = transitions.flatMap(row => row.from.map(status => `${row.action} ${row.outcome ?? ''} ${status}`))
    expect(new Set(keys).size).toBe(keys.length)
  })
})

it('a case goes from the call to the archive', () => {
  const done = after(resolved(), [
    'call-back',
    { satisfied: true },
  ], ['close'], ['archive'])
  expect(done).toMatchObject({
    status: 'archived',
    satisfied: true,
    calledBackAt: noon,
    closedAt: noon,
    assignee: 'w1',
  })
})

it('what cannot be done now says from where it could', () => {
  expect(refusalOf(aCase(), 'close')).toEqual({ reason: 'illegal-transition', detail: 'A case that is registered cannot close; possible from resolved.' })
})

it('a case is not closed without evidence', () => {
  expect(refusalOf(inWork(), 'resolve')).toEqual({
    reason: 'missing',
    errors: [
      { path: 'evidence', message: 'resolve needs evidence' },
    ],
  })
})

it('a case is not closed without a call-back', () => {
  expect(refusalOf(resolved(), 'close')).toMatchObject({ reason: 'not-yet' })
})

it('a call-back that reached nobody does not count', () => {
  expect(refusalOf(after(resolved(), [
    'call-back',
    { satisfied: null },
  ]), 'close')).toMatchObject({ reason: 'not-yet' })
})

it('whoever handled a case does not call back on it', () => {
  const handler = { id: 'w1', role: 'duty' as const }
  expect(refusalOf(resolved(), 'call-back', { satisfied: true }, { actor: handler })).toMatchObject({ reason: 'not-yet' })
  expect(refusalOf(resolved(), 'call-back', { satisfied: true }, {
    actor: { id: 'd2', role: 'duty' },
  })).toBeNull()
})

it('a dissatisfied call-back reopens the case with its age kept', () => {
  const before = resolved()
  expect(after(before, [
    'call-back',
    { satisfied: false },
  ])).toMatchObject({
    status: 'reopened',
    satisfied: false,
    dissatisfiedInRow: 1,
    dueAt: before.dueAt,
    assignee: 'w1',
  })
})

it('dissatisfied answers in a row are counted until a satisfied one', () => {
  const again: Parameters<typeof after>[1][] = [
    ['start'],
    [
      'resolve',
      { evidence },
    ],
    [
      'call-back',
      { satisfied: false },
    ],
  ]
  const twice = after(resolved(), [
    'call-back',
    { satisfied: false },
  ], ...again)
  expect(twice.dissatisfiedInRow).toBe(2)
  expect(after(twice, ['start'], [
    'resolve',
    { evidence },
  ], [
    'call-back',
    { satisfied: true },
  ]).dissatisfiedInRow).toBe(0)
})

it('new work asks for a new answer', () => {
  const reworked = after(resolved(), [
    'call-back',
    { satisfied: false },
  ], ['start'], [
    'resolve',
    { evidence },
  ])
  expect(reworked.satisfied).toBeNull()
})

it('a resident who is dissatisfied after the closing gets the case reopened', () => {
  const closed = after(resolved(), [
    'call-back',
    { satisfied: true },
  ], ['close'])
  expect(after(closed, [
    'call-back',
    { satisfied: false },
  ])).toMatchObject({ status: 'reopened', closedAt: null })
})

it.each([
  [true, 'registered'],
  [false, 'dispatched'],
] as const)('after a ruling (%s) there is no second return', (granted, status) => {
  const ruled = after(aCase(), [
    'dispatch',
    { assignee: 'w1' },
  ], [
    'request-return',
    { reason: '不属本社区' },
  ], [
    'rule-return',
    { granted, reason: '依职责清单' },
  ])
  expect(ruled.status).toBe(status)
  const back = granted
    ? after(ruled, [
        'dispatch',
        { assignee: 'w2' },
      ])
    : ruled
  expect(refusalOf(back, 'request-return', { reason: '仍不属本社区' })).toMatchObject({ reason: 'not-yet' })
})

it('an extension that is granted moves the deadline to the plan date', () => {
  const asked = after(inWork(), [
    'request-extension',
    { reason: '材料未到', planDate: '2026-12-10' },
  ])
  expect(refusalOf(asked, 'rule-extension', {})).toEqual({
    reason: 'missing',
    errors: [
      { path: 'granted', message: 'rule-extension needs granted' },
    ],
  })
  expect(after(asked, [
    'rule-extension',
    { granted: true, planDate: '2026-12-10' },
  ])).toMatchObject({
    status: 'in-progress',
    dueAt: new Date('2026-12-10T23:59:59+08:00'),
  })
  expect(after(asked, [
    'rule-extension',
    { granted: false, reason: '可先行处理' },
  ]).dueAt).toEqual(asked.dueAt)
})

it('on account needs a dated plan, which becomes the deadline while the clock stands still', () => {
  expect(refusalOf(inWork(), 'suspend', { reason: '需列入明年计划' })).toMatchObject({
    errors: [
      { path: 'planDate' },
    ],
  })
  expect(refusalOf(inWork(), 'suspend', { reason: '…', planDate: '2026-11-23' })).toMatchObject({ reason: 'not-yet' })
  const suspended = after(inWork(), [
    'suspend',
    { reason: '需列入明年计划', planDate: '2027-03-31' },
  ])
  expect(suspended).toMatchObject({
    status: 'suspended',
    clockPausedAt: noon,
    dueAt: new Date('2027-03-31T23:59:59+08:00'),
  })
  expect(after(suspended, ['resume'])).toMatchObject({
    status: 'in-progress',
    clockPausedAt: null,
    dueBeforePause: null,
    dueAt: aCase().dueAt,
  })
})

it('a role does only what is its to do', () => {
  expect(refusalOf(aCase(), 'dispatch', { assignee: 'w1' }, {
    actor: { id: 'g1', role: 'grid' },
  })).toMatchObject({ reason: 'not-allowed' })
  expect(refusalOf(aCase(), 'supervise', { reason: '超期' }, {
    actor: { id: 'i1', role: 'inspector' },
  })).toBeNull()
})

it('supervision is a mark on an open case', () => {
  expect(after(inWork(), [
    'supervise',
    { reason: '超期' },
  ])).toMatchObject({ status: 'in-progress', supervised: true })
})

describe('merging', () => {
  const merged = (head: Partial<CaseState> = {}) => aCase({
    status: 'merged',
    mergedInto: 'GD1',
    headStatus: 'in-progress',
    ...head,
  })

  it('goes into an open case that is there', () => {
    const into = { into: 'GD1' }
    expect(refusalOf(aCase(), 'merge', into)).toMatchObject({ reason: 'not-yet' })
    expect(refusalOf(aCase(), 'merge', into, {
      target: { status: 'closed', self: false },
    })).toMatchObject({ reason: 'not-yet' })
    expect(refusalOf(aCase(), 'merge', into, {
      target: { status: 'registered', self: true },
    })).toMatchObject({ reason: 'not-yet' })
    expect(refusalOf(aCase(), 'merge', into, {
      target: { status: 'in-progress', self: false },
    })).toBeNull()
  })

  it('keeps every complainant on the account until called back', () => {
    const head = after({
      ...resolved(),
      complainantsToCall: 2,
    }, [
      'call-back',
      { satisfied: true },
    ])
    expect(refusalOf(head, 'close')).toMatchObject({ reason: 'not-yet', detail: '2 merged complainant(s) must be called back first.' })
  })

  it('a merged complainant is called back when the matter is resolved', () => {
    expect(refusalOf(merged(), 'call-back', { satisfied: true })).toMatchObject({ reason: 'not-yet' })
    expect(after(merged({ headStatus: 'resolved' }), [
      'call-back',
      { satisfied: true },
    ])).toMatchObject({ status: 'merged', satisfied: true })
  })

  it('a dissatisfied complainant gets a case of their own back', () => {
    expect(after(merged({ headStatus: 'resolved' }), [
      'call-back',
      { satisfied: false },
    ])).toMatchObject({ status: 'reopened', mergedInto: null })
  })

  it('a merged case is filed away after the one that answers for it', () => {
    const called = merged({ satisfied: true, headStatus: 'resolved' })
    expect(refusalOf(called, 'archive')).toMatchObject({ reason: 'not-yet' })
    expect(refusalOf({ ...called, headStatus: 'closed' }, 'archive')).toBeNull()
  })
})
