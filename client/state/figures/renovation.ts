import type { Feature } from '#contract/geometry.ts'
import type { RenovationStage, RenovationZone } from '#contract/places.ts'
import { stageOfStatus } from '#contract/case.ts'
import { RenovationStage as Stages } from '#contract/places.ts'
import { caseOf } from './case-times.ts'

export function zoneOf(feature: Feature): RenovationZone {
  return feature.properties as unknown as RenovationZone
}

export interface ZoneRow {
  zone: RenovationZone
  /** Open cases that lie in it. */
  openCases: number
  /** Works still go on although their planned end is past. */
  late: boolean
}

export interface BatchRow {
  batch: string | null
  zones: number
  households: number
  /** Share of the works done, weighted by households; null where no zone says it. */
  progress: number | null
  leftovers: number
}

export interface RenovationFigures {
  zones: number
  buildings: number
  households: number
  leftovers: number
  /** Zones past their planned end and not handed over. */
  late: number
  byStage: { stage: RenovationStage, zones: number }[]
  batches: BatchRow[]
  /** Most leftovers first, then the least progress. */
  rows: ZoneRow[]
}

const afterWorks = new Set<RenovationStage>(['handover', 'upkeep'])

/** `today` is `YYYY-MM-DD` in China. */
export function renovationFigures(zones: Iterable<Feature>, cases: Iterable<Feature>, today: string): RenovationFigures {
  const openCases = openCasesByZone(cases)
  const rows = [...zones].map(zoneOf).map(zone => ({
    zone,
    openCases: openCases.get(zone.id) ?? 0,
    late: zone.planEnd !== null && zone.planEnd < today && zone.realEnd === null && !afterWorks.has(zone.stage),
  })).sort((a, b) => b.zone.openLeftovers - a.zone.openLeftovers || (a.zone.progress ?? 0) - (b.zone.progress ?? 0) || (a.zone.id < b.zone.id
    ? -1
    : 1))
  return {
    zones: rows.length,
    buildings: sum(rows, ({ zone }) => zone.buildings),
    households: sum(rows, ({ zone }) => zone.households),
    leftovers: sum(rows, ({ zone }) => zone.openLeftovers),
    late: rows.filter(({ late }) => late).length,
    byStage: Stages.options.map(stage => ({ stage, zones: rows.filter(({ zone }) => zone.stage === stage).length })),
    batches: batchesOf(rows.map(({ zone }) => zone)),
    rows,
  }
}

function batchesOf(zones: RenovationZone[]): BatchRow[] {
  return [
    ...Map.groupBy(zones, ({ batch }) => batch),
  ]
    .sort(([a], [b]) => (a ?? '~') < (b ?? '~')
      ? -1
      : 1)
    .map(([batch, members]) => ({
      batch,
      zones: members.length,
      households: sum(members, ({ households }) => households),
      progress: weightedProgress(members),
      leftovers: sum(members, ({ openLeftovers }) => openLeftovers),
    }))
}

/** A zone of 900 households half done counts for more than one of 30 finished; one of unknown size counts as one household. */
function weightedProgress(zones: RenovationZone[]): number | null {
  const known = zones.filter(({ progress }) => progress !== null)
  const weight = sum(known, ({ households }) => households || 1)
  return weight
    ? sum(known, ({ households, progress }) => (households || 1) * progress!) / weight
    : null
}

function openCasesByZone(cases: Iterable<Feature>): Map<string, number> {
  const count = new Map<string, number>()
  for (const feature of cases) {
    const { zone, status } = caseOf(feature)
    if (zone !== null && stageOfStatus[status] !== 'done')
      count.set(zone, (count.get(zone) ?? 0) + 1)
  }
  return count
}

function sum<T>(items: readonly T[], of: (item: T) => number | null): number {
  return items.reduce((total, item) => total + (of(item) ?? 0), 0)
}
