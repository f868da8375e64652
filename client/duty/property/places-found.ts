import type { PropertyPlace } from '#contract/property.ts'
import { PropertyStepName } from '#contract/renovation.ts'

export function isOverdue({ next }: Pick<PropertyPlace, 'next'>): boolean {
  return next !== null && next.overdueDays > 0
}

/** Those whose name or company has the words: the longest overdue first, then the highest rung; the rest as they came. */
export function placesFound(places: readonly PropertyPlace[], { words, which }: { words: string, which: 'all' | 'going' | 'overdue' }): PropertyPlace[] {
  const wanted = words.trim().toLowerCase()
  return places
    .filter(place => which === 'all' || (which === 'going'
      ? place.stands !== null
      : isOverdue(place)))
    .filter(({ name, company }) => `${name} ${company ?? ''}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => overdueDays(b) - overdueDays(a) || rank(b) - rank(a))
}

function overdueDays({ next }: PropertyPlace): number {
  return next?.overdueDays ?? 0
}

function rank({ stands }: PropertyPlace): number {
  return stands === null
    ? -1
    : PropertyStepName.options.indexOf(stands)
}
