import type { Tx } from '../../db/connect.ts'
import type { RegionIndex } from './region-index.ts'
import { listCompounds, moveToSubdistricts, pageOfBuildings, pageOfPlaces, placeTables, settleBuildings } from '../../db/queries/import/settle.ts'
import { PolygonIndex } from './polygon-index.ts'

const pageSize = 5000

/** Writes beside every building the compound, community and grid in which its centre lies. */
export async function settleAllBuildings(tx: Tx, regions: RegionIndex): Promise<void> {
  const compounds = new PolygonIndex((await listCompounds(tx)).map(({ id, geometry }) => ({ value: id, geometry })))
  for (let last = Number.MIN_SAFE_INTEGER; ;) {
    const page = await pageOfBuildings(tx, last, pageSize)
    if (page.length === 0)
      return
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
    last = page.at(-1)!.id
  }
}

/** After new boundaries: everything on the base map goes to the subdistrict in which it lies now. */
export async function settleSubdistricts(tx: Tx, regions: RegionIndex): Promise<number> {
  let moved = 0
  for (const table of placeTables) {
    for (let last = Number.MIN_SAFE_INTEGER; ;) {
      const page = await pageOfPlaces(tx, table, last, pageSize)
      if (page.length === 0)
        break
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
      last = page.at(-1)!.id
    }
  }
  return moved
}
