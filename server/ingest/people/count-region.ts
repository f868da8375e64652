import type { Region } from '#contract/places.ts'
import type { Tx } from '../../../db/connect.ts'
import type { PlacedDraft } from '../../cases/append-by-subdistrict.ts'
import type { FieldRow } from '../table/read-fields.ts'
import type { Given } from './counts.ts'
import { lockRegions, writeRegions } from '../../../db/queries/import/regions.ts'
import { regionDraft } from '../region/region-draft.ts'
import { crowding, homesOf, spreadOver } from './spread-over.ts'

export interface CountedRegion {
  isChanged: boolean
  /** buildings that got other counts */
  buildings: number
  /** homes over which the counts were shared out, changed or not */
  homes: number[]
  /** null when nothing changed for the screens */
  draft: PlacedDraft | null
}

/**
 * Sets a region's own counts. They are also shared out over its homes, unless these have counts that came from elsewhere: from
 * rows about single buildings. (Counts that add up to the region's former figure came from that.)
 */
export async function countRegion(tx: Tx, id: string, { values }: FieldRow, given: Given): Promise<CountedRegion> {
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
  if (draft)
    await writeRegions(tx, [after])
  const homes = await homesOf(tx, before!.geometry)
  const counted = homes.filter(({ population }) => population !== null)
  const sum = counted.reduce((total, { population }) => total + population!, 0)
  const mayShare = counted.length === 0 || sum === before!.properties.population
  const isShared = mayShare && crowding(homes, given) === null
  const buildings = isShared
    ? await spreadOver(tx, homes, given)
    : 0
  return {
    isChanged: draft !== null || buildings > 0,
    buildings,
    homes: isShared
      ? homes.map(home => home.id)
      : [],
    draft: draft && { subdistrict: after.subdistrict, draft },
  }
}
