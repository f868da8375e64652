import type { Tx } from '../../db/connect.ts'
import { appendEvents } from '../../db/queries/events.ts'
import { findShownScreen, screenFeature } from '../../db/queries/screen-shows.ts'

/** A screen stands in a centre, not in one subdistrict of it. */
const nowhere = ''

/** Tells everybody who follows screens how this one is now, or that it is gone. Call last: it holds the log until the transaction ends. */
export async function tellScreen(tx: Tx, id: string, verb: 'paired' | 'renamed' | 'revoked' | 'shown' | 'returned'): Promise<void> {
  const screen = await findShownScreen(tx, id)
  await appendEvents(tx, nowhere, [
    {
      type: `screen.${verb}`,
      id,
      ...screen
        ? {
            feature: screenFeature(screen),
          }
        : { gone: true },
    },
  ])
}
