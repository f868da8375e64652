import type { HandlingStepInput, HandlingStepName } from '#contract/wage-handling.ts'
import type { StandingHandling, StepDecision } from '../../server/wages/handling/decide-step.ts'
import { describe, expect, it } from 'vitest'
import { HandlingStepName as Steps } from '#contract/wage-handling.ts'
import { HandlingState } from '#contract/places.ts'
import { decideStep, possibleSteps } from '../../server/wages/handling/decide-step.ts'
import { handlingGuards } from '../../server/wages/handling/handling-guards.ts'
import { handlingSteps, handlingWay } from '../../server/wages/handling/handling-steps.ts'

const handler = { id: 'handler', role: 'community' as const }
const other = { id: 'other', role: 'duty' as const }
const today = '2026-11-24'
const order: HandlingStepInput = {
  on: '2026-11-10',
  addressee: 'gc',
  article: 30,
  yuan: 60_000,
  people: 10,
  payBy: '2026-11-20',
  issuer: '区人社局',
}
const proof: HandlingStepInput = {
  on: '2026-11-15',
  yuan: 60_000,
  people: 10,
  documents: ['u1'],
}

function standing(said: Partial<StandingHandling> = {}): StandingHandling {
  return {
    state: 'ordered',
    workedBy: ['handler'],
    confirmed: false,
    closeProposedBy: null,
    claimedYuan: 80_000,
    claimedPeople: 12,
    foundYuan: 60_000,
    foundPeople: 10,
    paidYuan: 0,
    paidPeople: 0,
    lastOn: '2026-11-05',
    openCases: 0,
    papers: [],
    papersOut: 0,
    ...said,
  }
}
function decided(at: StandingHandling | null, step: HandlingStepName, input: HandlingStepInput, actor: { id: string, role: 'duty' | 'community' | 'inspector' | 'planner' } = handler): StepDecision {
  return decideStep(at, step, input, { actor, today })
}
function paths(decision: StepDecision): string[] {
  return 'faults' in decision
    ? decision.faults.map(({ path }) => path.replace('step.', ''))
    : []
}

describe('the table of steps', () => {
  it('names every step and reaches every state', () => {
    expect(new Set(handlingSteps.map(({ step }) => step))).toEqual(new Set(Steps.options))
    expect(new Set(handlingSteps.map(({ to }) => to))).toEqual(new Set([...HandlingState.options, 'unchanged']))
    expect(handlingWay).toEqual(HandlingState.options)
  })

  it('uses every guard', () => {
    expect(new Set(handlingSteps.flatMap(({ guards = [] }) => guards))).toEqual(new Set(Object.keys(handlingGuards)))
  })

  it('lets nobody plan, administer or hang on a wall who takes a step', () => {
    expect(decided(null, 'complain', { on: today }, { id: 'p', role: 'planner' })).toEqual({ obstacle: 'The role planner does not do that.' })
  })
})

describe('a step', () => {
  it('needs what its row says, each said at its field', () => {
    expect(paths(decided(null, 'complain', { on: today }))).toEqual(['yuan', 'people', 'note'])
    expect(paths(decided(standing({ state: 'checked' }), 'order', { on: today }))).toEqual([
      'addressee',
      'article',
      'yuan',
      'people',
      'payBy',
      'issuer',
    ])
    expect(paths(decided(standing(), 'pay', { ...proof, documents: [] }))).toEqual(['documents'])
    expect(paths(decided(standing(), 'pay', { ...proof, documents: [], paper: '银行回单 0017' }))).toEqual([])
  })

  it('has its day between the step before it and today', () => {
    expect(paths(decided(standing(), 'pay', { ...proof, on: '2026-11-25' }))).toEqual(['on'])
    expect(paths(decided(standing(), 'pay', { ...proof, on: '2026-11-04' }))).toEqual(['on'])
    expect(paths(decided(standing({ state: 'checked' }), 'order', { ...order, payBy: '2026-11-09' }))).toEqual(['payBy'])
  })

  it('leaves nothing out without a reason, and gives none where nothing is left out', () => {
    const fresh = standing({ state: 'complained', foundYuan: null, foundPeople: null })
    expect(paths(decided(fresh, 'order', order))).toEqual(['skipReason'])
    expect(decided(fresh, 'order', { ...order, skipReason: '总包当场承认' })).toMatchObject({
      skipped: ['checked'],
    })
    expect(paths(decided(standing({ state: 'checked' }), 'pay', proof))).toEqual(['skipReason'])
    expect(paths(decided(standing({ state: 'checked' }), 'order', { ...order, skipReason: '多余' }))).toEqual(['skipReason'])
  })

  it('has sums that can be', () => {
    const complaint = { on: today, note: '三个月未发' }
    expect(paths(decided(null, 'complain', { ...complaint, yuan: 0, people: 3 }))).toEqual(['yuan'])
    expect(paths(decided(null, 'complain', { ...complaint, yuan: 5_000_000, people: 3 }))).toEqual(['yuan'])
    expect(paths(decided(null, 'complain', { ...complaint, yuan: 5000, people: 0 }))).toEqual(['yuan'])
    expect(paths(decided(standing({ state: 'checked' }), 'order', { ...order, yuan: 120_001 }))).toEqual(['yuan'])
    expect(paths(decided(standing(), 'pay', { ...proof, people: 13 }))).toEqual(['people'])
    expect(paths(decided(standing({ paidYuan: 60_000 }), 'pay', { ...proof, yuan: 60_001 }))).toEqual(['yuan'])
  })

  it('that does not belong to the state is refused with the state', () => {
    expect(decided(standing(), 'complain', { on: today })).toEqual({ obstacle: 'A handling that stands at ordered takes no complain.' })
    expect(decided(null, 'close', { on: today }, other)).toEqual({ obstacle: 'A handling that stands at null takes no close.' })
  })

  it('is signed for only where an order or transfer is out', () => {
    const receipt = {
      on: today,
      ofStep: 3,
      receivedBy: '王假设',
      manner: 'in-person' as const,
    }
    expect(decided(standing(), 'receipt', receipt)).toHaveProperty('obstacle')
    expect(decided(standing({
      papers: [3],
      papersOut: 1,
    }), 'receipt', receipt)).toHaveProperty('rule')
    expect(paths(decided(standing({
      papers: [4],
      papersOut: 1,
    }), 'receipt', receipt))).toEqual(['ofStep'])
  })
})

