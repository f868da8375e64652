import type { Geometry, Polygon } from '#contract/geometry.ts'
import type { Sql } from '../../db/connect.ts'
import type { Box } from '../places/polygon.ts'
import { hasCases } from '../../db/queries/import/settle-cases.ts'
import { loadPlaces } from '../places/locate.ts'
import { boundsOf, joinBoxes } from '../places/polygon.ts'
import { settleCasesIn } from '../places/settle-cases.ts'

/** Outlines were drawn anew: cases around them, as they were and are, are told in which zone they lie now. */
export async function resettleCases(sql: Sql, areas: readonly Geometry[]): Promise<void> {
  if (await hasCases(sql))
    await settleCasesIn(sql, await loadPlaces(sql), areas.reduce<Box | null>((box, area) => joinBoxes(box, boundsOf(area as Polygon)), null))
}
