import type { PropertyOutcomeInput, PropertyStep, PropertyStepInput } from '#contract/renovation.ts'
import type { ZoneDone, ZoneWork } from './change-zone.ts'
import { randomUUID } from 'node:crypto'
import { addPropertyStep, readPropertySteps, setPropertyOutcome } from '../../db/queries/property-steps.ts'
import { casesOfZone } from '../../db/queries/zone-calls.ts'
import { readLadderTerms } from '../../db/queries/zone-ledger.ts'
import { dayOfText, textOfDay } from '../cases/working-calendar.ts'
import { attachToZone } from './attach-to-zone.ts'
import { ladderTermsInForce } from './ladder-terms.ts'
import { faultsOfStep } from './property-ladder.ts'

export async function takePropertyStep(work: ZoneWork, input: PropertyStepInput): Promise<ZoneDone> {
  const { tx, head, item, today } = work
  const taken = (await readPropertySteps(tx, [item.id])).filter(({ company }) => company === input.company)
  const faults = faultsOfStep(taken, input, { today, casesOfZone: await casesOfZone(tx, item.id, input.cases, input.on) })
  if (faults.length > 0)
    return { faults }
  const missing = await attachToZone(work, input.documents)
  if (missing.length > 0) {
    return {
      faults: missing.map(upload => ({
        path: `step.documents.${input.documents.indexOf(upload)}`,
        message: `there is no upload ${upload} of yours`,
      })),
    }
  }
  const term = ladderTermsInForce(await readLadderTerms(tx, head.subdistrict)).find(({ step }) => step === input.step)
  const step: PropertyStep = {
    ...input,
    id: randomUUID(),
    dueOn: input.dueOn ?? (term
      ? textOfDay(dayOfText(input.on) + term.days)
      : null),
    outcome: null,
    outcomeOn: null,
    outcomeNote: null,
  }
  await addPropertyStep(tx, head, step)
  return { part: `ladder.${input.step}`, before: null, after: step }
}

/** Whether the step has helped. Where it has, the ladder is over and a new one begins at its foot. */
export async function notePropertyOutcome({ tx, head, item, today }: ZoneWork, id: string, { outcome, on, note }: Pick<PropertyOutcomeInput, 'outcome' | 'on' | 'note'>): Promise<ZoneDone> {
  const steps = await readPropertySteps(tx, [item.id])
  const step = steps.find(other => other.id === id)
  if (!step)
    return { missing: 'step' }
  if (steps.findLast(({ company }) => company === step.company) !== step)
    return { obstacle: 'Another step followed: the outcome of the last one counts.' }
  if (on < step.on || on > today) {
    return {
      faults: [
        {
          path: 'on',
          message: on > today
            ? `${on} is still to come`
            : `lies before the step (${step.on})`,
        },
      ],
    }
  }
  await setPropertyOutcome(tx, head, {
    id,
    outcome,
    outcomeOn: on,
    outcomeNote: note,
  })
  return {
    part: 'ladder.outcome',
    before: { id, outcome: step.outcome },
    after: {
      id,
      outcome,
      on,
      note,
    },
  }
}
