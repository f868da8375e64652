import type { CaseActionInput } from '#contract/case.ts'
import type { Actor, CaseState } from '../../server/cases/case-state.ts'
import { describe, expect, it } from 'vitest'
import { CaseAction, CaseStatus } from '#contract/case.ts'
import { decide } from '../../server/cases/decide.ts'
import { transitions } from '../../server/cases/transitions.ts'
import { aCase, after, decisionContext, noon, refusalOf } from '../world/case-state.ts'

const evidence: CaseActionInput['evidence'] = [
  { kind: 'text', text: '已更换水泵，恢复供水' },
]
function inWork() {
  return after(aCase(), [
    'dispatch',
    { assignee: 'w1' },
  ], ['accept'], ['start'])
}
function resolved(by: Actor = { id: 'w1', role: 'community', region: '990101001001' }) {
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
  ], ['propose-close'], ['close'], ['archive'])
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
  ], ['propose-close'], ['close'])
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

it('a resident who is satisfied with the manner but whose matter is not solved gets the case back', () => {
  expect(after(resolved(), [
    'call-back',
    { satisfied: true, solved: false },
  ])).toMatchObject({
    status: 'reopened',
    satisfied: false,
    solved: false,
    resolvedAt: null,
  })
})

it('closing takes two keys: whoever asks for it, or did the work, does not grant it', () => {
  const called = after(resolved(), [
    'call-back',
    { satisfied: true, solved: true },
  ])
  const duty = (id: string) => ({
    actor: { id, role: 'duty' as const },
  })
  expect(refusalOf(called, 'close', {}, duty('d1'))).toMatchObject({
    reason: 'not-yet',
    detail: expect.stringContaining('propose-close') as string,
  })
  const proposed = after(called, [
    'propose-close',
    {},
    { id: 'd1', role: 'duty' },
  ])
  expect(refusalOf(proposed, 'close', {}, duty('d1'))).toMatchObject({
    reason: 'not-yet',
    detail: expect.stringContaining('two keys') as string,
  })
  expect(refusalOf(proposed, 'close', {}, duty('w1'))).toMatchObject({ reason: 'not-yet' })
  expect(refusalOf(proposed, 'close', {}, duty('d2'))).toBeNull()
  expect(after(proposed, [
    'call-back',
    { satisfied: false },
  ]).closeProposedBy).toBeNull()
})

describe('whose case it is', () => {
  const dispatched = after(aCase(), [
    'dispatch',
    { assignee: 'w1' },
  ])
  it.each<[string, Actor, boolean]>([
    [
      'a grid worker accepts what was given to him',
      { id: 'w1', role: 'grid' },
      true,
    ],
    [
      'a grid worker does not accept what was given to another',
      { id: 'w2', role: 'grid' },
      false,
    ],
    [
      'a grid account without an officer accepts nothing',
      { id: 'u3', role: 'grid' },
      false,
    ],
    [
      'a community accepts for what lies in it',
      { id: 'c1', role: 'community', region: '990101001001' },
      true,
    ],
    [
      'a community does not accept for its neighbour',
      { id: 'c2', role: 'community', region: '990101001002' },
      false,
    ],
    [
      'a community account without a community accepts nothing',
      { id: 'c3', role: 'community' },
      false,
    ],
    [
      'whoever keeps the accounts does no work on cases',
      { id: 'a1', role: 'admin' },
      false,
    ],
  ])('%s', (_, actor, may) => {
    const refusal = refusalOf(dispatched, 'accept', {}, { actor })
    expect(refusal?.reason ?? null).toBe(may
      ? null
      : 'not-allowed')
  })
})

it('a case on account is reviewed until its plan is due, and warned of on the day of the review', () => {
  const suspended = after(inWork(), [
    'suspend',
    { reason: '需列入明年计划', planDate: '2027-03-31' },
  ])
  expect(suspended).toMatchObject({
    planDate: '2027-03-31',
    reviewAt: '2026-12-24',
    warnAt: new Date('2026-12-24T00:00:00+08:00'),
  })
  const late = {
    now: new Date('2026-12-24T09:00:00+08:00'),
  }
  expect(refusalOf(suspended, 'review', {}, late)).toMatchObject({ reason: 'missing' })
  const reviewed = decide({ ...suspended, card: 'yellow' }, 'review', { reason: '方案已报批' }, {
    ...decisionContext,
    ...late,
  })
  expect(reviewed).toMatchObject({
    ok: {
      set: { reviewAt: '2027-01-23', card: null },
    },
  })
  expect(refusalOf(suspended, 'review', { reason: '仍无进展' }, {
    now: new Date('2027-04-02T09:00:00+08:00'),
  })).toMatchObject({ reason: 'not-yet' })
  expect(after(suspended, ['resume'])).toMatchObject({ planDate: null, reviewAt: null })
})

it('a plan is neither behind us nor out of sight', () => {
  const plan = (planDate: string) => refusalOf(inWork(), 'suspend', { reason: '…', planDate })
  expect(plan('1999-12-31')).toMatchObject({ reason: 'not-yet' })
  expect(plan('2126-12-31')).toMatchObject({ reason: 'not-yet', detail: 'The plan date lies more than five years ahead.' })
})

it('the resident was first spoken to once', () => {
  const first = after(inWork(), ['contact'])
  expect(first.contactedAt).toEqual(noon)
  expect(after({
    ...first,
    contactedAt: new Date('2026-11-23T12:00:00+08:00'),
  }, ['contact']).contactedAt).toEqual(new Date('2026-11-23T12:00:00+08:00'))
})

describe('cards', () => {
  const late = new Date('2026-12-02T09:00:00+08:00')
  it('an extension takes the red card away and sets the next warning', () => {
    const red = {
      ...inWork(),
      card: 'red' as const,
    }
    const asked = after(red, [
      'request-extension',
      { reason: '材料未到', planDate: '2026-12-10' },
    ])
    expect(asked.card).toBe('red')
    expect(after(asked, [
      'rule-extension',
      { granted: true, planDate: '2026-12-10' },
    ])).toMatchObject({
      card: null,
      warnAt: new Date('2026-12-09T23:59:59+08:00'),
    })
  })

  it('nothing that people do gives a card: that is the clock\'s to say', () => {
    const decision = decide(inWork(), 'contact', {}, { ...decisionContext, now: late })
    expect(decision).toMatchObject({
      ok: {
        set: { contactedAt: late },
      },
    })
    expect('ok' in decision && 'card' in decision.ok.set).toBe(false)
  })

  it('what is reported done has no card', () => {
    const decision = decide({
      ...inWork(),
      card: 'red',
    }, 'resolve', { evidence }, { ...decisionContext, now: late })
    expect(decision).toMatchObject({
      ok: {
        set: { card: null, resolvedAt: late },
      },
    })
  })
})

it('a case that was merged by mistake comes back as it was reported, with its deadline', () => {
  const merged = aCase({
    status: 'merged',
    mergedInto: 'GD1',
    closedAt: noon,
    satisfied: true,
  })
  expect(after(merged, [
    'split',
    { reason: '不是同一件事' },
  ])).toMatchObject({
    status: 'registered',
    mergedInto: null,
    closedAt: null,
    satisfied: null,
    dueAt: merged.dueAt,
  })
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
    expect(refusalOf(head, 'propose-close')).toMatchObject({ reason: 'not-yet', detail: '2 merged complainant(s) must be called back first.' })
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
