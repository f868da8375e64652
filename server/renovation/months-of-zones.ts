import type { RenovationStage } from '#contract/places.ts'
import type { ZoneMonths, ZoneStage } from '#contract/renovation.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import { countZoneCalls } from '../../db/queries/zone-calls.ts'
import { listZones, readStages } from '../../db/queries/zone-ledger.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { callPeriods } from './call-periods.ts'
import { stagesOf } from './stages-of.ts'

/** The last 24 months of every zone of the scope: its calls, and the stage in which it stood at each month's end. */
export async function monthsOfZones(sql: SqlOrTx, scope: string | null, now: Date): Promise<ZoneMonths[]> {
  const today = textOfDay(chinaDayOf(now))
  const zones = await listZones(sql, scope)
  const ids = zones.map(({ zone }) => zone)
  const stages = Map.groupBy(await readStages(sql, ids), ({ zone }) => zone)
  const calls = Map.groupBy(await countZoneCalls(sql, ids), ({ zone }) => zone)
  return zones.map((zone) => {
    const dates = stagesOf(zone, stages.get(zone.zone) ?? [])
    return {
      zone: zone.zone,
      months: callPeriods(calls.get(zone.zone) ?? [], zone, { since: null, today }).months.map(({ month, calls: count }) => ({
        month,
        calls: count,
        stage: stageAt(dates, `${month}-31`),
      })),
    }
  })
}

/** The last stage that had begun by that day; null where none is known to have. Days compare as text: the 31st ends every month. */
export function stageAt(stages: readonly ZoneStage[], day: string): RenovationStage | null {
  return stages.findLast(({ realStart }) => realStart !== null && realStart <= day)?.stage ?? null
}
