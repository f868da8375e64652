import type { PropertyLadder, PropertyStep, PropertyStepInput, PropertyStepName } from '#contract/renovation.ts'
import type { FieldFault } from '../wages/chain.ts'
import { PropertyStepName as Steps } from '#contract/renovation.ts'
import { daysBetween } from '../renovation/days.ts'

type Taken = Pick<PropertyStep, 'step' | 'on' | 'dueOn' | 'outcome' | 'outcomeOn'>

const ladder = Steps.options

/** The steps since it last helped, or the company was last replaced: a ladder begins at its foot again. */
function round<T extends Taken>(taken: readonly T[]): T[] {
  const end = taken.findLastIndex(({ outcome, step }) => outcome === 'improved' || step === 'replace')
  return taken.slice(end + 1)
}

/**
 * What is wrong with the next step against one company in one compound, at the field: 反馈 → 约谈 → 限期整改 → 调整物业, none left
 * out without a reason, none before the one before it, the first with the calls that it rests on.
 *
 * @param taken in the order taken
 * @param input the step to take
 * @param said what else decides
 * @param said.today `YYYY-MM-DD` in China
 * @param said.callsFromHere those of `input.cases` that came from there by the day of the step
 */
export function faultsOfStep(taken: readonly Taken[], input: PropertyStepInput, { today, callsFromHere }: { today: string, callsFromHere: ReadonlySet<string> }): FieldFault[] {
  const faults: FieldFault[] = []
  const say = (path: string, message: string) => faults.push({ path: `step.${path}`, message })
  const open = round(taken)
  const from = open.length === 0
    ? -1
    : ladder.indexOf(open.at(-1)!.step)
  const to = ladder.indexOf(input.step)
  const skipped = ladder.slice(from + 1, to)
  if (to < from)
    say('step', `the ladder stands at ${ladder[from]}: it goes up only`)
  if (skipped.length > 0 && input.skipReason === null) {
    say('skipReason', `why ${skipped.join(' and ')} ${skipped.length === 1
      ? 'is'
      : 'are'} left out must be said`)
  }
  if (skipped.length === 0 && input.skipReason !== null)
    say('skipReason', 'no step is left out')
  if (input.on > today)
    say('on', `${input.on} is still to come`)
  const last = taken.at(-1)
  const latest = last?.outcomeOn ?? last?.on
  if (latest && input.on < latest)
    say('on', `lies before the step before it (${latest})`)
  if (input.dueOn !== null && input.dueOn < input.on)
    say('dueOn', 'lies before the step itself')
  if (open.length === 0 && input.cases.length === 0)
    say('cases', 'the first step names the calls that it rests on')
  input.cases.forEach((id, at) => {
    if (!callsFromHere.has(id))
      say(`cases.${at}`, `${id} is no call from here by that day`)
  })
  return faults
}

/** Where a company stands, and what comes when the last step does not help. */
export function ladderOf(company: string, steps: readonly PropertyStep[], today: string): PropertyLadder {
  const last = round(steps).at(-1)
  const end = steps.at(-1)
  return {
    company,
    steps: [...steps],
    stands: last?.step ?? (end?.step === 'replace' && end.outcome !== 'improved'
      ? 'replace'
      : null),
    next: last
      ? {
          step: ladder[ladder.indexOf(last.step) + 1] as PropertyStepName,
          dueOn: last.dueOn,
          overdueDays: last.dueOn === null
            ? 0
            : Math.max(0, daysBetween(last.dueOn, today)),
        }
      : null,
  }
}
