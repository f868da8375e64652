import type { CaseKind } from '#contract/case.ts'
import { daysBetween } from './days.ts'

/** So many days before its end the end of a warranty is told, once each. */
const noticeDays = [7, 30, 90] as const

/** Kinds of calls that speak of what the works made; others inside a zone have nothing to do with them. */
export const defectKinds: readonly CaseKind[] = ['renovation', 'property', 'utilities']

/** The notice that is in force on the day: 90, 30 or 7 days before the end; null before the first and after the end. */
export function warrantyNotice(warrantyEnd: string | null, today: string): number | null {
  if (warrantyEnd === null)
    return null
  const left = daysBetween(today, warrantyEnd)
  return left < 0
    ? null
    : noticeDays.find(days => left <= days) ?? null
}

/**
 * Days of the warranty that were left when a call came, when it is the contractor's to mend: about the works or what they
 * touched, after their end and before the warranty's. null = not his.
 */
export function warrantyDaysLeft({ kind, reportedOn }: { kind: CaseKind, reportedOn: string }, { realEnd, warrantyEnd }: { realEnd: string | null, warrantyEnd: string | null }): number | null {
  if (warrantyEnd === null || !defectKinds.includes(kind) || reportedOn > warrantyEnd || (realEnd !== null && reportedOn < realEnd))
    return null
  return daysBetween(reportedOn, warrantyEnd)
}
