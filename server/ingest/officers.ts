import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { ImportJob } from './import-job.ts'
import type { Overlay } from './overlay.ts'
import { lockOfficers, writeOfficers } from '../../db/queries/import/officers.ts'
import { idOfName, importOverlay } from './overlay.ts'
import { readPoint } from './table/read-geometry.ts'

/** Phones are sealed before they are written and compared unsealed: sealing the same number twice gives different bytes. */
export async function importOfficers(job: ImportJob): Promise<Outcome> {
  const { personal } = job
  const officers: Overlay = {
    kind: 'officers',
    layer: 'officers',
    noun: 'officer',
    defaults: {
      grid: null,
      community: null,
      duty: 'off',
      skills: [],
      seenAt: null,
      phone: null,
    },
    hidden: ['phone'],
    keepsPlace: true,
    async lock(tx, ids) {
      const known = await lockOfficers(tx, ids)
      return known.map(item => ({
        ...item,
        properties: {
          ...item.properties,
          phone: item.properties.phone
            ? personal.open(item.properties.phone as Buffer)
            : null,
        },
      }))
    },
    write: (tx, items) => writeOfficers(tx, items.map(item => ({
      ...item,
      properties: {
        ...item.properties,
        phone: item.properties.phone
          ? personal.seal(item.properties.phone as string)
          : null,
      },
    }))),
    read(row, { crs }, { index, names }) {
      const { id, lng: _lng, lat: _lat, datum: _datum, ...given } = row.values
      const name = String(given.name)
      const point = readPoint(row, crs)
      if ('fault' in point)
        return { fault: `“${name}”: ${point.fault}` }
      const here = point.value
        ? index.regionsAt(point.value)
        : null
      // A grid or community that is not known (yet) stays as it was written; an import of regions finds it later.
      const grid = typeof given.grid === 'string'
        ? names.find(given.grid, ['grid'])
        : null
      const named = typeof given.community === 'string'
        ? names.find(given.community, ['community', 'village'], grid?.subdistrict)
        : null
      if (given.grid !== undefined)
        given.grid = grid?.id ?? given.grid
      const community = named?.id ?? grid?.parent ?? given.community ?? here?.community
      if (community !== undefined)
        given.community = community
      for (const field of ['duty', 'skills']) {
        if (given[field] === null)
          delete given[field]
      }
      return {
        id: String(id ?? idOfName('officer', `${name} ${String(row.values.grid ?? row.values.community ?? '')}`)),
        given,
        geometry: point.value && { type: 'Point', coordinates: point.value },
        point: point.value,
        subdistrict: grid?.subdistrict ?? named?.subdistrict,
      }
    },
  }
  const { changedIn: _changedIn, ...outcome } = await importOverlay(job, officers)
  return outcome
}
