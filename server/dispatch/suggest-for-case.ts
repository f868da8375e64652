import type { Suggestions } from '#contract/dispatch.ts'
import type { CaseContextWithSql } from '../cases/case-context.ts'
import type { KnownStreets } from './known-streets.ts'
import type { CaseRow } from '../../db/queries/cases.ts'
import { readOfficersToSend } from '../../db/queries/suggestion.ts'
import { suggestOfficers } from './suggest-officers.ts'
import { defaultSuggestionSettings } from './suggestion-settings.ts'
import { walkMinutes } from './walk-minutes.ts'

export interface DispatchContext extends CaseContextWithSql {
  streets: KnownStreets
}

/** Everybody who could be sent to a case now, with the reasons; a case without a place is suggested without minutes. */
export async function suggestForCase({ sql, streets, now }: DispatchContext, item: CaseRow): Promise<Suggestions> {
  const settings = defaultSuggestionSettings
  const at = now()
  const officers = await readOfficersToSend(sql, { subdistrict: item.subdistrict, caseId: item.id, now: at })
  const minutes = item.location === null
    ? officers.map(() => null)
    : walkMinutes(await streets.of(item.subdistrict), item.location, officers.map(({ location, duty }) => duty === 'on'
        ? location
        : null), { speed: settings.walkSpeed, limitMinutes: settings.mostMinutes + 1 })
  return suggestOfficers(item, officers.map((officer, i) => ({ ...officer, minutes: minutes[i]! })), settings, at)
}
