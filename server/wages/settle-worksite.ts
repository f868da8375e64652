import type { WageRule } from '#contract/wages.ts'
import type { Tx } from '../../db/connect.ts'
import type { OverlayItem } from '../../db/queries/import/overlay-item.ts'
import type { PlacedDraft } from '../cases/append-by-subdistrict.ts'
import { lockWorksites, writeWorksites } from '../../db/queries/import/worksites.ts'
import { mapFactsOfSites, worksitesWithMonths } from '../../db/queries/wage-ledger.ts'
import { readWageRules } from '../../db/queries/wage-rules.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { overlayEvent } from '../places/overlay-event.ts'
import { findWarnings, worstOf } from './find-warnings.ts'
import { lastMonthOver, owedOf } from './owed.ts'
import { rulesInForce } from './warning-rules.ts'

/** One by one, 5,000 sites take 11 s for which they are locked. */
const batch = 500

/**
 * Puts on the map what follows from the ledger of these sites; of a site without months the import's figures stay, and without
 * parties its names. The events are for the caller to append, last in the transaction.
 *
 * `told`: whether somebody has to hear of it although nothing on the map changed, as a desk that has the ledger open.
 */
export async function settleWorksites(tx: Tx, ids: readonly string[], now: Date, told: boolean): Promise<PlacedDraft[]> {
  const today = textOfDay(chinaDayOf(now))
  const rules = new Map<string, WageRule[]>()
  const drafts: PlacedDraft[] = []
  for (let at = 0; at < ids.length; at += batch) {
    const sites = await lockWorksites(tx, ids.slice(at, at + batch))
    const facts = await mapFactsOfSites(tx, sites)
    const changed: OverlayItem[] = []
    for (const [nr, before] of sites.entries()) {
      const { months, names } = facts[nr]!
      const { subdistrict } = before
      if (!rules.has(subdistrict))
        rules.set(subdistrict, rulesInForce(await readWageRules(tx, subdistrict)))
      const owed = owedOf(months, today)
      const last = lastMonthOver(months, today)
      const after = {
        ...before,
        properties: {
          ...before.properties,
          ...Object.keys(names).length > 0 && {
            developer: names.developer ?? null,
            generalContractor: names['general-contractor'] ?? null,
            subcontractor: names.subcontractor ?? names.labour ?? null,
          },
          ...months.length > 0 && {
            owedYuan: owed.yuan,
            owedPeople: owed.people,
            owedSince: owed.since,
            workers: last?.attended ?? null,
            payees: last?.paidPeople ?? null,
            warning: worstOf(findWarnings(months, rules.get(subdistrict)!, today)),
          },
        },
      }
      const draft = overlayEvent({ noun: 'worksite' }, before, after, 'wages-changed')
      if (draft)
        changed.push(after)
      if (draft || told) {
        drafts.push({
          subdistrict,
          draft: draft ?? {
            type: 'worksite.wages-changed',
            id: before.id,
            regions: [subdistrict, before.properties.community].filter(code => typeof code === 'string'),
            set: {},
          },
        })
      }
    }
    if (changed.length > 0)
      await writeWorksites(tx, changed)
  }
  return drafts
}

/** A day more makes a month overdue: each day, and after an import of other figures. */
export async function settleAllWorksites(tx: Tx, now: Date): Promise<void> {
  await appendBySubdistrict(tx, await settleWorksites(tx, await worksitesWithMonths(tx), now, false))
}