describe('payment proof', () => {
  it('of a part leaves the order standing; of all that was found, for all of them, it is paid', () => {
    expect(decided(standing(), 'pay', { ...proof, yuan: 40_000, people: 6 })).toMatchObject({
      rule: { to: 'unchanged' },
    })
    expect(decided(standing({ paidYuan: 40_000, paidPeople: 6 }), 'pay', { ...proof, yuan: 20_000, people: 4 })).toMatchObject({
      rule: { to: 'paid' },
    })
    expect(decided(standing(), 'pay', { ...proof, people: 9 })).toMatchObject({
      rule: { to: 'unchanged' },
    })
  })

  it('is measured by what is claimed where nothing was checked', () => {
    const unchecked = standing({ state: 'complained', foundYuan: null, foundPeople: null })
    expect(decided(unchecked, 'pay', proof)).toMatchObject({
      rule: { outcome: 'part' },
    })
    expect(decided(unchecked, 'pay', {
      ...proof,
      yuan: 80_000,
      people: 12,
      skipReason: '当场付清',
    })).toMatchObject({
      rule: { outcome: 'full' },
      skipped: ['checked', 'ordered'],
    })
  })
})

describe('the closing', () => {
  const paid = standing({ state: 'paid', paidYuan: 60_000, paidPeople: 10 })
  const called = { on: today, confirmed: true, people: 3 }

  it('waits for a call-back by somebody who had nothing to do with it', () => {
    expect(decided(paid, 'propose-close', { on: today })).toHaveProperty('obstacle')
    expect(decided(paid, 'call-back', called, { id: 'handler', role: 'duty' })).toHaveProperty('obstacle')
    expect(decided(paid, 'call-back', called, other)).toMatchObject({
      rule: { outcome: 'confirmed' },
    })
    expect(paths(decided(paid, 'call-back', { ...called, people: 0 }, other))).toEqual(['people'])
  })

  it('is off, and the matter checked anew, where the workers have no money; why is said', () => {
    expect(paths(decided(paid, 'call-back', { on: today, confirmed: false, people: 3 }, other))).toEqual(['note'])
    expect(decided(paid, 'call-back', {
      on: today,
      confirmed: false,
      people: 3,
      note: '三人未收到',
    }, other)).toMatchObject({
      rule: { to: 'checked' },
    })
  })

  it('needs two keys, and that the callers were told', () => {
    const proposed = { ...paid, confirmed: true, closeProposedBy: 'proposer' }
    expect(decided(proposed, 'close', { on: today }, { id: 'proposer', role: 'duty' })).toHaveProperty('obstacle')
    expect(decided(proposed, 'close', { on: today }, { id: 'handler', role: 'duty' })).toHaveProperty('obstacle')
    expect(decided({ ...proposed, closeProposedBy: null }, 'close', { on: today }, other)).toHaveProperty('obstacle')
    expect(decided({ ...proposed, openCases: 1 }, 'close', { on: today }, other)).toMatchObject({
      obstacle: expect.stringContaining('1 of its cases'),
    })
    expect(decided(proposed, 'close', { on: today }, other)).toMatchObject({
      rule: { to: 'closed' },
    })
  })

  it('without payment is for what the check found to owe nothing', () => {
    expect(decided(standing({ state: 'checked' }), 'propose-close', { on: today, note: '查无拖欠' })).toHaveProperty('obstacle')
    const unfounded = standing({ state: 'checked', foundYuan: 0, foundPeople: 0 })
    expect(decided(unfounded, 'propose-close', { on: today, note: '查无拖欠' })).toMatchObject({
      rule: { outcome: 'unfounded' },
    })
    expect(decided({ ...unfounded, closeProposedBy: 'handler' }, 'close', { on: today }, other)).toMatchObject({
      rule: { outcome: 'unfounded' },
      skipped: [],
    })
  })
})

it('what can come next stands once each, with why it cannot yet', () => {
  const next = possibleSteps(standing({ state: 'paid' }), other)
  expect(next.map(({ step }) => step)).toEqual([
    'link',
    'receipt',
    'call-back',
    'propose-close',
    'close',
    'send-back',
  ])
  expect(next.find(({ step }) => step === 'propose-close')).toMatchObject({ guard: 'confirmed' })
  expect(next.find(({ step }) => step === 'call-back')).toMatchObject({ guard: null })
  expect(possibleSteps(standing(), handler).map(({ step }) => step)).toEqual([
    'link',
    'order',
    'transfer',
    'receipt',
    'pay',
  ])
})
