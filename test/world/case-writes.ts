import type { CaseStatus } from '#contract/case.ts'
import type { LngLat } from '#contract/geometry.ts'
import type { Sql, Tx } from '../../db/connect.ts'
import type { EventDraft } from '../../db/queries/events.ts'
import { findCase } from '../../db/queries/cases.ts'
import { appendEvents } from '../../db/queries/events.ts'
import { subdistrict } from './events.ts'

/** Communities and a neighbour's in which the cases of a random town lie. */
export const communities = ['990101001001', '990101001002', null] as const

/** Of an open case, in turn. */
const statuses: CaseStatus[] = [
  'registered',
  'dispatched',
  'accepted',
  'in-progress',
  'resolved',
]

export interface CaseWrite {
  id: string
  what: 'open' | 'change' | 'step' | 'move' | 'drop'
  community: typeof communities[number]
  value: number
  /** Where it lies if it has a community; somewhere by its value unless told. */
  lngLat?: LngLat
}

/** Changes a case and the log in one transaction, as the program does: what can be asked of screens is then what SQL says. */
export async function writeCase(tx: Tx, { id, what, community, value, lngLat = [117 + value / 1000, 36.6] }: CaseWrite): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtext(${id}))` // as the program locks the row: what it was must still be so
  const before = await findCase(tx, id)
  if (!before) {
    await insertCase(tx, id, community, value, lngLat)
  }
  else if (what === 'drop') {
    await tx`delete from cases where id = ${id}`
  }
  else if (what === 'move') {
    await tx`update cases set community = ${community}, location = ${community
      ? tx`point(${lngLat[0]}, ${lngLat[1]})`
      : null}, version = version + 1 where id = ${id}`
  }
  else if (what === 'step') {
    await tx`update cases set status = ${statuses[(statuses.indexOf(before.properties.status) + 1) % statuses.length]!}, version = version + 1 where id = ${id}`
  }
  else {
    await tx`update cases set content = ${`content ${value}`}, version = version + 1 where id = ${id}`
  }

  const after = await findCase(tx, id)
  const was = before
    ? regionsOf(before.properties.community)
    : []
  const is = after
    ? regionsOf(after.properties.community)
    : []
  const draft: EventDraft = {
    type: 'case.changed',
    id,
    regions: after ? is : was,
    leftRegions: after
      ? was.filter(code => !is.includes(code))
      : [],
  }
  if (!after) {
    draft.gone = true
  }
  else if (!before) {
    draft.feature = after
  }
  else if (what === 'move') {
    Object.assign(draft, {
      set: { community, version: after.properties.version },
      geometry: after.geometry,
      whole: after,
    })
  }
  else {
    draft.set = { content: after.properties.content, status: after.properties.status, version: after.properties.version }
  }
  await appendEvents(tx, subdistrict, [draft])
}

export async function write(sql: Sql, writes: CaseWrite[], { rollBack = false } = {}): Promise<void> {
  await sql.begin(async (tx) => {
    for (const one of writes)
      await writeCase(tx, one)
    if (rollBack)
      throw new RolledBack()
  }).catch((error: unknown) => {
    if (!(error instanceof RolledBack))
      throw error
  })
}

class RolledBack extends Error {}

async function insertCase(tx: Tx, id: string, community: CaseWrite['community'], value: number, lngLat: LngLat): Promise<void> {
  await tx`
    insert into cases (subdistrict, id, kind, source, status, content, community, location, reported_at)
    values (
      ${subdistrict}, ${id}, 'noise', 'hotline', 'registered', ${`content ${value}`}, ${community},
      ${community
        ? tx`point(${lngLat[0]}, ${lngLat[1]})`
        : null}, now())`
}

function regionsOf(community: string | null): string[] {
  return community
    ? [subdistrict, community]
    : [subdistrict]
}
