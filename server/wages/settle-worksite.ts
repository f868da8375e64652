import type { PartyRole } from '#contract/wages.ts'
import type { Tx } from '../../db/connect.ts'
import type { PartyRow } from '../../db/queries/wage-ledger.ts'
import type { PlacedDraft } from '../cases/append-by-subdistrict.ts'
import { lockWorksites, writeWorksites } from '../../db/queries/import/worksites.ts'
import { findLedger, readMonths, readParties, worksitesWithMonths } from '../../db/queries/wage-ledger.ts'
import { readWageRules } from '../../db/queries/wage-rules.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { overlayEvent } from '../places/overlay-event.ts'
import { findWarnings, worstOf } from './find-warnings.ts'
import { lastMonthOver, owedOf } from './owed.ts'
import { rulesInForce } from './warning-rules.ts'

/**
 * Puts on the map what follows from the ledger of these sites; of a site without months the import's figures stay, and without
 * parties its names. The events are for the caller to append, last in the transaction.
 *
 * `told`: whether somebody has to hear of it although nothing on the map changed, as a desk that has the ledger open.
 */
export async function settleWorksites(tx: Tx, ids: readonly string[], now: Date, told: boolean): Promise<PlacedDraft[]> {
  const today = textOfDay(chinaDayOf(now))
  const drafts: PlacedDraft[] = []
  for (const before of await lockWorksites(tx, ids)) {
    const head = (await findLedger(tx, before.id, before.subdistrict))!
    const months = await readMonths(tx, head)
    const parties = await readParties(tx, head)
    const owed = owedOf(months, today)
    const last = lastMonthOver(months, today)
    const after = {
      ...before,
      properties: {
        ...before.properties,
        ...parties.length > 0 && {
          developer: nameOf(parties, 'developer'),
          generalContractor: nameOf(parties, 'general-contractor'),
          subcontractor: nameOf(parties, 'subcontractor') ?? nameOf(parties, 'labour'),
        },
        ...months.length > 0 && {
          owedYuan: owed.yuan,
          owedPeople: owed.people,
          owedSince: owed.since,
          workers: last?.attended ?? null,
          payees: last?.paidPeople ?? null,
          warning: worstOf(findWarnings(months, rulesInForce(await readWageRules(tx, before.subdistrict)), today)),
        },
      },
    }
    const draft = overlayEvent({ noun: 'worksite' }, before, after, 'wages-changed')
    if (draft)
      await writeWorksites(tx, [after])
    if (draft || told) {
      drafts.push({
        subdistrict: before.subdistrict,
        draft: draft ?? {
          type: 'worksite.wages-changed',
          id: before.id,
          regions: [before.subdistrict, before.properties.community].filter(code => typeof code === 'string'),
          set: {},
        },
      })
    }
  }
  return drafts
}

/** A day more makes a month overdue: each day, and after an import of other figures. */
export async function settleAllWorksites(tx: Tx, now: Date): Promise<void> {
  await appendBySubdistrict(tx, await settleWorksites(tx, await worksitesWithMonths(tx), now, false))
}

function nameOf(parties: readonly PartyRow[], role: PartyRole): string | null {
  return parties.find(party => party.role === role)?.knownAs ?? null
}
