import type { FacilityRecord } from '#coverage/records.ts'
import type { GridArea } from '../../db/queries/network.ts'
import { RegionIndex } from '../places/region-index.ts'

/** Facilities with the grids in which they stand. */
export function placeInGrids(facilities: FacilityRecord[], grids: GridArea[]): FacilityRecord[] {
  if (grids.length === 0)
    return facilities
  const index = new RegionIndex(grids.map(grid => ({ ...grid, level: 'grid' as const })))
  return facilities.map(facility => ({
    ...facility,
    grid: index.regionsAt([facility.lng, facility.lat]).grid,
  }))
}
