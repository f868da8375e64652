import type { Tx } from '../../db/connect.ts'
import type { OverlayItem } from '../../db/queries/import/overlay-item.ts'
import type { PlacedDraft } from '../cases/append-by-subdistrict.ts'
import { lockZones, writeZones } from '../../db/queries/import/renovation-zones.ts'
import { allZoneIds, readConsents, readFunds } from '../../db/queries/zone-ledger.ts'
import { readLeftovers } from '../../db/queries/zone-leftovers.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { overlayEvent } from '../places/overlay-event.ts'
import { consentRateOf } from './consent-rate.ts'
import { warrantyNotice } from './warranty.ts'

/**
 * Puts on the map what follows from the ledger of a zone; where the ledger is silent the import's figures stay.
 *
 * @param tx the transaction that changes the ledger
 * @param before the zone as it was, locked
 * @param changed the zone as the ledger's writer leaves it; null = it is new, and `before` is it
 * @param said how it is told
 * @param said.verb of the event
 * @param said.today `YYYY-MM-DD` in China
 * @returns the event, for the caller to append, last in the transaction; null when nothing on the map changed
 */
export async function settleZone(tx: Tx, before: OverlayItem | null, changed: OverlayItem, { verb, today }: { verb: string, today: string }): Promise<PlacedDraft | null> {
  const { id, properties } = changed
  const place = { subdistrict: before?.subdistrict ?? changed.subdistrict, zone: id }
  const leftovers = await readLeftovers(tx, [id])
  const consents = await readConsents(tx, place)
  const funds = await readFunds(tx, place)
  const notice = warrantyNotice(properties.warrantyEnd as string | null, today)
  const after: OverlayItem = {
    ...changed,
    properties: {
      ...properties,
      ...leftovers.length > 0 && { openLeftovers: leftovers.filter(({ state }) => state !== 'closed').length },
      ...consents.length > 0 && {
        consentRate: consentRateOf(consents),
      },
      ...funds.length > 0 && {
        fundsYuan: funds.reduce((sum, { yuan }) => sum + yuan, 0),
      },
      warrantyNotice: notice,
    },
  }
  const isNotice = notice !== null && notice !== before?.properties.warrantyNotice
  const draft = overlayEvent({ noun: 'zone' }, before, after, isNotice
    ? 'warranty-ending'
    : verb)
  if (!draft)
    return null
  await writeZones(tx, [after])
  return { subdistrict: after.subdistrict, draft }
}

/** A day more brings a warranty's end nearer: each day, and after an import of other figures. What is told once stays told. */
export async function settleAllZones(tx: Tx, now: Date): Promise<void> {
  const today = textOfDay(chinaDayOf(now))
  const drafts: PlacedDraft[] = []
  for (const zone of await lockZones(tx, await allZoneIds(tx))) {
    const draft = await settleZone(tx, zone, zone, { verb: 'ledger-changed', today })
    if (draft)
      drafts.push(draft)
  }
  await appendBySubdistrict(tx, drafts)
}
