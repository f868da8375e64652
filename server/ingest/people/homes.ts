import type { HomeRow } from '../../../db/queries/import/population.ts'
import { squareMetres } from '../../places/polygon.ts'

const residential = new Set([
  'apartments',
  'residential',
  'house',
  'dormitory',
  'detached',
  'semidetached_house',
  'terrace',
  'bungalow',
  'static_caravan',
  'cabin',
  'hut',
  'farm',
  'houseboat',
  'allotment_house',
])
const lowRise = new Set([
  'house',
  'detached',
  'semidetached_house',
  'terrace',
  'bungalow',
  'static_caravan',
  'cabin',
  'hut',
  'farm',
  'houseboat',
  'allotment_house',
])

/**
 * Which of some buildings people live in: those tagged as homes, and those tagged only `yes` in a compound; where there are
 * none of these, all that are tagged only `yes`. (Most homes of China's map are plain `building=yes`.)
 */
export function homesAmong(buildings: readonly HomeRow[]): HomeRow[] {
  const homes = buildings.filter(({ kind, compound }) => residential.has(kind) || (kind === 'yes' && compound !== null))
  return homes.length > 0
    ? homes
    : buildings.filter(({ kind }) => kind === 'yes')
}

/** Floor area in m²: footprint × floors. Where the floors are not known: 2 for houses, 6 (the walk-up of 1960–2000) otherwise. */
export function floorArea({ geometry, floors, kind }: HomeRow): number {
  return squareMetres(geometry) * (floors ?? (lowRise.has(kind)
    ? 2
    : 6))
}
