import type { HandlingNeed, HandlingStepName, WageHandling } from '#contract/wage-handling.ts'
import type { WageLedger } from '#contract/wages.ts'
import { describe, expect, it } from 'vitest'
import { HandlingStepInput } from '#contract/wage-handling.ts'
import { fieldsOf, firstDraft, leapsOver, stepInput, withCases, withFiles } from '../../client/duty/wages/handling/step-fields.ts'
import { handlingAddress, orderAddress } from '../../client/duty/wages/addresses.ts'
import { isOut } from '../../client/duty/wages/handling/papers.ts'
import { handlingSteps } from '../../server/wages/handling/handling-steps.ts'

const today = '2026-11-24'
const ledger = {
  owed: { yuan: 60_000, people: 10, since: '2026-10-01' },
  parties: [
    { id: 'dev', role: 'developer' },
    { id: 'gc', role: 'general-contractor' },
  ],
  obligations: [
    { party: 'gc', article: 30 },
  ],
} as WageLedger

function handling(said: Partial<WageHandling> = {}): WageHandling {
  return {
    state: 'checked',
    claimedYuan: 90_000,
    claimedPeople: 12,
    foundYuan: 60_000,
    foundPeople: 10,
    paidYuan: 20_000,
    paidPeople: 4,
    steps: [],
    ...said,
  } as WageHandling
}

it('a form asks for all that the table of steps needs', () => {
  const apart: Partial<Record<HandlingNeed, readonly HandlingStepName[]>> = {
    addressee: ['order'],
    ofStep: ['receipt'],
    cases: withCases,
    documents: withFiles,
  }
  for (const { step, needs } of handlingSteps) {
    const asked = fieldsOf(step, firstDraft('link', { handling: null, ledger, today }), null, false).map(({ name }) => name)
    for (const need of needs)
      expect(asked.includes(need) || apart[need]?.includes(step), `${step} needs ${need}`).toBe(true)
  }
})

describe('a form begins with what is known', () => {
  it('the sum that is still to be paid', () => {
    expect(firstDraft('pay', {
      handling: handling(),
      ledger,
      today,
    })).toMatchObject({ on: today, yuan: 40_000, people: 6 })
  })

  it('who has to pay first, and by which article', () => {
    expect(firstDraft('order', {
      handling: handling(),
      ledger,
      today,
    })).toMatchObject({ addressee: 'gc', article: 30, yuan: 60_000 })
  })

  it('the paper for which nobody has signed yet', () => {
    const steps = [
      { nr: 3, step: 'order' },
      { nr: 4, step: 'receipt', ofStep: 3 },
      { nr: 5, step: 'transfer' },
    ] as WageHandling['steps']
    expect(steps.map(step => isOut(step, { steps }))).toEqual([false, false, true])
    expect(firstDraft('receipt', {
      handling: handling({ steps }),
      ledger,
      today,
    })).toMatchObject({ ofStep: 5 })
  })
})

it('why steps are left out is asked where some are', () => {
  expect(leapsOver('order', { on: today, cases: [], documents: [] }, handling())).toBe(false)
  expect(leapsOver('order', { on: today, cases: [], documents: [] }, handling({ state: 'complained' }))).toBe(true)
  const whole = {
    on: today,
    yuan: 40_000,
    people: 6,
    cases: [],
    documents: [],
  }
  expect(leapsOver('pay', whole, handling())).toBe(true)
  expect(leapsOver('pay', { ...whole, yuan: 39_999 }, handling())).toBe(false)
  expect(leapsOver('pay', whole, handling({ state: 'ordered' }))).toBe(false)
})

it('what is empty is not sent, and what is chosen has the type of the contract', () => {
  const input = stepInput({
    on: today,
    note: '',
    yuan: 0,
    people: null,
    article: '36' as never,
    confirmed: 'false' as never,
    cases: [],
    documents: ['u'],
  })
  expect(input).toEqual({
    on: today,
    yuan: 0,
    article: 36,
    confirmed: false,
    documents: ['u'],
  })
  expect(HandlingStepInput.safeParse(input).success).toBe(true)
})

it('a handling and an order have addresses of their own', () => {
  expect(handlingAddress('s 1', 'QX1')).toBe('#/wages?site=s%201&handling=QX1')
  expect(orderAddress('QX1', 3)).toBe('#/wage-order?handling=QX1&step=3')
})
