import type { CaseActionInput, CaseStatus } from '#contract/case.ts'
import type { Actor, CaseState } from '../../server/cases/case-state.ts'
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
  /** Who did what, and from which deadline on. */
  deeds: Map<string, { action: CaseAction, actor: Actor, before: CaseState }[]>
}

const ids = ['a', 'b', 'c']

const people: Actor[] = [
  { id: 'd1', role: 'duty' },
  { id: 'd2', role: 'duty' },
  { id: 'c1', role: 'community', region: '990101001001' },
  { id: 'c2', role: 'community', region: '990101001002' },
  { id: 'w1', role: 'grid' },
  { id: 'i1', role: 'inspector' },
  { id: 'a1', role: 'admin' },
]

const step = fc.record({
  id: fc.constantFrom(...ids),
  // Mostly the road that leads on, else whatever the table allows in the case's status, at times anything at all: a walk of
  // the last kind alone would hardly ever get anywhere.
  pick: fc.oneof({
    weight: 5,
    arbitrary: fc.constant('on' as const),
  }, {
    weight: 3,
    arbitrary: fc.nat(1000),
  }, {
    weight: 1,
    arbitrary: fc.constantFrom(...CaseAction.options),
  }),
  input: fc.record({
    reason: fc.constant('reason'),
    evidence: fc.constant<CaseActionInput['evidence']>([
      { kind: 'text', text: 'done' },
    ]),
    planDate: fc.constantFrom('2026-12-31', '2027-06-30', '2026-01-01'),
    assignee: fc.constantFrom('w1', 'w2'),
    granted: fc.boolean(),
    satisfied: fc.constantFrom(true, true, true, false, null),
    solved: fc.constantFrom(true, true, true, false, undefined),
    into: fc.constantFrom(...ids),
    location: fc.constant({ lng: 117, lat: 36.6, datum: 'wgs84' as const }),
  }),
  actor: fc.nat(people.length - 1),
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

const roadOn: Partial<Record<CaseStatus, CaseAction>> = {
  'registered': 'dispatch',
  'dispatched': 'accept',
  'accepted': 'start',
  'return-requested': 'rule-return',
  'in-progress': 'resolve',
  'extension-requested': 'rule-extension',
  'reopened': 'start',
  'suspended': 'resume',
  'resolved': 'close',
}

function actionOf({ id, pick }: Step, world: World): CaseAction {
  const { status, satisfied, closeProposedBy } = world.states.get(id)!
  if (pick === 'on') {
    if ((status === 'resolved' || status === 'merged') && satisfied !== true)
      return 'call-back'
    return status === 'resolved' && closeProposedBy === null
      ? 'propose-close'
      : roadOn[status] ?? 'archive'
  }
  if (typeof pick === 'string')
    return pick
  const allowed = transitions.filter(row => row.from.includes(status))
  return allowed[pick % allowed.length]?.action ?? 'archive'
}

function take(world: World, step: Step): boolean {
  // On the road that leads on, whoever may does it; else whoever happens to come by tries.
  const around = people.map((_, index) => people[(step.actor + index) % people.length]!)
  return (step.pick === 'on'
    ? around
    : around.slice(0, 1)).some(actor => takeAs(world, step, actor))
}

function takeAs(world: World, step: Step, actor: Actor): boolean {
  const { id, input } = step
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
  const before = world.states.get(id)!
  world.deeds.get(id)!.push({ action, actor, before })
  world.states.set(id, {
    ...before,
    ...decision.ok.set,
  })
  if (action === 'call-back') {
    world.answers.get(id)!.push(input.satisfied === null
      ? null
      : input.satisfied && input.solved !== false)
  }
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
    deeds: new Map(ids.map(id => [id, []])),
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
          expect(state.status).toBe('suspended')
        // Its age is kept: no call-back and no second life gave it a later deadline.
        const deed = world.deeds.get(id)!.at(-1)
        if (deed && (deed.action === 'call-back' || deed.action === 'split'))
          expect(state.dueAt).toEqual(deed.before.dueAt)
        // Whoever reported it done did not take the call-back, and did not turn the second key.
        if (deed?.action === 'call-back' || deed?.action === 'close')
          expect([deed.before.resolvedBy, deed.before.assignee]).not.toContain(deed.actor.id)
        if (deed?.action === 'close')
          expect(deed.before.closeProposedBy).not.toBe(deed.actor.id)
        // One return that was ruled on is the last.
        expect(world.deeds.get(id)!.filter(({ action }) => action === 'rule-return').length).toBeLessThanOrEqual(1)
        expect(state.closedAt !== null).toBe(['closed', 'archived', 'merged'].includes(state.status))
      }
    }
    for (const { status } of world.states.values())
      reached.set(status, (reached.get(status) ?? 0) + 1)
  }), { numRuns: 400 })
  // The walks do get to the ends that the rules above are about.
  expect(reached.get('archived')).toBeGreaterThan(20)
  expect(reached.get('merged')).toBeGreaterThan(20)
})
