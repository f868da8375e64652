import type { LngLat } from '#contract/geometry.ts'
import type { SumsBy } from '#contract/sums.ts'
import type { SqlOrTx } from '../../db/connect.ts'
import { gridAreas } from '../../db/queries/overlay-sums.ts'
import { RegionIndex } from '../places/region-index.ts'

/** Tells under which region something is added up. Communities are kept with it, grids are looked up by its place. */
export async function regionOfSum(sql: SqlOrTx, by: SumsBy): Promise<(one: { community: string | null, place: LngLat }) => string | null> {
  if (by === 'community')
    return ({ community }) => community
  const index = new RegionIndex(await gridAreas(sql))
  return ({ place }) => index.regionsAt(place).grid
}
