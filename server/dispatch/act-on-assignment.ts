import type { Tx } from '../../db/connect.ts'
import type { AssignmentRow } from '../../db/queries/assignments.ts'
import type { Claim } from '../../db/queries/idempotency.ts'
import type { CaseContextWithSql } from '../cases/case-context.ts'
import type { Offer, Offered } from './offer-case.ts'
import type { Stepped, StepRequest } from './take-step.ts'
import { claimKeys, storeAnswers } from '../../db/queries/idempotency.ts'
import { offerCase } from './offer-case.ts'
import { takeStep } from './take-step.ts'

type Failed = Exclude<Stepped, { done: unknown }> | Exclude<Offered, { offered: unknown }>
export type AssignmentAnswer = { id: string } | { failed: Failed } | { keyReused: true }

/** Makes an offer, once however often it is sent. */
export async function makeOffer(context: CaseContextWithSql, offer: Offer, claim?: Claim): Promise<AssignmentAnswer> {
  return await once(context, claim, async (tx) => {
    const offered = await offerCase(tx, context, offer)
    return 'offered' in offered
      ? offered.offered
      : offered
  })
}

/** Takes a step, once however often it is sent. */
export async function doStep(context: CaseContextWithSql, request: StepRequest, claim?: Claim): Promise<AssignmentAnswer> {
  return await once(context, claim, async (tx) => {
    const stepped = await takeStep(tx, context, request)
    return 'done' in stepped
      ? stepped.done
      : stepped
  })
}

/** What failed half way is undone; that it failed is remembered with its key: sent again it must not succeed unseen. */
async function once({ sql }: CaseContextWithSql, claim: Claim | undefined, deed: (tx: Tx) => Promise<AssignmentRow | Failed>): Promise<AssignmentAnswer> {
  return await sql.begin(async (tx): Promise<AssignmentAnswer> => {
    const [outcome] = await claimKeys(tx, claim
      ? [claim]
      : [])
    if (outcome && !outcome.claimed) {
      return outcome.hash === claim!.hash
        ? outcome.answer as AssignmentAnswer
        : { keyReused: true }
    }
    const answer: AssignmentAnswer = await tx.savepoint(async (part) => {
      const result = await deed(part)
      if ('id' in result)
        return { id: result.id }
      throw new Undone(result)
    }).catch((error: unknown) => {
      if (error instanceof Undone)
        return { failed: error.failed }
      throw error
    })
    if (claim) {
      await storeAnswers(tx, [
        {
          claim,
          status: 'id' in answer
            ? 200
            : 409,
          response: answer,
        },
      ])
    }
    return answer
  }) as AssignmentAnswer
}

class Undone extends Error {
  readonly failed: Failed
  constructor(failed: Failed) {
    super('not done')
    this.failed = failed
  }
}
