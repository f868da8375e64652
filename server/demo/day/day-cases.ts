import type { Case, CaseFeature } from '#contract/case.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { OpenCaseRow } from '../../../db/queries/demo.ts'
import type { DemoCrew } from '../cases/crew.ts'
import type { DayCase } from './next-events.ts'

/** The open cases as the day knows them, and who has his hands full. */
export interface DayCases {
  all: () => DayCase[]
  /** What the database has: everything that others did is learnt. */
  reread: (rows: readonly OpenCaseRow[]) => void
  /** What came of the day's own step. */
  keep: (feature: CaseFeature, now: Date) => void
  forget: (id: string) => void
  /** Where a case lay when the day first met it. */
  firstSeen: (id: string) => LngLat | null
}

export function createDayCases(crew: DemoCrew): DayCases {
  const cases = new Map<string, DayCase>()
  const places = new Map<string, LngLat>()

  function put(item: DayCase) {
    cases.set(item.id, item)
    if (item.location && !places.has(item.id))
      places.set(item.id, item.location)
  }
  function forget(id: string) {
    crew.free(cases.get(id)?.assignee ?? null)
    cases.delete(id)
    places.delete(id)
  }

  return {
    all: () => [
      ...cases.values(),
    ],
    firstSeen: id => places.get(id) ?? null,
    forget,
    reread(rows) {
      const open = new Set(rows.map(row => row.id))
      for (const id of cases.keys()) {
        if (!open.has(id))
          forget(id)
      }
      for (const row of rows) {
        const before = cases.get(row.id)
        if (before?.assignee !== row.assignee) {
          crew.free(before?.assignee ?? null)
          crew.take(row.assignee)
        }
        put(caseOfRow(row))
      }
    },
    keep({ geometry, properties }, now) {
      const before = cases.get(properties.id)
      // Whoever it was sent to has been counted when he was chosen.
      if (before?.assignee !== properties.assignee)
        crew.free(before?.assignee ?? null)
      put(caseOfFeature(properties, geometry?.coordinates ?? null, now))
      if (['closed', 'archived', 'merged'].includes(properties.status))
        forget(properties.id)
    },
  }
}

function caseOfFeature({ id, status, kind, urgency, assignee, community, grid, satisfied, dissatisfiedInRow, dueAt, closeProposed = false }: Case, location: LngLat | null, now: Date): DayCase {
  return {
    id,
    status,
    kind,
    urgency,
    assignee,
    community,
    grid,
    satisfied,
    dissatisfiedInRow,
    closeProposed,
    location,
    dueAt: dueAt === null
      ? null
      : Date.parse(dueAt),
    changedAt: now.getTime(),
  }
}

function caseOfRow({ dissatisfied_in_row, updated_at, due_at, close_proposed_by, ...row }: OpenCaseRow): DayCase {
  return {
    ...row,
    dissatisfiedInRow: dissatisfied_in_row,
    closeProposed: close_proposed_by !== null,
    dueAt: due_at?.getTime() ?? null,
    changedAt: updated_at.getTime(),
  }
}
