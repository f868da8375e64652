import type { Sql, Tx } from '../../db/connect.ts'
import type { PropertyHead } from '../../db/queries/property-places.ts'
import type { ZoneWriter } from '../renovation/change-zone.ts'
import type { FieldFault } from '../wages/chain.ts'
import type { KnownPlace } from './property-places.ts'
import { lockPropertyPlace, propertyFeature, raisePropertyVersion, writePropertyChange } from '../../db/queries/property-places.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'

/** What a change is made in: the transaction, the place as it is, the moment. */
export interface PropertyWork { tx: Tx, known: KnownPlace, head: PropertyHead, today: string, at: Date, by: ZoneWriter }

/** What was done, for the history; or why nothing was. */
export type PropertyDone
  = | { part: string, before: unknown, after: unknown }
    | { faults: FieldFault[] }
    | { obstacle: string }
    | { missing: string }

export type ChangedProperty = PropertyDone | { stale: PropertyHead }

/** Thrown to take back what was begun; what is wrong is the answer. */
class NotDone extends Error {
  readonly answer: ChangedProperty

  constructor(answer: ChangedProperty) {
    super('nothing was changed')
    this.answer = answer
  }
}

/** Changes a place with its property company, whole or not at all: the part, its line in the history, the version and the event are one transaction. */
export async function changeProperty({ sql, now }: { sql: Sql, now: () => Date }, { known, version, by }: { known: KnownPlace, version: number, by: ZoneWriter }, work: (work: PropertyWork) => Promise<PropertyDone>): Promise<ChangedProperty> {
  const at = now()
  return await sql.begin(async (tx) => {
    const head = await lockPropertyPlace(tx, { ...known, zone: known.zone?.id ?? null })
    if (head.version !== version)
      throw new NotDone({ stale: head })
    const done = await work({
      tx,
      known,
      head,
      today: textOfDay(chinaDayOf(at)),
      at,
      by,
    })
    if (!('part' in done))
      throw new NotDone(done)
    await writePropertyChange(tx, head, {
      at,
      actor: by.id,
      actorName: by.name,
      part: done.part,
      before: done.before,
      after: done.after,
    })
    await raisePropertyVersion(tx, head)
    await appendBySubdistrict(tx, [
      {
        subdistrict: known.subdistrict,
        draft: {
          type: 'property.changed',
          id: known.place,
          regions: [known.subdistrict, known.community].filter(code => code !== null),
          feature: propertyFeature(known.place, version + 1),
        },
      },
    ])
    return done
  }).catch((error: unknown) => {
    if (error instanceof NotDone)
      return error.answer
    throw error
  }) as ChangedProperty
}
