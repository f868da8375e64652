import type { HandlingState } from '#contract/places.ts'
import type { Role } from '#contract/role.ts'
import type { HandlingNeed, HandlingStepInput, HandlingStepName } from '#contract/wage-handling.ts'
import type { FieldFault } from '../chain.ts'
import type { HandlingGuard, HandlingStanding } from './handling-guards.ts'
import type { HandlingOutcome, HandlingRule } from './handling-steps.ts'
import { mostYuanAHead } from '../month-faults.ts'
import { handlingGuards } from './handling-guards.ts'
import { handlingSteps, handlingWay } from './handling-steps.ts'

export interface StandingHandling extends HandlingStanding {
  state: HandlingState
  claimedYuan: number
  claimedPeople: number
  foundPeople: number | null
  paidYuan: number
  paidPeople: number
  /** the last step's day; null = there was none */
  lastOn: string | null
  /** numbers of orders and transfers that nobody has signed for yet */
  papers: readonly number[]
}

export interface HandlingActor { id: string, role: Role }

/** obstacle: not now, or not by this person. */
export type StepDecision = { rule: HandlingRule, skipped: HandlingState[] } | { obstacle: string } | { faults: FieldFault[] }

/** 劳动保障监察条例 art. 26: who does not obey an order pays at most once the sum on top. */
const mostTimesOwed = 2
/** More than a year of this a head is a slip of the pen. */
const mostYearlyAHead = 12 * mostYuanAHead

/** Whether this step can be taken now, and which row of the table it is. `null`: there is no handling yet. Pure. */
export function decideStep(standing: StandingHandling | null, step: HandlingStepName, input: HandlingStepInput, { actor, today }: { actor: HandlingActor, today: string }): StepDecision {
  const rows = handlingSteps.filter(rule => rule.step === step)
  const state = standing?.state ?? null
  if (!rows.some(({ who }) => who.includes(actor.role)))
    return { obstacle: `The role ${actor.role} does not do that.` }
  const here = rows.filter(({ from }) => from.includes(state))
  if (here.length === 0)
    return { obstacle: `A handling that stands at ${state} takes no ${step}.` }
  const rule = here.find(({ outcome }) => outcome === outcomeOf(step, input, standing)) ?? here[0]!
  const obstacle = standing && refusalOf(rule, standing, actor)
  if (obstacle)
    return { obstacle: obstacle.refusal }
  const skipped = skippedBy(state, rule)
  const faults = faultsOf(standing, rule, input, { skipped, today })
  return faults.length > 0
    ? { faults }
    : { rule, skipped }
}

/** What can come next, in the order of the table, with why it cannot yet; a step that has two outcomes stands once. */
export function possibleSteps(standing: StandingHandling, actor: HandlingActor): { step: HandlingStepName, needs: HandlingNeed[], guard: HandlingGuard | null, refusal: string | null }[] {
  const found = new Map(handlingSteps
    .filter(({ from, who }) => from.includes(standing.state) && who.includes(actor.role))
    .toReversed()
    .map(rule => [rule.step, rule]))
  return [
    ...found.values(),
  ].toReversed().map((rule) => {
    const refused = refusalOf(rule, standing, actor)
    return {
      step: rule.step,
      needs: [
        ...rule.needs,
      ],
      guard: refused?.guard ?? null,
      refusal: refused?.refusal ?? null,
    }
  })
}

/** What has to be paid: what was found, else what is claimed. */
export function wantedOf({ foundYuan, foundPeople, claimedYuan, claimedPeople }: Pick<StandingHandling, 'foundYuan' | 'foundPeople' | 'claimedYuan' | 'claimedPeople'>): { yuan: number, people: number } {
  return { yuan: foundYuan ?? claimedYuan, people: foundPeople ?? claimedPeople }
}

