import { z } from 'zod'
import { Feature } from './geometry.ts'

/** Columns that one layer may have. */
const mostColumns = 100

/** A computed plan as layers: the property `layer` of a feature says in which it is. */
export const PlanLayers = z.object({
  name: z.string().trim().min(1).max(120).describe('of the file'),
  facts: z.record(z.string().max(60), z.union([
    z.string().max(4000),
    z.number(),
    z.boolean(),
    z.null(),
  ])).describe('what was computed, when and from which data'),
  features: z.array(Feature.refine(({ properties }) => typeof properties.layer === 'string' && /^(?!plan$|sqlite|gpkg|rtree)[a-z][a-z0-9-]{0,40}$/.test(properties.layer), {
    path: ['properties', 'layer'],
    message: 'must be the name of a layer: small letters, digits and hyphens, none that the file keeps for itself',
  }).refine(({ properties }) => Object.keys(properties).length <= mostColumns, {
    path: ['properties'],
    message: `at most ${mostColumns} of them`,
  })).max(200_000),
}).meta({ id: 'PlanLayers' })
export type PlanLayers = z.infer<typeof PlanLayers>
