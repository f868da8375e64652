import type { RenovationZone } from '#contract/places.ts'
import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { NamedArea } from '../renovation/area-faults.ts'
import type { ImportJob } from './import-job.ts'
import type { Overlay } from './overlay.ts'
import { lockZones, writeZones } from '../../db/queries/import/renovation-zones.ts'
import { listRegionAreas } from '../../db/queries/import/settle.ts'
import { listZoneOutlines, noteImportedZones, zonesWithDetails } from '../../db/queries/zone-ledger.ts'
import { centreOf } from '../places/polygon.ts'
import { faultOfArea, namedArea } from '../renovation/area-faults.ts'
import { faultOfZone } from '../renovation/zone-fault.ts'
import { settleAllZones } from '../renovation/settle-zones.ts'
import { zoneDefaults } from '../renovation/zone-defaults.ts'
import { inTransaction } from './import-job.ts'
import { communityOf, idOfName, importOverlay } from './overlay.ts'
import { settleCasesAfter } from './settle-cases-after.ts'
import { readArea } from './table/read-geometry.ts'

/**
 * Zones come as polygons with what is known of each; a table without places adds to zones that are there, found by id or name.
 * What the ledger keeps in detail (leftover issues, consent by building, funds by source) a file's sum does not overwrite.
 */
export async function importRenovation(job: ImportJob): Promise<Outcome> {
  const { changedIn, ...outcome } = await importOverlay(job, await renovation(job))
  if (!job.dryRun && outcome.created + outcome.updated > 0)
    await inTransaction(job, tx => settleAllZones(tx, job.now))
  if (changedIn)
    await settleCasesAfter(job, changedIn)
  return outcome
}

async function renovation({ sql, now }: ImportJob): Promise<Overlay> {
  const outlines = new Map<string, NamedArea>((await listZoneOutlines(sql)).map(zone => [
    zone.id,
    namedArea(zone),
  ]))
  const idByName = new Map([
    ...outlines.values(),
  ].map(({ id, name }) => [name, id]))
  const subdistricts = (await listRegionAreas(sql)).filter(({ level }) => level === 'subdistrict').map(({ geometry }) => geometry)
  const details = await zonesWithDetails(sql)
  return {
    kind: 'renovation',
    layer: 'renovation-zones',
    noun: 'zone',
    defaults: zoneDefaults,
    lock: lockZones,
    write: writeZones,
    note: (tx, changes) => noteImportedZones(tx, changes, now),
    read(row, { crs }, regions) {
      const { id: givenId, ...given } = row.values
      const name = String(given.name)
      const id = String(givenId ?? idByName.get(name) ?? idOfName('zone', name))
      const known = outlines.get(id)
      // Two that a ledger always has; an empty cell means that nobody has written it down yet.
      for (const field of ['stage', 'openLeftovers']) {
        if (given[field] === null)
          delete given[field]
      }
      for (const field of details.get(id) ?? [])
        delete given[field]
      const wrong = faultOfZone(given as Partial<RenovationZone>)
      if (wrong !== null)
        return { fault: `“${name}”: ${wrong}` }
      if (!row.geometry && known) {
        return {
          id,
          given,
          geometry: null,
          point: centreOf(known.geometry),
        }
      }
      const area = readArea(row, crs)
      if ('fault' in area)
        return { fault: `“${name}”: ${area.fault}` }
      const misplaced = faultOfArea(id, area.value, [
        ...outlines.values(),
      ], subdistricts)
      if (misplaced !== null)
        return { fault: `“${name}”: 位置不对 · ${misplaced}` }
      outlines.set(id, namedArea({ id, name, geometry: area.value }))
      const point = centreOf(area.value)
      return {
        id,
        given: {
          ...given,
          community: communityOf(point, given.community, regions),
        },
        geometry: area.value,
        point,
      }
    },
  }
}
