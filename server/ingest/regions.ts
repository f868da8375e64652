import type { Region } from '#contract/places.ts'
import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { RegionItem } from '../../db/queries/import/regions.ts'
import type { PlacedDraft } from '../cases/append-by-subdistrict.ts'
import type { Box } from '../places/polygon.ts'
import type { ImportJob } from './import-job.ts'
import type { FieldRow } from './table/read-fields.ts'
import { confirmLayers } from '../../db/queries/events.ts'
import { lockRegions, writeRegions } from '../../db/queries/import/regions.ts'
import { listRegionAreas } from '../../db/queries/import/settle.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { boundsOf, joinBoxes } from '../places/polygon.ts'
import { RegionIndex } from '../places/region-index.ts'
import { inTransaction } from './import-job.ts'
import { UnusableInput } from './import-request.ts'
import { Identifier, rank } from './region/identify.ts'
import { regionDraft } from './region/region-draft.ts'
import { settleEverything } from './region/settle-everything.ts'
import { passOver } from './table/field-rows.ts'
import { readArea } from './table/read-geometry.ts'

/**
 * Loads boundaries, coarse before fine whatever their order in the file, so that each finds the region above it. Afterwards
 * everything that is in the database is told anew in which regions it lies.
 */
export async function importRegions(job: ImportJob): Promise<Outcome> {
  if (job.format !== 'geojson')
    throw new UnusableInput('regions 需要 GeoJSON 边界 · Regions are polygons: KIND regions takes GeoJSON.')
  const { ranks, ignored } = await surveyRegions(job)
  const areas = await listRegionAreas(job.sql)
  const identifier = new Identifier(areas)
  const seen = new Map<string, number>()
  const total: Outcome = { created: 0, updated: 0, unchanged: 0 }
  let changedIn: Box | null = null
  for (const wanted of ranks) {
    for await (const { batch } of passOver(job, 'regions', 'load')) {
      const items = new Map<string, { row: FieldRow, item: RegionItem, given: Set<string> }>()
      for (const row of batch) {
        const described = Identifier.describe(row)
        if ('fault' in described || row.faults.length > 0 || rank[described.level] !== wanted)
          continue
        const read = readRegion(row, job, identifier)
        if ('fault' in read) {
          job.reject({
            at: row.at,
            reason: read.fault,
            original: row.original(),
          })
        }
        else if (seen.has(read.item.id)) {
          job.reject({
            at: row.at,
            reason: `代码重复 · the code ${read.item.id} was already in feature ${seen.get(read.item.id)}`,
            original: row.original(),
          })
        }
        else {
          items.set(read.item.id, { row, ...read })
        }
        if (!('fault' in read))
          seen.set(read.item.id, seen.get(read.item.id) ?? row.at)
      }
      for (const { geometry } of await writeBatch(job, items, total))
        changedIn = joinBoxes(changedIn, boundsOf(geometry))
    }
  }
  if (ignored.length > 0)
    job.note(`未使用的属性 · properties that mean nothing here, ignored: ${ignored.join(', ')}`)
  if (changedIn) {
    const { home } = new RegionIndex(await listRegionAreas(job.sql))
    await settleEverything(job, home === new RegionIndex(areas).home
      ? changedIn
      : null)
  }
  else {
    await inTransaction(job, tx => confirmLayers(tx, ['regions'], job.now))
  }
  return total
}

/** Reads the file to its end: which levels it has, and what cannot be a region. */
async function surveyRegions(job: ImportJob): Promise<{ ranks: number[], ignored: string[] }> {
  const ranks = new Set<number>()
  let ignored: string[] = []
  const rejects: FieldRow[] = []
  for await (const { batch, reader } of passOver(job, 'regions', 'check')) {
    ignored = reader.ignored
    for (const row of batch) {
      const described = Identifier.describe(row)
      if ('fault' in described || row.faults.length > 0)
        rejects.push(row)
      else
        ranks.add(rank[described.level])
    }
  }
  for (const row of rejects) {
    const described = Identifier.describe(row)
    job.reject({
      at: row.at,
      reason: [
        ...row.faults.map(({ reason }) => reason),
        ...'fault' in described
          ? [described.fault]
          : [],
      ].join('; '),
      original: row.original(),
    })
  }
  return {
    ranks: [...ranks].sort(),
    ignored,
  }
}

function readRegion(row: FieldRow, job: ImportJob, identifier: Identifier): { item: RegionItem, given: Set<string> } | { fault: string } {
  const described = Identifier.describe(row)
  const name = 'fault' in described
    ? ''
    : described.name
  const area = readArea(row, job.crs)
  if ('fault' in area)
    return { fault: `“${name}”: ${area.fault}` }
  const identity = identifier.identify(row, area.value)
  if ('fault' in identity)
    return identity
  const { subdistrict, ...who } = identity
  const { values } = row
  const properties = {
    ...who,
    households: values.households ?? null,
    population: values.population ?? null,
    aged60: values.aged60 ?? null,
    aged80: values.aged80 ?? null,
    populationAsOf: values.populationAsOf ?? null,
  } as Region
  return {
    item: {
      id: identity.id,
      subdistrict,
      properties,
      geometry: area.value,
    },
    given: new Set(Object.keys(values)),
  }
}

const counts = [
  'households',
  'population',
  'aged60',
  'aged80',
  'populationAsOf',
] as const

/** @returns what changed, as it is and as it was */
async function writeBatch(job: ImportJob, items: Map<string, { row: FieldRow, item: RegionItem, given: Set<string> }>, total: Outcome): Promise<RegionItem[]> {
  if (items.size === 0)
    return []
  return await inTransaction(job, async (tx) => {
    const known = new Map((await lockRegions(tx, [
      ...items.keys(),
    ])).map(region => [region.id, region]))
    const changed: RegionItem[] = []
    const drafts: PlacedDraft[] = []
    for (const { item, given } of items.values()) {
      const before = known.get(item.id) ?? null
      // Counts that this file does not have came from another one.
      const kept = before
        ? Object.fromEntries(counts.filter(field => !given.has(field)).map(field => [field, before.properties[field]]))
        : {}
      const after: RegionItem = {
        ...item,
        properties: {
          ...item.properties,
          ...kept,
        },
      }
      const draft = regionDraft(before, after)
      if (!draft) {
        total.unchanged++
        continue
      }
      changed.push(after)
      drafts.push({ subdistrict: after.subdistrict, draft })
      total[before ? 'updated' : 'created']++
    }
    if (changed.length > 0)
      await writeRegions(tx, changed)
    await appendBySubdistrict(tx, drafts)
    return changed.length > 0
      ? [
          ...changed,
          ...known.values(),
        ]
      : []
  })
}