/** Which row is meant where a step has several; those of a step that has one are found without. */
function outcomeOf(step: HandlingStepName, input: HandlingStepInput, standing: StandingHandling | null): HandlingOutcome | undefined {
  if (step === 'pay' && standing) {
    const wanted = wantedOf(standing)
    return standing.paidYuan + (input.yuan ?? 0) >= wanted.yuan && standing.paidPeople + (input.people ?? 0) >= wanted.people
      ? 'full'
      : 'part'
  }
  if (step === 'call-back') {
    return input.confirmed === false
      ? 'denied'
      : 'confirmed'
  }
  return standing?.state === 'paid'
    ? 'paid'
    : 'unfounded'
}

function refusalOf({ guards = [] }: HandlingRule, standing: HandlingStanding, actor: HandlingActor): { guard: HandlingGuard, refusal: string } | null {
  for (const guard of guards) {
    const refusal = handlingGuards[guard](standing, actor)
    if (refusal !== null)
      return { guard, refusal }
  }
  return null
}

/** Stations of the main way that it leaps over; a case without any debt has no order and no payment. */
function skippedBy(state: HandlingState | null, { to, outcome }: HandlingRule): HandlingState[] {
  if (to === 'unchanged' || state === null || outcome === 'unfounded')
    return []
  return handlingWay.slice(handlingWay.indexOf(state) + 1, handlingWay.indexOf(to))
}

function faultsOf(standing: StandingHandling | null, { step, needs }: HandlingRule, input: HandlingStepInput, { skipped, today }: { skipped: HandlingState[], today: string }): FieldFault[] {
  const faults: FieldFault[] = []
  const say = (field: keyof HandlingStepInput, message: string) => faults.push({ path: `step.${field}`, message })
  for (const need of needs) {
    if (isMissing(need, input))
      say(need, `must be given: ${step} needs it`)
  }
  if (input.on > today)
    say('on', `${input.on} is still to come`)
  else if (standing?.lastOn && input.on < standing.lastOn)
    say('on', `lies before the step before it (${standing.lastOn})`)
  if (skipped.length > 0 && input.skipReason === undefined)
    say('skipReason', `why ${skipped.join(' and ')} is left out must be said`)
  if (skipped.length === 0 && input.skipReason !== undefined)
    say('skipReason', 'nothing is left out')
  if (input.payBy !== undefined && input.payBy < input.on)
    say('payBy', `lies before the order itself (${input.on})`)
  const { yuan, people } = input
  if (yuan !== undefined && people !== undefined && step !== 'call-back') {
    if (yuan > people * mostYearlyAHead) {
      say('yuan', people === 0
        ? 'a sum, but for nobody'
        : `${yuan} yuan for ${people} people is more than ${mostYearlyAHead} a head`)
    }
    if (yuan === 0 && (people > 0 || step !== 'check'))
      say('yuan', 'must be more than 0')
  }
  if (!standing)
    return faults
  const wanted = wantedOf(standing)
  if (step === 'pay' && yuan !== undefined && standing.paidYuan + yuan > mostTimesOwed * wanted.yuan)
    say('yuan', `would be ${standing.paidYuan + yuan} paid of ${wanted.yuan}: more than twice the sum`)
  if (step === 'order' && yuan !== undefined && yuan > mostTimesOwed * wanted.yuan)
    say('yuan', `orders more than twice of what was found (${wanted.yuan})`)
  if ((step === 'pay' || step === 'order' || step === 'call-back') && people !== undefined && people > Math.max(wanted.people, standing.claimedPeople))
    say('people', `more than there are (${Math.max(wanted.people, standing.claimedPeople)})`)
  if (step === 'call-back' && input.confirmed && people === 0)
    say('people', 'nobody was reached, so nobody has confirmed it')
  if (step === 'receipt' && input.ofStep !== undefined && !standing.papers.includes(input.ofStep))
    say('ofStep', `step ${input.ofStep} is no order or transfer for which nobody has signed`)
  return faults
}

function isMissing(need: HandlingNeed, input: HandlingStepInput): boolean {
  switch (need) {
    case 'addressee':
      return input.addressee === undefined && input.addresseeName === undefined
    case 'documents':
      return !input.documents?.length && input.paper === undefined
    case 'cases':
      return !input.cases?.length
    default:
      return input[need] === undefined
  }
}
