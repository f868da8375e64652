import type { CaseStage } from '#contract/case.ts'
import type { Feature } from '#contract/geometry.ts'
import type { DeadlineBand } from '../state/figures/deadline.ts'
import { stageOfStatus } from '#contract/case.ts'
import { caseOf, timesOf } from '../state/figures/case-times.ts'
import { deadlineBand } from '../state/figures/deadline.ts'
import { byTimeLeft } from '../state/figures/feed.ts'

export type QueueFilter = 'all' | 'waiting' | 'working' | 'review'

export const queueFilters = ['waiting', 'working', 'review', 'all'] as const

export interface QueueQuestion {
  filter: QueueFilter
  /** Words that must all be in number, address or text; empty = everything. */
  search: string
}

/** A line of the queue: a case, or the heading of those with so much time left. */
export type QueueLine = { heading: DeadlineBand, count: number } | { feature: Feature, band: DeadlineBand }

export type QueueCounts = Record<QueueFilter, number>

const order: DeadlineBand[] = [
  'overdue',
  'within2',
  'within8',
  'within24',
  'later',
  'none',
]

/** How many open cases each filter would show. */
export function countQueue(cases: Iterable<Feature>): QueueCounts {
  const counts: QueueCounts = {
    all: 0,
    waiting: 0,
    working: 0,
    review: 0,
  }
  for (const feature of cases) {
    const stage = stageOfStatus[caseOf(feature).status]
    if (stage === 'done')
      continue
    counts.all++
    counts[stage]++
  }
  return counts
}

/** Open cases that match, the least time left first, under headings. Without a clock the oldest come first. */
export function queueLines(cases: Iterable<Feature>, { filter, search }: QueueQuestion, now: number): QueueLine[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const groups = new Map<DeadlineBand, Feature[]>()
  for (const feature of cases) {
    const item = caseOf(feature)
    const stage: CaseStage = stageOfStatus[item.status]
    if (stage === 'done' || (filter !== 'all' && filter !== stage))
      continue
    if (words.length && !matches(`${item.id} ${item.address ?? ''} ${item.content}`.toLowerCase(), words))
      continue
    const band = deadlineBand(item.status, timesOf(feature).dueAt, now)
    const group = groups.get(band)
    if (group)
      group.push(feature)
    else
      groups.set(band, [feature])
  }
  return order.flatMap((band) => {
    const group = groups.get(band)
    if (!group)
      return []
    return [
      { heading: band, count: group.length },
      ...byTimeLeft(group).map(feature => ({ feature, band })),
    ]
  })
}

function matches(text: string, words: string[]): boolean {
  return words.every(word => text.includes(word))
}
