import type { LngLat, MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { Region } from '#contract/places.ts'
import type { Tx } from '../../db/connect.ts'
import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { HomeRow, PeopleRow } from '../../db/queries/import/population.ts'
import type { PlacedDraft } from '../cases/add-cases.ts'
import type { ImportJob } from './import-job.ts'
import type { FieldRow } from './table/read-fields.ts'
import { homesIn, homesNear, lockPeople, writePeople } from '../../db/queries/import/population.ts'
import { lockRegions, writeRegions } from '../../db/queries/import/regions.ts'
import { listRegionAreas, lockPlaces } from '../../db/queries/import/settle.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { boundsOf, grownBox, isInArea, metresBetween } from '../places/polygon.ts'
import { RegionIndex, unknownSubdistrict } from '../places/region-index.ts'
import { RegionNames } from '../places/region-names.ts'
import { inTransaction } from './import-job.ts'
import { floorArea, homesAmong } from './people/homes.ts'
import { findTarget } from './people/find-target.ts'
import { spread } from './people/spread.ts'
import { regionDraft } from './region/region-draft.ts'
import { fieldRows } from './table/field-rows.ts'
import { reasonOf } from './table/read-fields.ts'

const pointMetres = 50
const counts = [
  'households',
  'population',
  'aged60',
  'aged70',
  'aged80',
] as const
const facts = ['units', 'floors', 'builtYear'] as const
type Given = Partial<Omit<PeopleRow, 'id'>>

interface Spreading { areas: number, people: number, buildings: Set<number> }

/**
 * Loads who lives where, in one transaction.
 * - A row with a building's id sets that building's counts; a point, those of the building around it or the nearest in 50 m.
 * - A polygon is shared out over the homes whose centre lies in it, by footprint × floors; totals are kept exactly.
 * - A region's counts become the region's own. They are also shared out over its homes, unless these have counts already
 *   that did not come from the region's former figure.
 */
export async function importPopulation(job: ImportJob): Promise<Outcome> {
  return await inTransaction(job, async (tx) => {
    await lockPlaces(tx)
    const areas = await listRegionAreas(tx)
    const names = new RegionNames(areas)
    const total: Outcome = { created: 0, updated: 0, unchanged: 0 }
    const spreading: Spreading = {
      areas: 0,
      people: 0,
      buildings: new Set(),
    }
    const drafts: PlacedDraft[] = []
    let isMapChanged = false
    for await (const rows of fieldRows(job, 'population')) {
      const direct = new Map<number, { row: FieldRow, given: Given }[]>()
      const take = (row: FieldRow, changed: number | null, reason = '') => {
        if (changed === null) {
          job.reject({
            at: row.at,
            reason,
            original: row.original(),
          })
        }
        else {
          total[changed > 0
            ? 'updated'
            : 'unchanged']++
        }
        isMapChanged ||= (changed ?? 0) > 0
      }
      for (const row of rows) {
        const given = givenOf(row)
        const target = row.faults.length > 0
          ? {
              fault: reasonOf(row.faults),
            }
          : findTarget(row, job, names)
        if ('fault' in target) {
          take(row, null, target.fault)
        }
        else if (Object.keys(given).length === 0) {
          take(row, null, '没有人口数据 · the row has no count')
        }
        else if ('building' in target) {
          direct.set(target.building, [
            ...direct.get(target.building) ?? [],
            { row, given },
          ])
        }
        else if ('point' in target) {
          const building = await buildingAt(tx, target.point)
          if (building === null) {
            take(row, null, `附近没有建筑 · no building within ${pointMetres} m of lng ${target.point[0]}, lat ${target.point[1]}`)
          }
          else {
            direct.set(building, [
              ...direct.get(building) ?? [],
              { row, given },
            ])
          }
        }
        else if ('area' in target) {
          const homes = await homesOf(tx, target.area)
          if (homes.length === 0)
            take(row, null, '区域内没有住宅 · there is no residential building in the polygon')
          else
            take(row, await spreadOver(tx, homes, given, spreading))
        }
        else {
          const changed = await countRegion(tx, target.region.id, row, given, spreading, drafts)
          take(row, changed)
        }
      }
      for (const [id, changed] of await writeDirect(tx, direct))
        direct.get(id)!.forEach(({ row }) => take(row, changed, `没有这栋建筑 · there is no building ${id}; import osm first`))
    }
    if (spreading.areas > 0)
      job.note(`按建筑面积×层数分摊 · ${spreading.areas} areas with ${spreading.people} people were shared out over ${spreading.buildings.size} residential buildings by footprint × floors: an estimate`)
    if (isMapChanged) {
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
    return total
  })
}

function givenOf({ values }: FieldRow): Given {
  return Object.fromEntries([
    ...counts,
    ...facts,
  ].filter(field => typeof values[field] === 'number').map(field => [field, values[field]]))
}

/** Per building: rows changed (0 or 1); null when there is no such building. Several points at one building add up. */
async function writeDirect(tx: Tx, direct: Map<number, { given: Given }[]>): Promise<Map<number, number | null>> {
  const known = new Map((await lockPeople(tx, [
    ...direct.keys(),
  ])).map(row => [row.id, row]))
  const changed: PeopleRow[] = []
  const result = new Map<number, number | null>()
  for (const [id, rows] of direct) {
    const before = known.get(id)
    if (!before) {
      result.set(id, null)
      continue
    }
    const after = {
      ...before,
      ...summed(rows.map(({ given }) => given)),
    }
    const isChanged = isOther(before, after)
    result.set(id, Number(isChanged))
    if (isChanged)
      changed.push(after)
  }
  if (changed.length > 0)
    await writePeople(tx, changed)
  return result
}

function summed(rows: readonly Given[]): Given {
  const sum: Given = { ...rows[0] }
  for (const row of rows.slice(1)) {
    for (const field of counts) {
      if (row[field] !== undefined)
        sum[field] = (sum[field] ?? 0) + row[field]!
    }
  }
  return sum
}

async function buildingAt(tx: Tx, point: LngLat): Promise<number | null> {
  const near = await homesNear(tx, grownBox([
    ...point,
    ...point,
  ], pointMetres))
  const around = near.find(({ geometry }) => isInArea(point, geometry))
  if (around)
    return around.id
  // From the point to the nearest corner: a long block's centre may be far away.
  const byDistance = near.map(home => ({
    id: home.id,
    metres: Math.min(...cornersOf(home).map(corner => metresBetween(point, corner))),
  }))
    .filter(({ metres }) => metres <= pointMetres)
    .sort((a, b) => a.metres - b.metres)
  return byDistance[0]?.id ?? null
}

function cornersOf({ geometry }: HomeRow): LngLat[] {
  return geometry.type === 'Polygon'
    ? geometry.coordinates.flat()
    : geometry.coordinates.flat(2)
}

async function homesOf(tx: Tx, area: Polygon | MultiPolygon): Promise<HomeRow[]> {
  return homesAmong((await homesIn(tx, boundsOf(area))).filter(({ centre }) => isInArea(centre, area)))
}

/** @returns how many buildings changed */
async function spreadOver(tx: Tx, homes: readonly HomeRow[], given: Given, spreading: Spreading): Promise<number> {
  const weights = homes.map(floorArea)
  const parts: Partial<Record<typeof counts[number], number[]>> = {}
  for (const field of counts) {
    const total = given[field]
    // The aged are among the residents, in every single building too.
    const caps = field === 'aged60'
      ? parts.population
      : field === 'aged70'
        ? parts.aged60 ?? parts.population
        : field === 'aged80'
          ? parts.aged70 ?? parts.aged60 ?? parts.population
          : undefined
    if (typeof total === 'number')
      parts[field] = spread(total, weights, caps)
  }
  const after = homes.map(({ kind: _kind, compound: _compound, geometry: _geometry, centre: _centre, ...before }, i) => ({
    ...before,
    ...Object.fromEntries(counts.flatMap(field => parts[field]
      ? [
          [field, parts[field][i]!],
        ]
      : [])),
  }))
  const changed = after.filter((row, i) => isOther(homes[i]!, row))
  if (changed.length > 0)
    await writePeople(tx, changed)
  spreading.areas++
  spreading.people += given.population ?? 0
  homes.forEach(({ id }) => spreading.buildings.add(id))
  return changed.length
}

/** @returns whether the region or its buildings changed */
async function countRegion(tx: Tx, id: string, { values }: FieldRow, given: Given, spreading: Spreading, drafts: PlacedDraft[]): Promise<number> {
  const [before] = await lockRegions(tx, [id])
  const own: Partial<Region> = {}
  for (const field of [
    'households',
    'population',
    'aged60',
    'aged80',
  ] as const) {
    if (typeof given[field] === 'number')
      own[field] = given[field]
  }
  if (typeof values.asOf === 'string')
    own.populationAsOf = values.asOf
  const after = {
    ...before!,
    properties: {
      ...before!.properties,
      ...own,
    },
  }
  const draft = regionDraft(before!, after)
  if (draft) {
    await writeRegions(tx, [after])
    drafts.push({ subdistrict: after.subdistrict, draft })
  }
  const homes = await homesOf(tx, before!.geometry)
  const counted = homes.filter(({ population }) => population !== null)
  const isFromRegion = counted.reduce((sum, { population }) => sum + population!, 0) === before!.properties.population
  const changed = homes.length > 0 && (counted.length === 0 || (draft && isFromRegion))
    ? await spreadOver(tx, homes, given, spreading)
    : 0
  return changed + Number(draft !== null)
}

function isOther(before: PeopleRow, after: PeopleRow): boolean {
  return [
    ...counts,
    ...facts,
  ].some(field => before[field] !== after[field])
}
