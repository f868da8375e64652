import type { LngLat } from '#contract/geometry.ts'
import type { Tx } from '../../../db/connect.ts'
import type { HomeRow } from '../../../db/queries/import/population.ts'
import { homesNear } from '../../../db/queries/import/population.ts'
import { grownBox, isInArea, metresBetween } from '../../places/polygon.ts'

/** How far from its building a point may lie: geocoders put it at the gate or on the road. */
export const pointMetres = 50

/** The building around a point, else the one whose nearest corner is at most 50 m away; null when there is none. */
export async function buildingAt(tx: Tx, point: LngLat): Promise<number | null> {
  const near = await homesNear(tx, grownBox([
    ...point,
    ...point,
  ], pointMetres))
  const around = near.find(({ geometry }) => isInArea(point, geometry))
  if (around)
    return around.id
  const byDistance = near
    .map(home => ({
      id: home.id,
      metres: Math.min(...cornersOf(home).map(corner => metresBetween(point, corner))),
    }))
    .filter(({ metres }) => metres <= pointMetres)
    .sort((a, b) => a.metres - b.metres || a.id - b.id)
  return byDistance[0]?.id ?? null
}

function cornersOf({ geometry }: HomeRow): LngLat[] {
  return geometry.type === 'Polygon'
    ? geometry.coordinates.flat()
    : geometry.coordinates.flat(2)
}
