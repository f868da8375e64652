import type { ImportChange } from '#contract/import.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { KnownCase } from '../../db/queries/imported-cases.ts'
import type { CasePatch } from '../../db/queries/write-cases.ts'

type Fields = ImportChange['fields']

/** Field of an import → column of a case. What follows from these (deadline, region, topic) is not told on its own. */
const plain = {
  kind: 'kind',
  content: 'content',
  urgency: 'urgency',
  address: 'address',
  reportedAt: 'reported_at',
  status: 'status',
  closedAt: 'closed_at',
  satisfied: 'satisfied',
  solved: 'solved',
} as const satisfies Record<string, keyof KnownCase & keyof CasePatch>

/** What a person is shown of a patch, before and after. Names and phones are sealed: only that they change. */
export function describePatch(before: KnownCase, patch: CasePatch): Fields {
  const fields: Fields = Object.entries(plain).flatMap(([field, column]) => patch[column] === undefined
    ? []
    : [
        {
          field,
          before: wordOf(before[column]),
          after: wordOf(patch[column]),
        },
      ])
  if (patch.location !== undefined) {
    fields.push({
      field: 'location',
      before: pairOf(before.location),
      after: pairOf(patch.location),
    })
  }
  for (const [field, column] of [
    ['contactName', 'contact_name'],
    ['contactPhone', 'contact_phone'],
  ] as const) {
    if (patch[column] !== undefined)
      fields.push({ field, before: null, after: null })
  }
  return fields
}

function wordOf(value: unknown): string | null {
  if (value === null || value === undefined)
    return null
  return value instanceof Date
    ? value.toISOString()
    : String(value)
}

function pairOf(pair: LngLat | null): string | null {
  return pair && pair.map(degrees => degrees.toFixed(6)).join(', ')
}
