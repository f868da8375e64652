import type { RenovationStage } from '#contract/places.ts'
import type { ZoneSchedule } from '#contract/renovation.ts'
import type { ZoneRow } from '../../state/figures/renovation.ts'

export interface ListedZone extends ZoneRow { schedule: ZoneSchedule | undefined }
export type Grouping = 'batch' | 'community'
/** Zones of one batch or community, with their sums. */
export interface ZoneGroup { key: string | null, zones: ListedZone[], households: number, leftovers: number, openCases: number }

export interface ZoneFilter { batch: string | null, stage: RenovationStage | null }

/** Zones by batch, the newest first, or by community; in each those of most leftover issues first, as the figures have them. */
export function groupsOf(rows: readonly ZoneRow[], schedule: readonly ZoneSchedule[], { batch, stage }: ZoneFilter, by: Grouping): ZoneGroup[] {
  const dates = new Map(schedule.map(zone => [zone.zone, zone]))
  const listed = rows
    .filter(({ zone }) => (batch === null || zone.batch === batch) && (stage === null || zone.stage === stage))
    .map(row => ({
      ...row,
      schedule: dates.get(row.zone.id),
    }))
  const groups = [
    ...Map.groupBy(listed, ({ zone }) => zone[by]),
  ].map(([key, zones]) => ({
    key,
    zones,
    households: zones.reduce((sum, { zone }) => sum + (zone.households ?? 0), 0),
    leftovers: zones.reduce((sum, { zone }) => sum + zone.openLeftovers, 0),
    openCases: zones.reduce((sum, { openCases }) => sum + openCases, 0),
  }))
  return by === 'batch'
    ? groups.sort((a, b) => order(b.key).localeCompare(order(a.key), 'en'))
    : groups.sort((a, b) => (a.key ?? '~').localeCompare(b.key ?? '~', 'en'))
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
