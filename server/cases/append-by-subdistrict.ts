import type { Tx } from '../../db/connect.ts'
import type { PlacedDraft } from './add-cases.ts'
import { appendEvents } from '../../db/queries/events.ts'

/**
 * Appends drafts of one or several subdistricts, grouped, each group in the order given.
 *
 * @returns numbers of the first and the last event; the first draft gets the first
 */
export async function appendBySubdistrict(tx: Tx, drafts: PlacedDraft[]): Promise<{ from: number, to: number }> {
  const ranges: { from: number, to: number }[] = []
  for (const [subdistrict, group] of Map.groupBy(drafts, ({ subdistrict }) => subdistrict))
    ranges.push(await appendEvents(tx, subdistrict, group.map(({ draft }) => draft)))
  return { from: ranges[0]?.from ?? 0, to: ranges.at(-1)?.to ?? 0 }
}
