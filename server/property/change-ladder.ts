import type { PropertyOutcomeInput, PropertyStep, PropertyStepInput } from '#contract/renovation.ts'
import type { PropertyDone, PropertyWork } from './change-property.ts'
import { randomUUID } from 'node:crypto'
import { addPropertyStep, readPropertySteps, setPropertyOutcome } from '../../db/queries/property-steps.ts'
import { callsFrom, setPropertyCompany } from '../../db/queries/property-places.ts'
import { readLadderTerms } from '../../db/queries/zone-ledger.ts'
import { dayOfText, textOfDay } from '../cases/working-calendar.ts'
import { ladderTermsInForce } from '../renovation/ladder-terms.ts'
import { attachToPlace } from '../uploads/attach-to-place.ts'
import { faultsOfStep } from './property-ladder.ts'

/** Which company has it in hand; null = as its zone names it. */
export async function changeCompany({ tx, head }: PropertyWork, company: string | null): Promise<PropertyDone> {
  await setPropertyCompany(tx, head, company)
  return {
    part: 'company',
    before: { company: head.company },
    after: { company },
  }
}

export async function takePropertyStep({ tx, known, head, today, by }: PropertyWork, input: PropertyStepInput): Promise<PropertyDone> {
  const taken = (await readPropertySteps(tx, [known.place])).filter(({ company }) => company === input.company)
  const faults = faultsOfStep(taken, input, { today, callsFromHere: await callsFrom(tx, known.calls, input.cases, input.on) })
  if (faults.length > 0)
    return { faults }
  const missing = await attachToPlace(tx, input.documents, {
    subdistrict: head.subdistrict,
    of: 'property_place',
    id: known.place,
    uploadedBy: by.id,
  })
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
  // Whoever is proceeded against is who has it in hand.
  if (head.company === null && known.zoneCompany === null)
    await setPropertyCompany(tx, head, step.company)
  return { part: `ladder.${input.step}`, before: null, after: step }
}

/** Whether the step has helped. Where it has, the ladder is over and a new one begins at its foot. */
export async function notePropertyOutcome({ tx, known, head, today }: PropertyWork, id: string, { outcome, on, note }: Pick<PropertyOutcomeInput, 'outcome' | 'on' | 'note'>): Promise<PropertyDone> {
  const steps = await readPropertySteps(tx, [known.place])
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
