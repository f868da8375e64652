import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { ImportJob } from './import-job.ts'
import type { Overlay } from './overlay.ts'
import { lockZones, writeZones } from '../../db/queries/import/renovation-zones.ts'
import { centreOf } from '../places/polygon.ts'
import { communityOf, idOfName, importOverlay } from './overlay.ts'
import { settleCasesAfter } from './settle-cases-after.ts'
import { readArea } from './table/read-geometry.ts'

const renovation: Overlay = {
  kind: 'renovation',
  layer: 'renovation-zones',
  noun: 'zone',
  defaults: {
    community: null,
    batch: null,
    stage: 'survey',
    progress: null,
    buildings: null,
    households: null,
    floorArea: null,
    builtYear: null,
    owner: null,
    contractor: null,
    designer: null,
    supervisor: null,
    propertyCompany: null,
    consentRate: null,
    fundsYuan: null,
    planStart: null,
    planEnd: null,
    realStart: null,
    realEnd: null,
    warrantyEnd: null,
    openLeftovers: 0,
  },
  lock: lockZones,
  write: writeZones,
  read(row, { crs }, regions) {
    const { id, ...given } = row.values
    const name = String(given.name)
    const area = readArea(row, crs)
    if ('fault' in area)
      return { fault: `“${name}”: ${area.fault}` }
    const point = centreOf(area.value)
    // Two that a ledger always has; an empty cell means that nobody has written it down yet.
    for (const field of ['stage', 'openLeftovers']) {
      if (given[field] === null)
        delete given[field]
    }
    return {
      id: String(id ?? idOfName('zone', name)),
      given: {
        ...given,
        community: communityOf(point, given.community, regions),
      },
      geometry: area.value,
      point,
    }
  },
}

export async function importRenovation(job: ImportJob): Promise<Outcome> {
  const { changedIn, ...outcome } = await importOverlay(job, renovation)
  if (changedIn)
    await settleCasesAfter(job, changedIn)
  return outcome
}
