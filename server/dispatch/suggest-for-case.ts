import type { Suggestions } from '#contract/dispatch.ts'
import type { CaseContextWithSql } from '../cases/case-context.ts'
import type { KnownStreets } from './known-streets.ts'
import type { CaseRow } from '../../db/queries/cases.ts'
import type { OfficerToSend } from '../../db/queries/suggestion.ts'
import type { PositionReport } from '../../db/queries/positions.ts'
import { readOfficersToSend } from '../../db/queries/suggestion.ts'
import { suggestOfficers } from './suggest-officers.ts'
import { walkMinutes } from './walk-minutes.ts'

export interface DispatchContext extends CaseContextWithSql {
  streets: KnownStreets
  /** The latest that this process knows; the table is up to a minute behind. */
  positionOf: (officer: string) => PositionReport | undefined
}

/** Everybody who could be sent to a case now, with the reasons; a case without a place is suggested without minutes. */
export async function suggestForCase({ sql, streets, positionOf, now, rules }: DispatchContext, item: CaseRow): Promise<Suggestions> {
  const settings = rules.dispatch
  const at = now()
  const officers = (await readOfficersToSend(sql, { subdistrict: item.subdistrict, caseId: item.id, now: at })).map(officer => whereLastSeen(officer, positionOf(officer.id)))
  const minutes = item.location === null
    ? officers.map(() => null)
    : walkMinutes(await streets.of(item.subdistrict), item.location, officers.map(({ location, duty }) => duty === 'on'
        ? location
        : null), { speed: settings.walkSpeed, limitMinutes: settings.mostMinutes + 1 })
  return suggestOfficers(item, officers.map((officer, i) => ({ ...officer, minutes: minutes[i]! })), settings, at)
}

function whereLastSeen(officer: OfficerToSend, seen: PositionReport | undefined): OfficerToSend {
  return seen && seen.seenAt > (officer.seen_at?.getTime() ?? 0)
    ? {
        ...officer,
        location: [seen.lng, seen.lat],
        seen_at: new Date(seen.seenAt),
      }
    : officer
}
