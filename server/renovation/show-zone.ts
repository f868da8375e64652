import type { ZoneCalls, ZoneLedger } from '#contract/renovation.ts'
import type { RenovationZone } from '#contract/places.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import type { LeftoverRow } from '../../db/queries/zone-leftovers.ts'
import type { ZoneHead } from '../../db/queries/zone-ledger.ts'
import type { ZoneWriter } from './change-zone.ts'
import { readRenovationZone } from '../../db/queries/renovation-zones.ts'
import { callsInWarranty, callsKnownSince, countCallsInWarranty, countZoneCalls, latestZoneCalls } from '../../db/queries/zone-calls.ts'
import { readConsents, readFunds, readStages } from '../../db/queries/zone-ledger.ts'
import { readLeftovers } from '../../db/queries/zone-leftovers.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { callPeriods } from './call-periods.ts'
import { factsOf } from './change-parts.ts'
import { daysBetween } from './days.ts'
import { possibleActions } from './leftover-actions.ts'
import { stagesOf } from './stages-of.ts'
import { defectKinds } from './warranty.ts'

const recentCalls = 50
const shownDefects = 200

/** All that is kept of one zone, with what follows from it on the day. */
export async function showZone(sql: SqlOrTx, head: ZoneHead, { now, reader }: { now: Date, reader: ZoneWriter }): Promise<ZoneLedger> {
  const today = textOfDay(chinaDayOf(now))
  const zone = await readRenovationZone(sql, head)
  return {
    zone: head.zone,
    version: head.version,
    asOf: now.toISOString(),
    facts: factsOf({ properties: zone as unknown as Record<string, unknown> }),
    community: zone.community,
    stage: zone.stage,
    stages: stagesOf(zone, await readStages(sql, [head.zone])),
    consents: await readConsents(sql, head),
    consentRate: zone.consentRate,
    funds: await readFunds(sql, head),
    fundsYuan: zone.fundsYuan,
    leftovers: (await readLeftovers(sql, [head.zone])).map(row => shownLeftover(row, today, reader)),
    openLeftovers: zone.openLeftovers,
    calls: await callsOf(sql, head, zone, today),
    recent: await latestZoneCalls(sql, head.zone, recentCalls),
    warranty: await warrantyOf(sql, zone, today),
  }
}

export function overdueDays({ state, dueOn }: Pick<LeftoverRow, 'state' | 'dueOn'>, today: string): number {
  return state === 'closed'
    ? 0
    : Math.max(0, daysBetween(dueOn, today))
}

function shownLeftover(row: LeftoverRow, today: string, { id, role }: ZoneWriter): ZoneLedger['leftovers'][number] {
  return {
    id: row.id,
    title: row.title,
    owner: row.owner,
    dueOn: row.dueOn,
    state: row.state,
    openedOn: row.openedOn,
    overdueDays: overdueDays(row, today),
    evidence: row.evidence,
    proposedAt: row.proposedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    possible: possibleActions(row, { id, role }),
  }
}

async function callsOf(sql: SqlOrTx, { subdistrict, zone }: ZoneHead, works: RenovationZone, today: string): Promise<ZoneCalls> {
  const since = (await callsKnownSince(sql)).get(subdistrict) ?? null
  return callPeriods(await countZoneCalls(sql, [zone]), works, { since, today })
}

async function warrantyOf(sql: SqlOrTx, { id, warrantyEnd, contractor }: RenovationZone, today: string): Promise<ZoneLedger['warranty']> {
  if (warrantyEnd === null)
    return null
  return {
    end: warrantyEnd,
    daysLeft: daysBetween(today, warrantyEnd),
    contractor,
    defectCount: (await countCallsInWarranty(sql, [id], defectKinds)).get(id) ?? 0,
    defects: (await callsInWarranty(sql, id, defectKinds, shownDefects)).map(call => ({
      ...call,
      daysLeft: daysBetween(call.reportedOn, warrantyEnd),
    })),
  }
}
