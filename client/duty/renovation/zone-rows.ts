import type { RenovationStage } from '#contract/places.ts'
import type { ZoneSchedule } from '#contract/renovation.ts'
import type { ZoneRow } from '../../state/figures/renovation.ts'

export interface ListedZone extends ZoneRow { schedule: ZoneSchedule | undefined }
export interface ListedBatch { batch: string | null, zones: ListedZone[] }

export interface ZoneFilter { batch: string | null, stage: RenovationStage | null }

/** Zones by batch, the newest batch first; in each those of most leftover issues first, as the figures have them. */
export function batchesOf(rows: readonly ZoneRow[], schedule: readonly ZoneSchedule[], { batch, stage }: ZoneFilter): ListedBatch[] {
  const dates = new Map(schedule.map(zone => [zone.zone, zone]))
  const listed = rows
    .filter(({ zone }) => (batch === null || zone.batch === batch) && (stage === null || zone.stage === stage))
    .map(row => ({
      ...row,
      schedule: dates.get(row.zone.id),
    }))
  return [
    ...Map.groupBy(listed, ({ zone }) => zone.batch),
  ].map(([name, zones]) => ({ batch: name, zones })).sort((a, b) => order(b.batch).localeCompare(order(a.batch), 'en'))
}

/** 一 comes before 二; without a batch last. */
function order(batch: string | null): string {
  return batch === null
    ? ''
    : batch.replace(/[一二三四五六七八九]/g, digit => String('一二三四五六七八九'.indexOf(digit) + 1))
}

/** Calls a month of 30 days, or null where the days are too few to say. */
export function callsAMonth(calls: number, days: number): number | null {
  return days < 14
    ? null
    : calls / days * 30
}
