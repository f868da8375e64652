import type { Sql } from '../../db/connect.ts'
import type { EventDraft } from '../../db/queries/events.ts'
import { appendEvents } from '../../db/queries/events.ts'

export const subdistrict = '990101001'

/** A case as an event brings it, with the fields that a test looks at. */
export function caseFeature(id: string, properties: Record<string, unknown> = {}) {
  return {
    type: 'Feature' as const,
    id,
    geometry: {
      type: 'Point' as const,
      coordinates: [117.1, 36.6] as [number, number],
    },
    properties: {
      id,
      kind: 'noise',
      status: 'registered',
      ...properties,
    },
  }
}

export function registered(id: string, properties: Record<string, unknown> = {}): EventDraft {
  return {
    type: 'case.registered',
    id,
    regions: [subdistrict],
    feature: caseFeature(id, properties),
  }
}

/** Appends in a transaction of its own. */
export async function append(sql: Sql, ...drafts: EventDraft[]): Promise<{ from: number, to: number }> {
  return await sql.begin(tx => appendEvents(tx, subdistrict, drafts)) as { from: number, to: number }
}
