import type { PlannedVisit, VisitAction, VisitActionInput } from '#contract/worksite-visit.ts'
import type { Sql, Tx } from '../../../db/connect.ts'
import type { VisitRow } from '../../../db/queries/worksite-visits.ts'
import type { PlacedDraft } from '../../cases/append-by-subdistrict.ts'
import type { FieldFault } from '../chain.ts'
import { randomUUID } from 'node:crypto'
import { lockWorksites } from '../../../db/queries/import/worksites.ts'
import { listVisits, plannedVisits, settleVisits, sitesInScope, writeVisit } from '../../../db/queries/worksite-visits.ts'
import { appendBySubdistrict } from '../../cases/append-by-subdistrict.ts'
import { chinaDayOf, textOfDay } from '../../cases/working-calendar.ts'
import { attachToPlace } from '../../uploads/attach-to-place.ts'
import { faultsOfAction, faultsOfPlan } from './visit-faults.ts'

export interface VisitWriter { sql: Sql, now: () => Date, scope: string | null, by: { id: string, name: string } }

export type VisitChanged = { ids: string[] } | { faults: FieldFault[] } | { notFound: true } | { obstacle: string }

/** All of them or none. */
export async function planVisits({ sql, now, scope, by }: VisitWriter, visits: readonly PlannedVisit[]): Promise<VisitChanged> {
  const at = now()
  const wanted = [
    ...new Set(visits.map(({ worksite }) => worksite)),
  ]
  return await sql.begin(async (tx): Promise<VisitChanged> => {
    await lockWorksites(tx, wanted)
    const sites = await sitesInScope(tx, wanted, scope)
    const faults = faultsOfPlan(visits, {
      today: textOfDay(chinaDayOf(at)),
      sites,
      planned: await plannedVisits(tx, wanted),
    })
    if (faults.length > 0)
      return { faults }
    const rows = visits.map((visit): VisitRow => ({
      ...visit,
      subdistrict: sites.get(visit.worksite)!.subdistrict,
      id: randomUUID(),
      state: 'planned',
      moves: [],
      doneOn: null,
      finding: null,
      peopleMet: null,
      documents: [],
      reason: null,
      plannedBy: by.name,
      plannedAt: at,
      endedBy: null,
    }))
    for (const row of rows)
      await writeVisit(tx, row)
    await tell(tx, wanted, 'visit-planned')
    return {
      ids: rows.map(({ id }) => id),
    }
  }) as VisitChanged
}

/** Done with a finding, moved or cancelled with a reason. */
export async function endVisit({ sql, now, scope, by }: VisitWriter, { id, action, input }: { id: string, action: VisitAction, input: VisitActionInput }): Promise<VisitChanged> {
  const today = textOfDay(chinaDayOf(now()))
  return await sql.begin(async (tx): Promise<VisitChanged> => {
    const [found] = await listVisits(tx, { scope, id })
    if (!found)
      return { notFound: true }
    await lockWorksites(tx, [found.worksite])
    const [row] = await listVisits(tx, { scope, id })
    if (!row)
      return { notFound: true }
    if (row.state !== 'planned')
      return { obstacle: `It is ${row.state} already.` }
    const faults = faultsOfAction(action, input, today)
    if (faults.length > 0)
      return { faults }
    const after = afterAction(row, action, input, { today, by: by.name })
    if (action === 'move' && (await plannedVisits(tx, [row.worksite])).some(({ plannedOn, visitor }) => plannedOn === after.plannedOn && visitor === after.visitor)) {
      return {
        faults: [
          { path: 'on', message: `${after.visitor} is to visit this worksite on ${after.plannedOn} already` },
        ],
      }
    }
    const missing = await attachToPlace(tx, after.documents, {
      subdistrict: row.subdistrict,
      of: 'worksite',
      id: row.worksite,
      uploadedBy: by.id,
    })
    if (missing.length > 0) {
      return {
        faults: missing.map(upload => ({
          path: `documents.${after.documents.indexOf(upload)}`,
          message: `there is no upload ${upload} of yours`,
        })),
      }
    }
    await writeVisit(tx, after)
    await tell(tx, [row.worksite], `visit-${action}`)
    return {
      ids: [id],
    }
  }) as VisitChanged
}

function afterAction(row: VisitRow, action: VisitAction, { on, visitor, finding, peopleMet, documents = [], reason }: VisitActionInput, { today, by }: { today: string, by: string }): VisitRow {
  switch (action) {
    case 'done':
      return {
        ...row,
        state: 'done',
        doneOn: on!,
        finding: finding!,
        peopleMet: peopleMet ?? null,
        documents,
        endedBy: by,
      }
    case 'cancel':
      return {
        ...row,
        state: 'cancelled',
        reason: reason!,
        endedBy: by,
      }
    case 'move':
      return {
        ...row,
        plannedOn: on!,
        visitor: visitor ?? row.visitor,
        moves: [
          ...row.moves,
          {
            plannedOn: row.plannedOn,
            visitor: row.visitor,
            reason: reason!,
            on: today,
          },
        ],
      }
  }
}

/** Boards that are open hear of it also where the next visit stays the same. */
async function tell(tx: Tx, worksites: readonly string[], verb: string): Promise<void> {
  const changed = await settleVisits(tx, worksites)
  const sites = await sitesInScope(tx, worksites, null)
  await appendBySubdistrict(tx, [...sites].map(([id, { subdistrict, community }]): PlacedDraft => ({
    subdistrict,
    draft: {
      type: `worksite.${verb}`,
      id,
      regions: [subdistrict, community].filter(code => code !== null),
      set: changed.has(id)
        ? {
            nextVisit: changed.get(id),
          }
        : {},
    },
  })))
}
