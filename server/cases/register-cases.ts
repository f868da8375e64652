import type { CaseFeature, CaseInput } from '#contract/case.ts'
import type { Claim } from '../../db/queries/idempotency.ts'
import type { CaseContextWithSql } from './case-context.ts'
import { claimKeys, storeAnswers } from '../../db/queries/idempotency.ts'
import { addCases } from './add-cases.ts'
import { appendBySubdistrict } from './append-by-subdistrict.ts'
import { newCase } from './new-case.ts'

export interface CaseRegistration {
  input: CaseInput
  /** Present when the sender may send the same again. */
  claim?: Claim | undefined
}

/** replayed: the same request was answered before, with this. keyReused: its key belongs to another request. */
export type Registered = { registered: CaseFeature } | { replayed: CaseFeature } | { keyReused: true }

/**
 * Registers cases: all in one transaction with their events, answers in the order of the requests. Each is durable when
 * this returns. Concurrent callers are grouped by the batcher in front (server/batcher.ts), because one commit costs the
 * same for one case as for five hundred.
 */
export async function registerCases(context: CaseContextWithSql, registrations: CaseRegistration[]): Promise<Registered[]> {
  const answers = await context.sql.begin(async (tx): Promise<Registered[]> => {
    // Twice the same key in one batch: the first one does it.
    const leaders = new Map<string, CaseRegistration>()
    for (const registration of registrations) {
      const name = registration.claim && nameOf(registration.claim)
      if (name && !leaders.has(name))
        leaders.set(name, registration)
    }
    const outcomes = await claimKeys(tx, [
      ...leaders.values(),
    ].map(({ claim }) => claim!))
    const known = new Map<string, { hash: string, feature: CaseFeature }>()
    const replays = new Set<CaseRegistration>()
    ;[...leaders].forEach(([name, leader], index) => {
      const outcome = outcomes[index]!
      if (!outcome.claimed) {
        known.set(name, { hash: outcome.hash, feature: outcome.answer as CaseFeature })
        replays.add(leader)
      }
    })

    const toAdd = registrations.filter(registration =>
      !registration.claim || (leaders.get(nameOf(registration.claim)) === registration && !replays.has(registration)))
    const { features, events } = await addCases(tx, toAdd.map(({ input }) => newCase(input, context)))
    const added = new Map(toAdd.map((registration, index) => [registration, features[index]!]))
    const claimed = toAdd.flatMap(({ claim }, index) => claim
      ? [
          { claim, status: 201, response: features[index]! },
        ]
      : [])
    await storeAnswers(tx, claimed)
    await appendBySubdistrict(tx, events)

    for (const { claim, response } of claimed)
      known.set(nameOf(claim), { hash: claim.hash, feature: response })
    return registrations.map((registration) => {
      const feature = added.get(registration)
      if (feature)
        return { registered: feature }
      const first = known.get(nameOf(registration.claim!))!
      return first.hash === registration.claim!.hash
        ? { replayed: first.feature }
        : { keyReused: true }
    })
  })
  return answers as Registered[]
}

function nameOf({ key, subject }: Claim): string {
  return JSON.stringify([key, subject])
}
