import type { PeopleRow } from '../../../db/queries/import/population.ts'
import type { FieldRow } from '../table/read-fields.ts'

export const counts = [
  'households',
  'population',
  'aged60',
  'aged70',
  'aged80',
] as const
export type Count = typeof counts[number]
const facts = ['units', 'floors', 'builtYear'] as const

/** What a row says; what it is silent on is absent. */
export type Given = Partial<Omit<PeopleRow, 'id'>>

export function givenOf({ values }: FieldRow): Given {
  return Object.fromEntries([
    ...counts,
    ...facts,
  ].filter(field => typeof values[field] === 'number').map(field => [field, values[field]]))
}

/** Counts add up (households at one door, units of one house); of floors and the like the later word counts. */
export function addGiven(sum: Given, more: Given): Given {
  const added = Object.fromEntries(counts.filter(field => more[field] !== undefined).map(field => [field, (sum[field] ?? 0) + more[field]!]))
  return {
    ...sum,
    ...more,
    ...added,
  }
}

export function isOther(before: PeopleRow, after: PeopleRow): boolean {
  return [
    ...counts,
    ...facts,
  ].some(field => before[field] !== after[field])
}
