import { z } from 'zod'
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
