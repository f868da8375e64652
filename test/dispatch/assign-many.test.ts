import fc from 'fast-check'
import loadHighs from 'highs'
import { expect, it } from 'vitest'
import { assignBest, assignInTurn } from '../../server/dispatch/assign-many.ts'

const highs = await loadHighs()
function named(id: string, scores: Record<string, number>, weight = 1) {
  return {
    id,
    weight,
    suggested: Object.entries(scores).map(([officer, score]) => ({ officer, score })).sort((a, b) => b.score - a.score),
  }
}
const pairs = ({ given }: ReturnType<typeof assignBest>) => Object.fromEntries(given.map(({ case: id, officer }) => [id, officer.officer]))
const total = ({ given }: ReturnType<typeof assignBest>) => given.reduce((sum, { officer }) => sum + officer.score, 0)

it('going down the list gives the first case the officer whom the second one needs; the best way does not', () => {
  const cases = [
    named('leak', { wang: 0.9, li: 0.8 }),
    named('lift', { wang: 0.8, li: 0.1 }),
  ]
  expect(pairs(assignInTurn(cases, 1))).toEqual({ leak: 'wang', lift: 'li' })
  expect(pairs(assignBest(highs, cases, 1))).toEqual({ leak: 'li', lift: 'wang' })
})

it('a case more is worth more than better scores', () => {
  const cases = [
    named('leak', { wang: 1, li: 0.1 }),
    named('lift', { wang: 0.1 }),
  ]
  expect(pairs(assignBest(highs, cases, 1))).toEqual({ leak: 'li', lift: 'wang' })
})

it('an emergency keeps whom it needs though others would gain more, and is the last to be left', () => {
  const cases = [
    named('noise', { wang: 0.9, li: 0.2 }),
    named('gas', { wang: 0.8, li: 0.6 }, 10),
  ]
  expect(pairs(assignBest(highs, cases, 1))).toEqual({ noise: 'li', gas: 'wang' })
  expect(pairs(assignBest(highs, [
    named('noise', { wang: 1 }),
    named('gas', { wang: 0.1 }, 10),
  ], 1))).toEqual({ gas: 'wang' })
})

it('says why a case is left: nobody can go, or all who could are taken', () => {
  const cases = [
    named('leak', { wang: 0.9 }),
    named('lift', { wang: 0.8 }),
    named('far', {}),
  ]
  expect(assignBest(highs, cases, 1).left).toEqual([
    { case: 'lift', reason: 'taken' },
    { case: 'far', reason: 'nobody' },
  ])
  expect(assignBest(highs, cases, 2).left).toEqual([
    { case: 'far', reason: 'nobody' },
  ])
  expect(assignBest(highs, [
    named('far', {}),
  ], 1)).toEqual({
    given: [],
    left: [
      { case: 'far', reason: 'nobody' },
    ],
  })
})

it('no other way is better: the same as trying them all, nobody is sent to more than allowed, no case is lost', () => {
  const world = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 1000 }).map(n => n / 1000), { maxKeys: 4 }), { minLength: 1, maxLength: 5 })
  fc.assert(fc.property(world, fc.integer({ min: 1, max: 2 }), (scores, perOfficer) => {
    const cases = scores.map((one, index) => named(`c${index}`, one))
    const best = assignBest(highs, cases, perOfficer)
    const counts = Map.groupBy(best.given, ({ officer }) => officer.officer)
    expect(Math.max(0, ...[
      ...counts.values(),
    ].map(list => list.length))).toBeLessThanOrEqual(perOfficer)
    expect([
      ...best.given,
      ...best.left,
    ].map(({ case: id }) => id).sort()).toEqual(cases.map(({ id }) => id).sort())

    const tried = bestByTrying(scores, perOfficer)
    expect(best.given.length).toBe(tried.count)
    expect(total(best)).toBeCloseTo(tried.score, 6)
    expect(assignInTurn(cases, perOfficer).given.length).toBeLessThanOrEqual(best.given.length)
  }), { numRuns: 60 })
})

/** Slow and obvious. */
function bestByTrying(scores: Record<string, number>[], perOfficer: number, busy: Record<string, number> = {}): { count: number, score: number } {
  if (scores.length === 0)
    return { count: 0, score: 0 }
  const [first, ...rest] = scores
  let best = bestByTrying(rest, perOfficer, busy)
  for (const [officer, score] of Object.entries(first!)) {
    if ((busy[officer] ?? 0) >= perOfficer)
      continue
    const others = bestByTrying(rest, perOfficer, { ...busy, [officer]: (busy[officer] ?? 0) + 1 })
    const way = { count: others.count + 1, score: others.score + score }
    if (way.count > best.count || (way.count === best.count && way.score > best.score))
      best = way
  }
  return best
}
