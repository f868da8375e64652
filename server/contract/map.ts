import { z } from 'zod'

/** `[west, south, east, north]` in degrees. */
export const Bounds = z.tuple([
  z.number(),
  z.number(),
  z.number(),
  z.number(),
]).meta({ id: 'Bounds' })
export type Bounds = z.infer<typeof Bounds>

/** What `/map-config.json` tells a screen before it draws: which base map, where to look, and whose data it is. */
export const MapConfig = z.object({
  version: z.string().describe('changes when what the base map draws changes; part of the tiles\' address'),
  bounds: Bounds.nullable().describe('of all that is drawn; null before anything was imported'),
  view: Bounds.nullable().describe('of the subdistricts: where the overview looks'),
  base: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('streets'),
      tiles: z.string(),
      minzoom: z.number().int(),
      maxzoom: z.number().int(),
    }),
    z.object({
      kind: z.literal('pmtiles'),
      url: z.string(),
      tiles: z.enum(['vector', 'raster']),
      schema: z.enum(['huizhi', 'openmaptiles', 'protomaps']).describe('how its vector layers are named'),
      minzoom: z.number().int(),
      maxzoom: z.number().int(),
    }),
    z.object({
      kind: z.literal('style'),
      url: z.string(),
    }),
  ]),
  attribution: z.string().describe('who made the data, as it must stand on the map'),
  demo: z.boolean().describe('the town is generated'),
  tianditu: z.object({
    map: z.array(z.string()).describe('tile addresses of the map'),
    labels: z.array(z.string()).describe('tile addresses of its names'),
    attribution: z.string(),
  }).nullable().describe('天地图, where the deployment has a key'),
}).meta({ id: 'MapConfig' })
export type MapConfig = z.infer<typeof MapConfig>
