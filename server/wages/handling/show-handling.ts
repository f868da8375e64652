import type { HandlingHead, HandlingStep, WageHandling } from '#contract/wage-handling.ts'
import type { HandlingStepRow, ListedHandling } from '../../../db/queries/wage-handlings.ts'
import type { Reader } from '../show-ledger.ts'
import type { HandlingActor } from './decide-step.ts'
import { casesOfHandling, readHandlingSteps, readHandlingTerms } from '../../../db/queries/wage-handlings.ts'
import { chinaDayOf, dayOfText } from '../../cases/working-calendar.ts'
import { surnameOf } from '../mask-signer.ts'
import { possibleSteps } from './decide-step.ts'
import { handlingTermsInForce } from './handling-terms.ts'
import { standingOf } from './standing.ts'

export function headOf({ subdistrict: _, workedBy: __, closeProposedBy, ...row }: ListedHandling, now: Date): HandlingHead {
  return {
    ...row,
    closeProposed: closeProposedBy !== null,
    overdueDays: row.dueOn === null || row.state === 'closed'
      ? 0
      : Math.max(0, chinaDayOf(now) - dayOfText(row.dueOn)),
  }
}

/** A handling with all its steps, and what the asker can do next. `masked`: of persons the surname, of who worked on it nothing. */
export async function showHandling(reader: Reader, row: ListedHandling, actor: HandlingActor): Promise<WageHandling> {
  const { sql, now, masked } = reader
  const steps = await readHandlingSteps(sql, row)
  const cases = await casesOfHandling(sql, row)
  return {
    ...headOf(row, now),
    asOf: now.toISOString(),
    personsMasked: masked,
    steps: steps.map(step => shown(step, reader)),
    possible: possibleSteps(standingOf(row, steps, cases), actor),
    caseStates: cases,
    terms: handlingTermsInForce(await readHandlingTerms(sql, row.subdistrict)),
  }
}

function shown({ said, receiver, actor: _, actorName, at, ...step }: HandlingStepRow, { personal, masked }: Reader): HandlingStep {
  const name = receiver && personal.open(receiver)
  return {
    ...step,
    ...said,
    at: at.toISOString(),
    by: masked
      ? null
      : actorName,
    ...name !== null && {
      receivedBy: masked
        ? surnameOf(name)!
        : name,
    },
  }
}
