import type { CaseFeature } from '#contract/case.ts'
import type { Tx } from '../../db/connect.ts'
import type { EventDraft } from '../../db/queries/events.ts'
import type { NewCase } from '../../db/queries/write-cases.ts'
import type { UnnumberedCase } from './new-case.ts'
import { takeCaseNumbers } from '../../db/queries/case-numbers.ts'
import { caseFeature } from '../../db/queries/cases.ts'
import { insertCases } from '../../db/queries/write-cases.ts'
import { regionsOf } from './place-case.ts'
import { chinaDayOf, textOfDay } from './working-calendar.ts'

/** An event and the subdistrict whose log it belongs to. */
export interface PlacedDraft { subdistrict: string, draft: EventDraft }

/** Numbers the cases and writes them. The events are for the caller to append, last in the transaction. */
export async function addCases(tx: Tx, cases: UnnumberedCase[]): Promise<{ features: CaseFeature[], events: PlacedDraft[] }> {
  if (cases.length === 0)
    return { features: [], events: [] }
  const ids = await takeIds(tx, cases.map(fresh => textOfDay(chinaDayOf(fresh.reported_at))))
  const numbered: NewCase[] = cases.map((fresh, index) => ({ id: ids[index]!, ...fresh }))
  await insertCases(tx, numbered)
  const features = numbered.map(featureOfNew)
  const events = numbered.map((fresh, index) => ({
    subdistrict: fresh.subdistrict,
    draft: {
      type: 'case.registered',
      id: fresh.id,
      regions: regionsOf(fresh),
      feature: features[index]!,
    },
  }))
  // What is filed away is not on any screen, so no screen hears of it.
  return {
    features,
    events: events.filter((_, index) => numbered[index]!.status !== 'archived'),
  }
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
    version: 1,
  })
}
