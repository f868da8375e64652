import type { Case } from '#contract/case.ts'
import { stageOfStatus } from '#contract/case.ts'

/** none = nobody is waited for against the clock: it waits for the call-back, is over, or has no term. A case on account has its plan date. */
export type DeadlineBand = 'overdue' | 'within2' | 'within8' | 'within24' | 'later' | 'none'

export const deadlineBands = [
  'overdue',
  'within2',
  'within8',
  'within24',
  'later',
  'none',
] as const

const hour = 3_600_000

/** How much time is left at `now` (ms); `dueAt` in ms. */
export function deadlineBand(status: Case['status'], dueAt: number | null, now: number): DeadlineBand {
  const stage = stageOfStatus[status]
  if (dueAt === null || stage === 'review' || stage === 'done')
    return 'none'
  const left = dueAt - now
  if (left < 0)
    return 'overdue'
  if (left < 2 * hour)
    return 'within2'
  if (left < 8 * hour)
    return 'within8'
  return left < 24 * hour
    ? 'within24'
    : 'later'
}
