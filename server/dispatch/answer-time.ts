import type { Urgency } from '#contract/case.ts'

/**
 * How long an officer has to answer. No public rule says it: the centre's own, well below the hour in which a dangerous
 * matter must be dispatched (北京: ≤ 1 h), so that another can still be sent in time.
 */
const answerMinutes: Record<Urgency, number> = { emergency: 2, urgent: 5, normal: 15 }

export function answerBy(urgency: Urgency, now: Date, minutes = answerMinutes[urgency]): Date {
  return new Date(now.getTime() + minutes * 60_000)
}
