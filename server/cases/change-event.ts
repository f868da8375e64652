import type { Case, CaseFeature, CaseStatus } from '#contract/case.ts'
import type { EventDraft } from '../../db/queries/events.ts'
import type { PlacedDraft } from './append-by-subdistrict.ts'
import { finalStatuses } from './case-state.ts'
import { regionsOf } from './place-case.ts'

/** Column → name on the wire; columns that are not here stay inside. */
const wireNames: Record<string, keyof Case> = {
  kind: 'kind',
  status: 'status',
  urgency: 'urgency',
  topic: 'topic',
  content: 'content',
  address: 'address',
  community: 'community',
  grid: 'grid',
  zone: 'zone',
  worksite: 'worksite',
  assignee: 'assignee',
  reported_at: 'reportedAt',
  due_at: 'dueAt',
  closed_at: 'closedAt',
  supervised: 'supervised',
  satisfied: 'satisfied',
  called_back_at: 'calledBackAt',
  dissatisfied_in_row: 'dissatisfiedInRow',
  merged_into: 'mergedInto',
  merged_count: 'mergedCount',
  card: 'card',
  close_proposed_by: 'closeProposed',
}

/**
 * The event of a changed case: only what changed, and the whole for screens of regions that it entered.
 * Screens forget what is over, so a case that comes back from there comes whole.
 * `columns` are the names of those that were written.
 */
export function changeEvent(
  type: string,
  before: { status: CaseStatus, subdistrict: string, community: string | null, grid: string | null, assignee: string | null },
  after: CaseFeature,
  subdistrict: string,
  columns: string[],
): PlacedDraft {
  const properties = after.properties
  const regions = regionsOf({
    subdistrict,
    community: properties.community,
    grid: properties.grid,
    assignee: properties.assignee,
  })
  const leftRegions = regionsOf(before).filter(code => !regions.includes(code))
  const entered = regions.some(code => !regionsOf(before).includes(code))
  const draft: EventDraft = { type, id: after.id, regions }
  if (leftRegions.length > 0)
    draft.leftRegions = leftRegions
  if (finalStatuses.includes(before.status) && !finalStatuses.includes(properties.status)) {
    return {
      subdistrict,
      draft: { ...draft, feature: after },
    }
  }
  draft.set = Object.fromEntries(columns.flatMap(column => wireNames[column]
    ? [
        [wireNames[column], properties[wireNames[column]]],
      ]
    : []))
  draft.set.version = properties.version
  if (columns.includes('location'))
    draft.geometry = after.geometry
  if (entered)
    draft.whole = after
  return { subdistrict, draft }
}
