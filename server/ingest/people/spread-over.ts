import type { MultiPolygon, Polygon } from '#contract/geometry.ts'
import type { Tx } from '../../../db/connect.ts'
import type { HomeRow, PeopleRow } from '../../../db/queries/import/population.ts'
import type { Count, Given } from './counts.ts'
import { homesIn, writePeople } from '../../../db/queries/import/population.ts'
import { boundsOf, isInArea } from '../../places/polygon.ts'
import { counts, isOther } from './counts.ts'
import { floorArea, homesAmong } from './homes.ts'
import { spread } from './spread.ts'

// Nobody lives on less; where it comes out so, the map of the area is not whole and the homes in it are not all.
const leastFloorArea = 5

/** The residential buildings whose centre lies in the area. */
export async function homesOf(tx: Tx, area: Polygon | MultiPolygon): Promise<HomeRow[]> {
  return homesAmong((await homesIn(tx, boundsOf(area))).filter(({ centre }) => isInArea(centre, area)))
}

/** Why the people cannot live in just these homes; null when they can. */
export function crowding(homes: readonly HomeRow[], { population = 0 }: Given): string | null {
  if (homes.length === 0)
    return '区域内没有住宅 · there is no residential building in the area: import osm first'
  const perPerson = homes.reduce((sum, home) => sum + floorArea(home), 0) / (population ?? 0)
  return perPerson < leastFloorArea
    ? `住宅面积不足，地图可能不完整 · ${population} people in the ${homes.length} known homes would have ${perPerson.toFixed(1)} m² each: is the map of the area imported whole?`
    : null
}

/**
 * Shares the counts out over the homes by floor area; totals are kept exactly, and nowhere are more aged than people.
 *
 * @returns how many buildings changed
 */
export async function spreadOver(tx: Tx, homes: readonly HomeRow[], given: Given): Promise<number> {
  const weights = homes.map(floorArea)
  const parts: Partial<Record<Count, number[]>> = {}
  for (const field of counts) {
    const total = given[field]
    if (typeof total === 'number')
      parts[field] = spread(total, weights, capsOf(field, parts))
  }
  const changed = homes.flatMap(({ kind: _kind, compound: _compound, geometry: _geometry, centre: _centre, ...before }, i) => {
    const after: PeopleRow = {
      ...before,
      ...Object.fromEntries(counts.flatMap(field => parts[field]
        ? [
            [field, parts[field][i]!],
          ]
        : [])),
    }
    return isOther(before, after)
      ? [after]
      : []
  })
  if (changed.length > 0)
    await writePeople(tx, changed)
  return changed.length
}

/** The aged are among the residents, those over 80 among those over 70. */
function capsOf(field: Count, { population, aged60, aged70 }: Partial<Record<Count, number[]>>): number[] | undefined {
  switch (field) {
    case 'aged60': return population
    case 'aged70': return aged60 ?? population
    case 'aged80': return aged70 ?? aged60 ?? population
    default: return undefined
  }
}
