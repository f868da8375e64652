import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { ImportJob } from './import-job.ts'
import type { Overlay } from './overlay.ts'
import { lockWorksites, writeWorksites } from '../../db/queries/import/worksites.ts'
import { chinaDayOf, textOfDay } from '../cases/working-calendar.ts'
import { settleAllWorksites } from '../wages/settle-worksite.ts'
import { wageWarning } from '../wages/warning.ts'
import { worksiteMetres } from '../places/locate.ts'
import { grownBox } from '../places/polygon.ts'
import { inTransaction } from './import-job.ts'
import { communityOf, idOfName, importOverlay } from './overlay.ts'
import { settleCasesAfter } from './settle-cases-after.ts'
import { readPoint } from './table/read-geometry.ts'

const worksites: Overlay = {
  kind: 'worksites',
  layer: 'worksites',
  noun: 'worksite',
  defaults: {
    community: null,
    developer: null,
    generalContractor: null,
    subcontractor: null,
    owedYuan: 0,
    owedPeople: 0,
    owedSince: null,
    workers: null,
    payees: null,
    warning: 'none',
    dispute: false,
    handling: null,
    nextVisit: null,
  },
  lock: lockWorksites,
  write: writeWorksites,
  read(row, { crs, now }, regions) {
    const { id, lng: _lng, lat: _lat, datum: _datum, ...given } = row.values
    const name = String(given.name)
    const point = readPoint(row, crs)
    if ('fault' in point)
      return { fault: `“${name}”: ${point.fault}` }
    if (!point.value)
      return { fault: `没有位置 · “${name}” has no location` }
    for (const field of [
      'owedYuan',
      'owedPeople',
      'dispute',
      'warning',
    ]) {
      if (given[field] === null)
        delete given[field]
    }
    if (typeof given.owedYuan === 'number' && given.owedYuan < 0)
      return { fault: `“${name}”: 欠薪金额为负 · owedYuan is negative` }
    return {
      id: String(id ?? idOfName('worksite', name)),
      given: {
        ...given,
        warning: given.warning ?? wageWarning(given, textOfDay(chinaDayOf(now))),
        community: communityOf(point.value, given.community, regions),
      },
      geometry: { type: 'Point', coordinates: point.value },
      point: point.value,
    }
  },
}

export async function importWorksites(job: ImportJob): Promise<Outcome> {
  const { changedIn, ...outcome } = await importOverlay(job, worksites)
  if (!job.dryRun && outcome.created + outcome.updated > 0)
    await inTransaction(job, tx => settleAllWorksites(tx, job.now))
  if (changedIn)
    await settleCasesAfter(job, grownBox(changedIn, worksiteMetres))
  return outcome
}
