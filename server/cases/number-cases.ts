import type { CaseFeature } from '#contract/case.ts'
import type { Tx } from '../../db/connect.ts'
import type { PlacedDraft } from './append-by-subdistrict.ts'
import type { NewCase } from '../../db/queries/write-cases.ts'
import type { SealedContact } from './contact.ts'
import type { UnnumberedCase } from './new-case.ts'
import { takeCaseNumbers } from '../../db/queries/case-numbers.ts'
import { caseFeature } from '../../db/queries/cases.ts'
import { regionsOf } from './place-case.ts'
import { chinaDayOf, textOfDay } from './working-calendar.ts'

/** New cases with their numbers, as they are written, as screens see them, and as the log tells of them. */
export interface NumberedCases {
  cases: NewCase[]
  features: CaseFeature[]
  events: PlacedDraft[]
}

/** Takes the numbers; writing the cases (`insertCases`) and appending the events, last, is the caller's part. */
export async function numberCases(tx: Tx, unnumbered: (UnnumberedCase & SealedContact)[]): Promise<NumberedCases> {
  const ids = unnumbered.length === 0
    ? []
    : await takeIds(tx, unnumbered.map(fresh => textOfDay(chinaDayOf(fresh.reported_at))))
  const cases = unnumbered.map((fresh, index) => ({ id: ids[index]!, ...fresh }))
  const features = cases.map(featureOfNew)
  const events = cases.map((fresh, index) => ({
    subdistrict: fresh.subdistrict,
    draft: {
      type: 'case.registered',
      id: fresh.id,
      regions: regionsOf(fresh),
      feature: features[index]!,
    },
  }))
  return { cases, features, events }
}

/** GD + the day on which it was reported in China + running number: GD2611240001. */
async function takeIds(tx: Tx, days: string[]): Promise<string[]> {
  const counts = new Map<string, number>()
  for (const day of days)
    counts.set(day, (counts.get(day) ?? 0) + 1)
  const next = await takeCaseNumbers(tx, counts)
  return days.map((day) => {
    const number = next.get(day)!
    next.set(day, number + 1)
    return `GD${day.slice(2).replaceAll('-', '')}${String(number).padStart(4, '0')}`
  })
}

function featureOfNew(fresh: NewCase): CaseFeature {
  return caseFeature({
    ...fresh,
    location: fresh.location && [...fresh.location],
    supervised: false,
    called_back_at: null,
    dissatisfied_in_row: 0,
    merged_into: null,
    merged_count: 0,
    close_proposed_by: null,
    version: 1,
  })
}
