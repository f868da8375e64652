import type { ContractorRecord } from '#contract/renovation.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import type { ScheduledZone } from '../../db/queries/zone-ledger.ts'
import { callsKnownSince, countCallsInWarranty, countZoneCalls } from '../../db/queries/zone-calls.ts'
import { listZones } from '../../db/queries/zone-ledger.ts'
import { readLeftovers } from '../../db/queries/zone-leftovers.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { callPeriods, sumPeriods } from './call-periods.ts'
import { daysBetween } from './days.ts'
import { overdueDays } from './show-zone.ts'
import { defectKinds } from './warranty.ts'

/** Each contractor over all its zones of the scope; those of most defects first. */
export async function listContractors(sql: SqlOrTx, scope: string | null, now: Date): Promise<ContractorRecord[]> {
  const today = textOfDay(chinaDayOf(now))
  const zones = (await listZones(sql, scope)).filter(({ contractor }) => contractor !== null)
  const ids = zones.map(({ zone }) => zone)
  const since = await callsKnownSince(sql)
  const calls = Map.groupBy(await countZoneCalls(sql, ids), ({ zone }) => zone)
  const defects = await countCallsInWarranty(sql, ids, defectKinds)
  const leftovers = Map.groupBy(await readLeftovers(sql, ids), ({ zone }) => zone)
  return [
    ...Map.groupBy(zones, ({ contractor }) => contractor!),
  ].map(([contractor, own]) => {
    const kept = own.flatMap(({ zone }) => leftovers.get(zone) ?? [])
    const shown = own.map(zone => ({
      zone: zone.zone,
      name: zone.name,
      stage: zone.stage,
      lateDays: lateDays(zone, today),
      openLeftovers: zone.openLeftovers,
      defects: defects.get(zone.zone) ?? 0,
      warrantyEnd: zone.warrantyEnd,
    }))
    return {
      contractor,
      zones: shown,
      leftovers: {
        open: shown.reduce((sum, { openLeftovers }) => sum + openLeftovers, 0),
        overdue: kept.filter(row => overdueDays(row, today) > 0).length,
        closed: kept.filter(({ state }) => state === 'closed').length,
      },
      defects: shown.reduce((sum, zone) => sum + zone.defects, 0),
      calls: sumPeriods(own.map(zone => callPeriods(calls.get(zone.zone) ?? [], zone, { since: since.get(zone.subdistrict) ?? null, today }))),
    }
  }).sort((a, b) => b.defects - a.defects || b.leftovers.open - a.leftovers.open || a.contractor.localeCompare(b.contractor, 'zh-CN'))
}

/** Days beyond the planned end of the works, until they ended or today. */
function lateDays({ planEnd, realStart, realEnd }: ScheduledZone, today: string): number {
  return planEnd === null || realStart === null
    ? 0
    : Math.max(0, daysBetween(planEnd, realEnd ?? today))
}
