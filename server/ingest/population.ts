import type { Tx } from '../../db/connect.ts'
import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { PlacedDraft } from '../cases/append-by-subdistrict.ts'
import type { ImportJob } from './import-job.ts'
import type { Given } from './people/counts.ts'
import type { FieldRow } from './table/read-fields.ts'
import { confirmLayers } from '../../db/queries/events.ts'
import { knownBuildings, lockPeople, writePeople } from '../../db/queries/import/population.ts'
import { listRegionAreas, lockPlaces } from '../../db/queries/import/settle.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { RegionIndex, unknownSubdistrict } from '../places/region-index.ts'
import { RegionNames } from '../places/region-names.ts'
import { inTransaction } from './import-job.ts'
import { buildingAt, pointMetres } from './people/building-at.ts'
import { countRegion } from './people/count-region.ts'
import { addGiven, givenOf, isOther } from './people/counts.ts'
import { findTarget } from './people/find-target.ts'
import { crowding, homesOf, spreadOver } from './people/spread-over.ts'
import { fieldRows } from './table/field-rows.ts'
import { reasonOf } from './table/read-fields.ts'

const chunk = 1000

interface Direct { given: Given, rows: number }

/**
 * Loads who lives where, in one transaction.
 * - A row with a building's id counts for that building; a point, for the building around it or the nearest within 50 m. Rows
 *   about one building add up.
 * - A region's counts become the region's own, and are shared out over its homes (count-region.ts).
 * - Any other polygon is shared out over the homes whose centre lies in it, by footprint × floors.
 */
export async function importPopulation(job: ImportJob): Promise<Outcome> {
  return await inTransaction(job, async (tx) => {
    await lockPlaces(tx)
    const areas = await listRegionAreas(tx)
    const names = new RegionNames(areas)
    const total: Outcome = { created: 0, updated: 0, unchanged: 0 }
    const shared = {
      areas: 0,
      people: 0,
      buildings: new Set<number>(),
    }
    const direct = new Map<number, Direct>()
    const drafts: PlacedDraft[] = []
    let changedBuildings = 0

    for await (const rows of fieldRows(job, 'population')) {
      const known = await knownBuildings(tx, rows.flatMap((row) => {
        const target = findTarget(row, job, names)
        return 'building' in target
          ? [target.building]
          : []
      }))
      for (const row of rows) {
        const fault = await takeRow(row)
        if (fault) {
          job.reject({
            at: row.at,
            reason: fault,
            original: row.original(),
          })
        }
      }
      async function takeRow(row: FieldRow): Promise<string | null> {
        const given = givenOf(row)
        const target = row.faults.length > 0
          ? {
              fault: reasonOf(row.faults),
            }
          : findTarget(row, job, names)
        if ('fault' in target)
          return target.fault
        if (Object.keys(given).length === 0)
          return '没有人口数据 · the row has no count'
        if ('building' in target || 'point' in target) {
          const id = 'building' in target
            ? target.building
            : await buildingAt(tx, target.point)
          if (id === null)
            return `附近没有建筑 · no building within ${pointMetres} m`
          if ('building' in target && !known.has(id))
            return `没有这栋建筑 · there is no building ${id}: import osm first`
          const before = direct.get(id) ?? { given: {}, rows: 0 }
          direct.set(id, {
            given: addGiven(before.given, given),
            rows: before.rows + 1,
          })
          return null
        }
        const isRegion = 'region' in target
        const homes = isRegion
          ? []
          : await homesOf(tx, target.area)
        const crowded = isRegion
          ? null
          : crowding(homes, given)
        if (crowded)
          return crowded
        const counted = isRegion
          ? await countRegion(tx, target.region.id, row, given)
          : {
              buildings: await spreadOver(tx, homes, given),
              homes: homes.map(({ id }) => id),
              draft: null,
              isChanged: false,
            }
        total[counted.isChanged || counted.buildings > 0
          ? 'updated'
          : 'unchanged']++
        changedBuildings += counted.buildings
        if (counted.draft)
          drafts.push(counted.draft)
        if (counted.homes.length > 0) {
          shared.areas++
          shared.people += given.population ?? 0
          counted.homes.forEach(id => shared.buildings.add(id))
        }
        return null
      }
    }
    changedBuildings += await writeDirect(tx, direct, total)

    if (shared.areas > 0)
      job.note(`按建筑面积×层数分摊（估算） · an estimate: ${shared.people} people of ${shared.areas} areas were shared out over ${shared.buildings.size} homes by footprint × floors`)
    if (changedBuildings > 0) {
      const { home } = new RegionIndex(areas)
      drafts.push({
        subdistrict: home ?? unknownSubdistrict,
        draft: {
          type: 'basemap.imported',
          id: 'basemap',
          set: {
            version: job.now.toISOString(),
          },
        },
      })
    }
    await appendBySubdistrict(tx, drafts)
    await confirmLayers(tx, ['regions'], job.now)
    return total
  })
}

/** @returns how many buildings changed */
async function writeDirect(tx: Tx, direct: Map<number, Direct>, total: Outcome): Promise<number> {
  let buildings = 0
  const ids = [
    ...direct.keys(),
  ]
  for (let start = 0; start < ids.length; start += chunk) {
    const known = await lockPeople(tx, ids.slice(start, start + chunk))
    const changed = known.flatMap((before) => {
      const { given, rows } = direct.get(before.id)!
      const after = {
        ...before,
        ...given,
      }
      total[isOther(before, after)
        ? 'updated'
        : 'unchanged'] += rows
      return isOther(before, after)
        ? [after]
        : []
    })
    if (changed.length > 0)
      await writePeople(tx, changed)
    buildings += changed.length
  }
  return buildings
}
