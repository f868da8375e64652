import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { ImportJob } from './import-job.ts'
import type { Overlay } from './overlay.ts'
import { lockFacilities, writeFacilities } from '../../db/queries/import/care-facilities.ts'
import { columns } from './columns.ts'
import { communityOf, idOfName, importOverlay } from './overlay.ts'
import { parseCell } from './table/parse-cell.ts'
import { readPoint } from './table/read-geometry.ts'

const kindColumn = columns.facilities.find(({ field }) => field === 'kind')!

const facilities: Overlay = {
  kind: 'facilities',
  layer: 'care-facilities',
  noun: 'facility',
  defaults: {
    community: null,
    open: true,
    floorArea: null,
    capacity: null,
    hours: null,
  },
  lock: lockFacilities,
  write: writeFacilities,
  read({ values, ...row }, { crs }, regions) {
    const { id, lng: _lng, lat: _lat, datum: _datum, ...given } = values
    const name = String(given.name)
    const point = readPoint({ values, ...row }, crs)
    if ('fault' in point)
      return point
    if (!point.value)
      return { fault: `没有位置 · “${name}” has no location` }
    // Names mostly say what it is: 甸柳社区日间照料中心.
    const kind = given.kind ?? valueOf(parseCell(name, kindColumn, 1))
    if (!kind)
      return { fault: `类型未知 · the kind of “${name}” is unknown: ${Object.keys(kindColumn.words!).join(', ')}` }
    if (given.open === null)
      delete given.open
    return {
      id: String(id ?? idOfName('facility', name)),
      given: {
        ...given,
        kind,
        community: communityOf(point.value, given.community, regions),
      },
      geometry: { type: 'Point', coordinates: point.value },
      point: point.value,
    }
  },
}

export async function importFacilities(job: ImportJob): Promise<Outcome> {
  const { changedIn: _changedIn, ...outcome } = await importOverlay(job, facilities)
  return outcome
}

function valueOf(cell: ReturnType<typeof parseCell>): unknown {
  return 'value' in cell
    ? cell.value
    : null
}
