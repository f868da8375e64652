import type { Tx } from '../../db/connect.ts'
import type { Box } from './polygon.ts'
import type { RegionIndex } from './region-index.ts'
import { buildingPages, listCompounds, moveToSubdistricts, placePages, placeTables, settleBuildings } from '../../db/queries/import/settle.ts'
import { PolygonIndex } from './polygon-index.ts'

/** Writes beside every building in the box (null: beside all) the compound, community and grid in which its centre lies. */
export async function settleMapBuildings(tx: Tx, regions: RegionIndex, box: Box | null): Promise<void> {
  const compounds = new PolygonIndex((await listCompounds(tx)).map(({ id, geometry }) => ({ value: id, geometry })))
  for await (const page of buildingPages(tx, box)) {
    const changed = page.flatMap(({ id, centre, ...known }) => {
      const { community, grid } = regions.regionsAt(centre)
      const compound = compounds.at(centre)
      return known.compound === compound && known.community === community && known.grid === grid
        ? []
        : [
            { id, compound, community, grid },
          ]
    })
    if (changed.length > 0)
      await settleBuildings(tx, changed)
  }
}

/**
 * After new boundaries: what of the base map lies in the box (null: all of it) goes to the subdistrict in which it lies now.
 *
 * @returns how much moved
 */
export async function settleSubdistricts(tx: Tx, regions: RegionIndex, box: Box | null): Promise<number> {
  let moved = 0
  for (const table of placeTables) {
    for await (const page of placePages(tx, table, box)) {
      const moves = page
        .map(({ id, subdistrict, point }) => ({
          id,
          subdistrict,
          owner: regions.ownerOf(point),
        }))
        .filter(({ subdistrict, owner }) => owner !== subdistrict)
        .map(({ id, owner }) => ({ id, subdistrict: owner }))
      if (moves.length > 0)
        await moveToSubdistricts(tx, table, moves)
      moved += moves.length
    }
  }
  return moved
}
