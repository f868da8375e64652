import type { Assignment } from '#contract/dispatch.ts'
import type { Feature } from '#contract/geometry.ts'

/** Offers and assignments of a case, the newest first. */
export function assignmentsOf(assignments: Iterable<Feature>, caseId: string): Assignment[] {
  return Array.from(assignments, ({ properties }) => properties as unknown as Assignment)
    .filter(one => one.case === caseId)
    .sort((a, b) => Date.parse(b.offeredAt) - Date.parse(a.offeredAt))
}

/** The one that still runs; a case has one at most. */
export function openAssignment(assignments: readonly Assignment[]): Assignment | null {
  return assignments.find(({ endedAt }) => endedAt === null) ?? null
}
