import type { DissatisfiedHistory } from '../../server/figures/stock-change.ts'
import { expect, it } from 'vitest'
import { inStock, stockChange } from '../../server/figures/stock-change.ts'

/** A case reported at 0 that is open, with these answers at these moments. */
function history(answers: [at: number, answer: 'satisfied' | 'dissatisfied' | 'closed'][], said: Partial<DissatisfiedHistory> = {}): DissatisfiedHistory {
  let inRow = 0
  for (const [, answer] of answers) {
    if (answer === 'satisfied')
      inRow = 0
    if (answer === 'dissatisfied')
      inRow++
  }
  return {
    id: 'C',
    key: 'west',
    reportedAt: 0,
    status: answers.at(-1)?.[1] === 'closed'
      ? 'closed'
      : 'reopened',
    dissatisfiedInRow: inRow,
    calledBackAt: null,
    closedAt: null,
    steps: answers.map(([at, answer]) => ({
      at,
      toStatus: answer === 'closed'
        ? 'closed'
        : answer === 'satisfied'
          ? 'resolved'
          : 'reopened',
      answer: answer === 'closed'
        ? null
        : answer,
    })),
    ...said,
  }
}

it('a case is in the stock from its second dissatisfied call-back in a row until one ends satisfied', () => {
  const one = history([
    [10, 'dissatisfied'],
    [20, 'dissatisfied'],
    [30, 'satisfied'],
  ])
  expect([10, 20, 21, 30, 31].map(moment => inStock(one, moment, 2))).toEqual([
    false,
    false,
    true,
    true,
    false,
  ])
})

it('two dissatisfied call-backs with a satisfied one between them are not in a row', () => {
  expect(inStock(history([
    [10, 'dissatisfied'],
    [20, 'satisfied'],
    [30, 'dissatisfied'],
  ]), 40, 2)).toBe(false)
})

it('a case that was merged or closed is out of the stock although nobody was satisfied', () => {
  const merged = history([
    [10, 'dissatisfied'],
    [20, 'dissatisfied'],
  ])
  merged.steps.push({ at: 30, toStatus: 'merged', answer: null })
  expect([30, 31].map(moment => inStock(merged, moment, 2))).toEqual([true, false])
})

it('an imported case is in the stock from the call-back that it came with, or from its report', () => {
  const imported = history([], { dissatisfiedInRow: 2 })
  expect(inStock({ ...imported, calledBackAt: 50 }, 50, 2)).toBe(false)
  expect(inStock({ ...imported, calledBackAt: 50 }, 51, 2)).toBe(true)
  expect(inStock(imported, 1, 2)).toBe(true)
  expect(inStock({ ...imported, status: 'closed', closedAt: 60 }, 60, 2)).toBe(true)
  expect(inStock({ ...imported, status: 'closed', closedAt: 60 }, 61, 2)).toBe(false)
})

it('one dissatisfied call-back here makes two with the one that an imported case came with', () => {
  expect(inStock(history([
    [10, 'dissatisfied'],
  ], { dissatisfiedInRow: 2 }), 11, 2)).toBe(true)
})

it('what the stock was, what came, what went and what it is add up, the largest group first', () => {
  const change = stockChange([
    history([
      [10, 'dissatisfied'],
      [20, 'dissatisfied'],
    ]),
    history([
      [10, 'dissatisfied'],
      [20, 'dissatisfied'],
      [150, 'satisfied'],
    ]),
    history([
      [10, 'dissatisfied'],
      [120, 'dissatisfied'],
    ], { key: 'east' }),
    history([
      [110, 'dissatisfied'],
      [120, 'dissatisfied'],
    ], { key: 'east' }),
    history([
      [110, 'dissatisfied'],
      [120, 'dissatisfied'],
      [130, 'satisfied'],
    ], { key: 'east' }),
  ], {
    from: 100,
    until: 200,
    rules: { consecutiveFrom: 2, ranking: true },
  })
  expect(change).toEqual({
    from: 2,
    atStart: 2,
    entered: 2,
    left: 1,
    atEnd: 3,
    groups: [
      {
        key: 'east',
        atStart: 0,
        entered: 2,
        left: 0,
        atEnd: 2,
      },
      {
        key: 'west',
        atStart: 2,
        entered: 0,
        left: 1,
        atEnd: 1,
      },
    ],
  })
})
