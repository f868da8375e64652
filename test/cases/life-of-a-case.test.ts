import type { CaseStatus } from '#contract/case.ts'
import type { CaseState } from '../../server/cases/case-state.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CaseAction } from '#contract/case.ts'
import { decide } from '../../server/cases/decide.ts'
import { transitions } from '../../server/cases/transitions.ts'
import { aCase, decisionContext } from '../world/case-state.ts'

/** A few cases that may be merged, and what each one's complainant answered, in order. */
interface World {
  states: Map<string, CaseState>
  answers: Map<string, (boolean | null | 'resolved')[]>
}

const ids = ['a', 'b', 'c']

const step = fc.record({
  id: fc.constantFrom(...ids),
  // Mostly what the table allows in the case's status, or few random walks would get anywhere.
  pick: fc.nat(1000),
  action: fc.option(fc.constantFrom(...CaseAction.options), { freq: 6, nil: undefined }),
  input: fc.record({
    reason: fc.constant('reason'),
    evidence: fc.constant([
      { kind: 'text' as const, text: 'done' },
    ]),
    planDate: fc.constantFrom('2026-12-31', '2027-06-30', '2026-01-01'),
    assignee: fc.constantFrom('w1', 'w2'),
    granted: fc.boolean(),
    satisfied: fc.constantFrom(true, true, false, null),
    into: fc.constantFrom(...ids),
    location: fc.constant({ lng: 117, lat: 36.6, datum: 'wgs84' as const }),
  }),
  actor: fc.constantFrom({ id: 'd1', role: 'duty' as const }, { id: 'w1', role: 'admin' as const }, { id: 'loopback', role: 'admin' as const }),
})

/** What the database does around the rules: it knows the other cases. */
function see(world: World, id: string): CaseState {
  const state = world.states.get(id)!
  const children = [...world.states].filter(([, other]) => other.mergedInto === id)
  return {
    ...state,
    headStatus: state.mergedInto
      ? world.states.get(state.mergedInto)!.status
      : null,
    complainantsToCall: children.filter(([, child]) => child.satisfied !== true).length,
  }
}

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function actionOf({ id, pick, action }: Step, world: World): CaseAction {
  const { status } = world.states.get(id)!
  const leadingOn = transitions.filter(row => row.from.includes(status) && row.action !== 'locate' && row.action !== 'supervise')
  return action ?? leadingOn[pick % leadingOn.length]?.action ?? 'archive'
}

function take(world: World, step: Step): boolean {
  const { id, input, actor } = step
  const action = actionOf(step, world)
  const target = { status: world.states.get(input.into)!.status, self: input.into === id || world.states.get(input.into)!.mergedInto === id }
  const decision = decide(see(world, id), action, input, { ...decisionContext, actor, target })
  if ('refused' in decision)
    return false
  if (action === 'merge') {
    for (const [childId, child] of world.states) {
      if (child.mergedInto === id)
        world.states.set(childId, { ...child, mergedInto: input.into })
    }
  }
  world.states.set(id, {
    ...world.states.get(id)!,
    ...decision.ok.set,
  })
  if (action === 'call-back')
    world.answers.get(id)!.push(input.satisfied)
  if (action === 'resolve')
    world.answers.get(id)!.push('resolved')
  return true
}

function newWorld(): World {
  return {
    states: new Map(ids.map(id => [
      id,
      aCase(),
    ])),
    answers: new Map(ids.map(id => [id, []])),
  }
}

const over: CaseStatus[] = ['closed', 'archived']

it('whatever people do, nothing is filed away without a call-back that ended satisfied, and no complainant is lost', () => {
  const reached = new Map<CaseStatus, number>()
  fc.assert(fc.property(fc.array(step, { minLength: 30, maxLength: 120 }), (steps) => {
    const world = newWorld()
    for (const next of steps) {
      if (!take(world, next))
        continue
      for (const [id, state] of world.states) {
        const last = world.answers.get(id)!.filter(answer => answer !== null).at(-1)
        // Closed or filed away: the last word of this complainant was "satisfied", after the last report of work done.
        if (over.includes(state.status))
          expect(last).toBe(true)
        // Merged: somebody answers for it, and that case is not itself merged.
        if (state.status === 'merged')
          expect(world.states.get(state.mergedInto!)!.status).not.toBe('merged')
        else if (state.status !== 'archived')
          expect(state.mergedInto).toBeNull()
        // The head is over: every complainant merged into it has said so.
        if (state.mergedInto && over.includes(world.states.get(state.mergedInto)!.status))
          expect(last).toBe(true)
        // The clock stands still in the listed status only.
        if (state.clockPausedAt)
          expect(['suspended', 'merged']).toContain(state.status)
        expect(state.closedAt !== null).toBe(state.status === 'closed' || (state.status === 'archived' && state.mergedInto === null))
      }
    }
    for (const { status } of world.states.values())
      reached.set(status, (reached.get(status) ?? 0) + 1)
  }), { numRuns: 400 })
  // The walks do get to the ends that the rules above are about.
  expect(reached.get('archived')).toBeGreaterThan(0)
  expect(reached.get('merged')).toBeGreaterThan(0)
})
