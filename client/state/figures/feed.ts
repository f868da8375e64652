import type { Feature } from '#contract/geometry.ts'
import { stageOfStatus } from '#contract/case.ts'
import { caseOf, timesOf } from './case-times.ts'

/** The newest `count` cases, newest first; duplicates that were merged away are not news. */
export function newestCases(cases: Iterable<Feature>, count: number): Feature[] {
  const newest: Feature[] = []
  for (const feature of cases) {
    if (caseOf(feature).status === 'merged')
      continue
    const { reportedAt } = timesOf(feature)
    if (newest.length === count && reportedAt <= timesOf(newest[count - 1]!).reportedAt)
      continue
    newest.splice(placeFor(newest, reportedAt), 0, feature)
    if (newest.length > count)
      newest.pop()
  }
  return newest
}

/** Open cases past their deadline, the longest overdue first. */
export function overdueCases(cases: Iterable<Feature>, now: number): Feature[] {
  const overdue: Feature[] = []
  for (const feature of cases) {
    const { dueAt } = timesOf(feature)
    const stage = stageOfStatus[caseOf(feature).status]
    if (dueAt !== null && dueAt < now && (stage === 'waiting' || stage === 'working'))
      overdue.push(feature)
  }
  return overdue.sort((a, b) => timesOf(a).dueAt! - timesOf(b).dueAt!)
}

function placeFor(newest: readonly Feature[], reportedAt: number): number {
  const place = newest.findIndex(feature => timesOf(feature).reportedAt < reportedAt)
  return place < 0
    ? newest.length
    : place
}
