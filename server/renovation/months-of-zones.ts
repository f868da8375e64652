import type { RenovationStage } from '#contract/places.ts'
import type { ZoneMonths, ZoneStage } from '#contract/renovation.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import { countZoneMonths } from '../../db/queries/zone-calls.ts'
import { leftoverSpans } from '../../db/queries/zone-leftovers.ts'
import { listZones, readStages } from '../../db/queries/zone-ledger.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { lastMonths } from './last-months.ts'
import { stagesOf } from './stages-of.ts'

/** The last 24 months of every zone of the scope: its calls, the stage in which it stood at each month's end, and its leftover issues then. */
export async function monthsOfZones(sql: SqlOrTx, scope: string | null, now: Date): Promise<ZoneMonths[]> {
  const names = lastMonths(textOfDay(chinaDayOf(now)))
  const zones = await listZones(sql, scope)
  const ids = zones.map(({ zone }) => zone)
  const stages = Map.groupBy(await readStages(sql, ids), ({ zone }) => zone)
  const calls = new Map((await countZoneMonths(sql, ids, `${names[0]}-01`)).map(row => [`${row.zone} ${row.month}`, row.calls]))
  const leftovers = Map.groupBy(await leftoverSpans(sql, ids), ({ zone }) => zone)
  return zones.map((zone) => {
    const dates = stagesOf(zone, stages.get(zone.zone) ?? [])
    const spans = leftovers.get(zone.zone)
    return {
      zone: zone.zone,
      months: names.map(month => ({
        month,
        calls: calls.get(`${zone.zone} ${month}`) ?? 0,
        stage: stageAt(dates, `${month}-31`),
        leftovers: spans || zone.openLeftovers === 0
          ? openAt(spans ?? [], `${month}-31`)
          : null,
      })),
    }
  })
}

/** Months to which a map can go back: those of the last 24 that are over, oldest first. */
export function pastMonths(now: Date): string[] {
  return lastMonths(textOfDay(chinaDayOf(now))).slice(0, -1)
}

/** The last stage that had begun by that day; null where none is known to have. Days compare as text: the 31st ends every month. */
export function stageAt(stages: readonly ZoneStage[], day: string): RenovationStage | null {
  return stages.findLast(({ realStart }) => realStart !== null && realStart <= day)?.stage ?? null
}

/** How many were on the account at the end of a day; one that was taken off and reopened counts all the time. */
export function openAt(spans: readonly { openedOn: string, closedOn: string | null }[], day: string): number {
  return spans.filter(({ openedOn, closedOn }) => openedOn <= day && (closedOn === null || closedOn > day)).length
}
