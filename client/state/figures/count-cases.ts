import type { CaseStage } from '#contract/case.ts'
import type { Feature } from '#contract/geometry.ts'
import type { DeadlineBand } from './deadline.ts'
import { stageOfStatus } from '#contract/case.ts'
import { startOfDay } from '../china-time.ts'
import { caseOf, timesOf } from './case-times.ts'
import { deadlineBand } from './deadline.ts'

/** What the wall says about all cases, told in one pass over them. "Today" is the day in China. */
export interface CaseCounts {
  /** 新增: reported today, duplicates included: each is a call somebody made. */
  reported: number
  /** Reported within the last hour. */
  lastHour: number
  /** 在办: everything that is not over; `located` + `unlocated`. */
  open: number
  located: number
  unlocated: number
  /** 超期: deadline passed while somebody should be working on it. */
  overdue: number
  /** 办结: closed or archived today; merged duplicates are not work done. */
  closed: number
  /** Cases whose last valid call-back was today, over or reopened since, and how many of them were satisfied. */
  calledBack: number
  satisfied: number
  /** 重办: back after a dissatisfied call-back, not yet being worked on. */
  reopened: number
  byStage: Record<CaseStage, number>
  /** Open cases by time left; the bands add up to `open`. */
  deadlines: Record<DeadlineBand, number>
}

export function countCases(cases: Iterable<Feature>, now: number): CaseCounts {
  const today = startOfDay(now)
  const counts: CaseCounts = {
    reported: 0,
    lastHour: 0,
    open: 0,
    located: 0,
    unlocated: 0,
    overdue: 0,
    closed: 0,
    calledBack: 0,
    satisfied: 0,
    reopened: 0,
    byStage: {
      waiting: 0,
      working: 0,
      review: 0,
      done: 0,
    },
    deadlines: {
      overdue: 0,
      within2: 0,
      within8: 0,
      within24: 0,
      later: 0,
      none: 0,
    },
  }
  for (const feature of cases) {
    const item = caseOf(feature)
    const times = timesOf(feature)
    const stage = stageOfStatus[item.status]
    counts.byStage[stage]++
    if (times.reportedAt >= today)
      counts.reported++
    if (times.reportedAt > now - 3_600_000)
      counts.lastHour++
    if (item.satisfied !== null && times.calledBackAt !== null && times.calledBackAt >= today) {
      counts.calledBack++
      counts.satisfied += item.satisfied ? 1 : 0
    }
    if (stage === 'done') {
      if (item.status !== 'merged' && times.closedAt !== null && times.closedAt >= today)
        counts.closed++
      continue
    }
    counts.open++
    counts.reopened += item.status === 'reopened' ? 1 : 0
    counts[feature.geometry ? 'located' : 'unlocated']++
    counts.deadlines[deadlineBand(item.status, times.dueAt, now)]++
  }
  counts.overdue = counts.deadlines.overdue
  return counts
}
