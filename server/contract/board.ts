import { z } from 'zod'
import { Instant } from './case.ts'
import { FeatureCollection } from './geometry.ts'
import { LayerName } from './live.ts'

/** GET /api/v1/board: what screens showed at a moment of the past; the events after `seq` lead on from there. */
export const BoardAt = z.object({
  at: z.iso.datetime(),
  epoch: z.string(),
  seq: z.number().int(),
  layers: z.partialRecord(LayerName, FeatureCollection),
}).meta({ id: 'BoardAt' })
export type BoardAt = z.infer<typeof BoardAt>

/** GET /api/v1/board/positions: where officers were on duty between two moments of the past. */
export const BoardPositions = z.object({
  from: Instant,
  to: Instant,
  rows: z.array(z.tuple([
    z.string(),
    z.number(),
    z.number(),
    z.number().int(),
  ])).describe('[officer id, lng, lat, seen at (ms)], oldest first; the last of each half minute'),
  keptDays: z.number().int().describe('older ones are deleted'),
}).meta({ id: 'BoardPositions' })
export type BoardPositions = z.infer<typeof BoardPositions>
