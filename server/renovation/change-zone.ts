import type { Role } from '#contract/role.ts'
import type { Sql, Tx } from '../../db/connect.ts'
import type { OverlayItem } from '../../db/queries/import/overlay-item.ts'
import type { ZoneHead } from '../../db/queries/zone-ledger.ts'
import type { PlacedDraft } from '../cases/append-by-subdistrict.ts'
import type { FieldFault } from '../wages/chain.ts'
import { lockZones } from '../../db/queries/import/renovation-zones.ts'
import { findZone, raiseZoneVersion, writeChange } from '../../db/queries/zone-ledger.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { settleZone } from './settle-zones.ts'

export interface ZoneWriter { id: string, name: string, role: Role }

/** Whose zone, by whom, after which version. */
export interface ZoneRequest { zone: string, scope: string | null, version: number, by: ZoneWriter }

/** What a part of the ledger is changed in: the transaction, the zone as it is, the moment. */
export interface ZoneWork { tx: Tx, head: ZoneHead, item: OverlayItem, today: string, at: Date, by: ZoneWriter }

/** What was done to the part, for the history; or why nothing was. `item` when the zone itself is another now; `drafts` of other zones. */
export type ZoneDone
  = | { part: string, before: unknown, after: unknown, item?: OverlayItem, verb?: string, drafts?: PlacedDraft[] }
    | { faults: FieldFault[] }
    | { obstacle: string }
    | { missing: string }

export type ChangedZone = { changed: ZoneHead } | { notFound: true } | { stale: ZoneHead } | { faults: FieldFault[] } | { obstacle: string } | { missing: string }

/**
 * Changes one part of a zone's ledger, whole or not at all: the part, its line in the history, the version, what the map shows
 * and the event are one transaction. `work` finds faults before it writes anything.
 */
export async function changeZone({ sql, now }: { sql: Sql, now: () => Date }, { zone, scope, version, by }: ZoneRequest, work: (work: ZoneWork) => Promise<ZoneDone>): Promise<ChangedZone> {
  const at = now()
  const today = textOfDay(chinaDayOf(at))
  const changed = await sql.begin(async (tx): Promise<ChangedZone> => {
    const [item] = await lockZones(tx, [zone])
    const head = await findZone(tx, zone, scope)
    if (!item || !head)
      return { notFound: true }
    if (head.version !== version)
      return { stale: head }
    const done = await work({
      tx,
      head,
      item,
      today,
      at,
      by,
    })
    if (!('part' in done))
      return done
    await writeChange(tx, head, {
      at,
      actor: by.id,
      actorName: by.name,
      part: done.part,
      before: done.before,
      after: done.after,
    })
    await raiseZoneVersion(tx, head)
    const draft = await settleZone(tx, item, done.item ?? item, { verb: done.verb ?? 'ledger-changed', today })
    // Desks that have the ledger open hear of it although the map stays.
    await appendBySubdistrict(tx, [
      ...done.drafts ?? [],
      draft ?? {
        subdistrict: item.subdistrict,
        draft: {
          type: 'zone.ledger-changed',
          id: item.id,
          regions: [item.subdistrict, item.properties.community].filter(code => typeof code === 'string'),
          set: {},
        },
      },
    ])
    return {
      changed: { ...head, version: version + 1 },
    }
  })
  return changed as ChangedZone
}
