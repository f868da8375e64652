import type { Case } from '#contract/case.ts'
import type { Feature } from '#contract/geometry.ts'
import type { PlacedCase } from './plan-messages.ts'
import { stageOfStatus } from '#contract/case.ts'

/** The elder-care cases that are not over: those with a place, and how many have none. */
export function openElderCases(items: Iterable<Feature>): { placed: PlacedCase[], unplaced: number } {
  const placed: PlacedCase[] = []
  let unplaced = 0
  for (const { geometry, properties } of items) {
    const { id, kind, status } = properties as unknown as Case
    if (kind !== 'elder-care' || stageOfStatus[status] === 'done')
      continue
    if (geometry?.type === 'Point')
      placed.push({ id, lng: geometry.coordinates[0]!, lat: geometry.coordinates[1]! })
    else
      unplaced++
  }
  return { placed, unplaced }
}
