import type { Datum } from '#contract/geometry.ts'
import type { AddressRow } from '../../db/queries/import/addresses.ts'
import type { Outcome } from '../../db/queries/import/outcome.ts'
import type { ImportJob } from './import-job.ts'
import type { FieldRow } from './table/read-fields.ts'
import { upsertAddresses } from '../../db/queries/import/addresses.ts'
import { addOutcome } from '../../db/queries/import/outcome.ts'
import { listRegionAreas } from '../../db/queries/import/settle.ts'
import { appendBySubdistrict } from '../cases/append-by-subdistrict.ts'
import { RegionIndex, unknownSubdistrict } from '../places/region-index.ts'
import { inTransaction } from './import-job.ts'
import { idOfName } from './overlay.ts'
import { fieldRows } from './table/field-rows.ts'
import { reasonOf } from './table/read-fields.ts'
import { readPoint } from './table/read-geometry.ts'

/**
 * Loads an address book: a row says where one door, house, compound or landmark is. Rows without an id are met again by what they
 * name. Names are part of the map: every process that matches addresses reads its book anew afterwards (event basemap.imported).
 */
export async function importAddresses(job: ImportJob): Promise<Outcome> {
  const areas = new RegionIndex(await listRegionAreas(job.sql))
  const seen = new Map<string, number>()
  const total: Outcome = { created: 0, updated: 0, unchanged: 0 }
  for await (const rows of fieldRows(job, 'addresses')) {
    const addresses = rows.flatMap((row) => {
      const read = readAddress(row, job.crs, areas)
      const fault = 'fault' in read
        ? read.fault
        : seen.has(read.id)
          ? `与第 ${seen.get(read.id)} 行重复 · the same address as row ${seen.get(read.id)}`
          : null
      if (fault !== null) {
        job.reject({
          at: row.at,
          reason: fault,
          original: row.original(),
        })
        return []
      }
      const address = read as AddressRow
      seen.set(address.id, row.at)
      return [address]
    })
    if (addresses.length > 0)
      addOutcome(total, await inTransaction(job, tx => upsertAddresses(tx, addresses)))
  }
  if (total.created + total.updated > 0) {
    await inTransaction(job, tx => appendBySubdistrict(tx, [
      {
        subdistrict: areas.home ?? unknownSubdistrict,
        draft: {
          type: 'basemap.imported',
          id: 'basemap',
          set: {
            version: job.now.toISOString(),
          },
        },
      },
    ]))
  }
  return total
}

function readAddress(row: FieldRow, crs: Datum, areas: RegionIndex): AddressRow | { fault: string } {
  if (row.faults.length > 0) {
    return {
      fault: reasonOf(row.faults),
    }
  }
  const point = readPoint(row, crs)
  if ('fault' in point)
    return point
  if (!point.value)
    return { fault: '缺少坐标 · an address without a place places nothing' }
  const { values, geometry } = row
  const text = (field: string) => typeof values[field] === 'string' && values[field] !== ''
    ? values[field]
    : null
  const [compound, building, unit, road, number, landmark] = [
    'compound',
    'building',
    'unit',
    'road',
    'number',
    'landmark',
  ].map(text) as (string | null)[]
  // A staircase belongs to its house: it stays in the words of the address.
  const full = text('full') ?? (unit
    ? [compound, building, unit].filter(Boolean).join('')
    : null)
  if (!compound && !landmark && !full && !(road && number))
    return { fault: '缺少小区、路名加门牌、地标或全称 · names no compound, road with number, landmark or full address' }
  if (building && !compound && !(road && number) && !full)
    return { fault: '楼栋没有小区 · a house without its compound' }
  const pair = geometry
    ? (geometry as { coordinates: [number, number] }).coordinates
    : [values.lng as number, values.lat as number] as [number, number]
  return {
    subdistrict: areas.ownerOf(point.value),
    id: text('id') ?? idOfName('address', [
      compound,
      building,
      unit,
      road,
      number,
      landmark,
      text('full'),
    ].map(part => part ?? '').join('|')),
    compound: compound!,
    building: building!,
    road: road!,
    number: number!,
    landmark: landmark!,
    full_text: full,
    aliases: (values.aliases as string[] | null | undefined) ?? [],
    building_id: (values.buildingId as number | null | undefined) ?? null,
    location: point.value,
    original_location: pair,
    original_datum: (values.datum as Datum | null | undefined) ?? crs,
  }
}
