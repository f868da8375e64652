import type { Sql, Tx } from '../../db/connect.ts'
import type { UnsettledCase } from '../../db/queries/import/settle-cases.ts'
import type { PlacedDraft } from '../cases/append-by-subdistrict.ts'
import type { Places } from './placement.ts'
import type { Box } from './polygon.ts'
import { isDeepStrictEqual } from 'node:util'
import { casesToSettle, lockUnsettledCases, settleCases } from '../../db/queries/import/settle-cases.ts'
import { caseFeature } from '../../db/queries/cases.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { changeEvent } from '../cases/change-event.ts'
import { placeCase } from '../cases/place-case.ts'
import { unknownSubdistrict } from './region-index.ts'

const pageSize = 1000
/** Of these only screens know; compound and building stay inside. */
const shown = [
  'community',
  'grid',
  'zone',
  'worksite',
] as const

/**
 * Tells the cases in the box (null: all) anew what they lie in, a thousand a transaction. A case that could not be placed because
 * no region reached so far is placed when one does now.
 *
 * @returns how many changed
 */
export async function settleCasesIn(sql: Sql, places: Places, box: Box | null): Promise<number> {
  const ids = await casesToSettle(sql, box)
  let changed = 0
  for (let start = 0; start < ids.length; start += pageSize)
    changed += await sql.begin(tx => settlePage(tx, ids.slice(start, start + pageSize), places))
  return changed
}

async function settlePage(tx: Tx, ids: readonly string[], places: Places): Promise<number> {
  const page = await lockUnsettledCases(tx, ids)
  const settled = page.flatMap((before) => {
    const now = placeOf(before, places)
    const isSame = (Object.keys(now) as (keyof typeof now)[]).every(key => isDeepStrictEqual(now[key], before[key]))
    return isSame
      ? []
      : [
          {
            before,
            now: { id: before.id, ...now },
          },
        ]
  })
  if (settled.length > 0) {
    const rows = new Map((await settleCases(tx, settled.map(({ now }) => now))).map(row => [row.id, row]))
    const drafts: PlacedDraft[] = []
    for (const { before, now } of settled) {
      const columns = shown.filter(key => now[key] !== before[key]).map(String)
      if (!isDeepStrictEqual(now.location, before.location))
        columns.push('location')
      // What is filed away is on no screen.
      if (before.status !== 'archived' && (columns.length > 0 || now.subdistrict !== before.subdistrict))
        drafts.push(changeEvent('case.regions-changed', before, caseFeature(rows.get(now.id)!), now.subdistrict, columns))
    }
    await appendBySubdistrict(tx, drafts)
  }
  return settled.length
}

function placeOf(before: UnsettledCase, places: Places) {
  const { location, original_location, original_datum } = before
  // Its own place first: a person may have set it.
  const input = location
    ? { lng: location[0], lat: location[1], datum: 'wgs84' as const }
    : original_location && original_datum
      ? { lng: original_location[0], lat: original_location[1], datum: original_datum }
      : undefined
  const place = placeCase(input, places)
  const here = location
    ? places.locate(location)
    : place
  const subdistrict = here.subdistrict ?? places.home ?? unknownSubdistrict
  return {
    // A case without a place stays with the office that took it, once there was one.
    subdistrict: input || before.subdistrict === unknownSubdistrict
      ? subdistrict
      : before.subdistrict,
    location: location ?? place.location,
    community: here.community,
    grid: here.grid,
    compound: here.compound,
    building: here.building,
    zone: here.zone,
    worksite: here.worksite,
  }
}
