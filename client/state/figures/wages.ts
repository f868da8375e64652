import type { Feature } from '#contract/geometry.ts'
import type { Worksite } from '#contract/places.ts'
import { stageOfStatus } from '#contract/case.ts'
import { daysSince } from '../china-time.ts'
import { caseOf } from './case-times.ts'

export function worksiteOf(feature: Feature): Worksite {
  return feature.properties as unknown as Worksite
}

export interface WorksiteRow {
  site: Worksite
  /** Since `owedSince`; null where the day is not known. */
  owedDays: number | null
  openCases: number
}

export interface WageFigures {
  sites: number
  /** Sites that owe something. */
  owing: number
  owedYuan: number
  owedPeople: number
  /** Of the oldest debt. */
  longestDays: number | null
  red: number
  yellow: number
  disputes: number
  /** Open cases of the kind 欠薪. */
  openCases: number
  /** People paid last month / people on site, over the sites that report both. */
  paid: { numerator: number, denominator: number, sites: number }
  /** The largest debt first; sites without a debt follow by name. */
  rows: WorksiteRow[]
}

export function wageFigures(sites: Iterable<Feature>, cases: Iterable<Feature>, now: number): WageFigures {
  const { bySite, all } = openWageCases(cases)
  const rows = [...sites].map(worksiteOf).map(site => ({
    site,
    owedDays: site.owedSince === null || site.owedYuan === 0
      ? null
      : Math.max(0, daysSince(site.owedSince, now)),
    openCases: bySite.get(site.id) ?? 0,
  })).sort((a, b) => b.site.owedYuan - a.site.owedYuan || (a.site.name < b.site.name
    ? -1
    : 1))
  const reporting = rows.filter(({ site }) => site.workers !== null && site.payees !== null)
  const days = rows.map(({ owedDays }) => owedDays).filter(value => value !== null)
  return {
    sites: rows.length,
    owing: rows.filter(({ site }) => site.owedYuan > 0).length,
    owedYuan: rows.reduce((sum, { site }) => sum + site.owedYuan, 0),
    owedPeople: rows.reduce((sum, { site }) => sum + site.owedPeople, 0),
    longestDays: days.length
      ? Math.max(...days)
      : null,
    red: rows.filter(({ site }) => site.warning === 'red').length,
    yellow: rows.filter(({ site }) => site.warning === 'yellow').length,
    disputes: rows.filter(({ site }) => site.dispute).length,
    openCases: all,
    paid: {
      numerator: reporting.reduce((sum, { site }) => sum + site.payees!, 0),
      denominator: reporting.reduce((sum, { site }) => sum + site.workers!, 0),
      sites: reporting.length,
    },
    rows,
  }
}

function openWageCases(cases: Iterable<Feature>): { bySite: Map<string, number>, all: number } {
  const bySite = new Map<string, number>()
  let all = 0
  for (const feature of cases) {
    const { worksite, kind, status } = caseOf(feature)
    if (kind !== 'wages' || stageOfStatus[status] === 'done')
      continue
    all++
    if (worksite !== null)
      bySite.set(worksite, (bySite.get(worksite) ?? 0) + 1)
  }
  return { bySite, all }
}
