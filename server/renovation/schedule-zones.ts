import type { ZoneSchedule } from '#contract/renovation.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import { listZones, readStages } from '../../db/queries/zone-ledger.ts'
import { readLeftovers } from '../../db/queries/zone-leftovers.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { rungsOfZones } from '../property/rungs-of-zones.ts'
import { overdueDays } from './show-zone.ts'
import { stagesOf } from './stages-of.ts'

/** Every zone of the scope with its dates: the list, and a batch's Gantt chart. */
export async function scheduleZones(sql: SqlOrTx, scope: string | null, now: Date): Promise<ZoneSchedule[]> {
  const today = textOfDay(chinaDayOf(now))
  const zones = await listZones(sql, scope)
  const ids = zones.map(({ zone }) => zone)
  const stages = Map.groupBy(await readStages(sql, ids), ({ zone }) => zone)
  const leftovers = Map.groupBy(await readLeftovers(sql, ids), ({ zone }) => zone)
  const rungs = await rungsOfZones(sql, new Map(zones.map(({ zone, propertyCompany }) => [zone, propertyCompany])), today)
  return zones.map(zone => ({
    zone: zone.zone,
    name: zone.name,
    community: zone.community,
    batch: zone.batch,
    stage: zone.stage,
    stages: stagesOf(zone, stages.get(zone.zone) ?? []),
    overdueLeftovers: (leftovers.get(zone.zone) ?? []).filter(row => overdueDays(row, today) > 0).length,
    ladder: rungs.get(zone.zone) ?? null,
  }))
}
