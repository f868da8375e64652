import type { ZoneSchedule } from '#contract/renovation.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import { readPropertySteps } from '../../db/queries/property-steps.ts'
import { listZones, readStages } from '../../db/queries/zone-ledger.ts'
import { readLeftovers } from '../../db/queries/zone-leftovers.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { ladderOf } from './property-ladder.ts'
import { overdueDays } from './show-zone.ts'
import { stagesOf } from './stages-of.ts'

/** Every zone of the scope with its dates: the list, and a batch's Gantt chart. */
export async function scheduleZones(sql: SqlOrTx, scope: string | null, now: Date): Promise<ZoneSchedule[]> {
  const today = textOfDay(chinaDayOf(now))
  const zones = await listZones(sql, scope)
  const ids = zones.map(({ zone }) => zone)
  const stages = Map.groupBy(await readStages(sql, ids), ({ zone }) => zone)
  const leftovers = Map.groupBy(await readLeftovers(sql, ids), ({ zone }) => zone)
  const steps = Map.groupBy(await readPropertySteps(sql, ids), ({ zone }) => zone)
  return zones.map(zone => ({
    zone: zone.zone,
    name: zone.name,
    community: zone.community,
    batch: zone.batch,
    stage: zone.stage,
    stages: stagesOf(zone, stages.get(zone.zone) ?? []),
    overdueLeftovers: (leftovers.get(zone.zone) ?? []).filter(row => overdueDays(row, today) > 0).length,
    ladder: zone.propertyCompany === null
      ? null
      : ladderOf(zone.propertyCompany, (steps.get(zone.zone) ?? []).filter(({ company }) => company === zone.propertyCompany), today).stands,
  }))
}
