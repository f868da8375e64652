import { z } from 'zod'

/** What a wall shows in turn; the first is what it comes back to. */
export const Scene = z.enum([
  'case',
  'renovation',
  'wages',
  'elder',
  'satisfaction',
]).meta({ id: 'Scene' })
export type Scene = z.infer<typeof Scene>

const Bounds = z.tuple([
  z.number().min(-180).max(180),
  z.number().min(-90).max(90),
  z.number().min(-180).max(180),
  z.number().min(-90).max(90),
]).refine(([west, south, east, north]) => west < east && south < north, 'must be west, south, east, north')

/** Which renovation zones are seen: those of a batch, as they stood at the end of a month, shaded by the calls of that month. */
export const ZoneView = z.object({
  batch: z.string().max(40).nullable().describe('null = all'),
  month: z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/, 'must be a month, as 2026-10').nullable().describe('null = now'),
  heat: z.boolean(),
}).meta({ id: 'ZoneView' })
export type ZoneView = z.infer<typeof ZoneView>

/** What an officer sends to a wall: a scene, in it a part of the map or one case. */
export const ScreenShowInput = z.object({
  scene: Scene,
  caseId: z.string().max(60).nullable().default(null).describe('the case to point at'),
  bounds: Bounds.nullable().default(null).describe('west, south, east, north of what is to be seen; the whole subdistrict when null'),
  zones: ZoneView.nullable().default(null).describe('only in the scene renovation'),
  minutes: z.number().int().min(1).max(240).describe('after so long the wall returns to its scenes'),
  over: z.uuid().nullable().default(null).describe('the show of somebody else that this one may take the place of'),
}).meta({ id: 'ScreenShowInput' })
export type ScreenShowInput = z.input<typeof ScreenShowInput>

export const ScreenShow = z.object({
  show: z.uuid(),
  scene: Scene,
  caseId: z.string().nullable(),
  bounds: Bounds.nullable(),
  zones: ZoneView.nullable(),
  by: z.object({
    id: z.string(),
    name: z.string(),
  }),
  at: z.iso.datetime(),
  until: z.iso.datetime().describe('from then on it is over, also without an event'),
}).meta({ id: 'ScreenShow' })
export type ScreenShow = z.infer<typeof ScreenShow>

/** Properties of a feature of the layer `screens`; it has no geometry. */
export const ShownScreen = z.object({
  id: z.string(),
  name: z.string(),
  show: ScreenShow.nullable(),
}).meta({ id: 'ShownScreen' })
export type ShownScreen = z.infer<typeof ShownScreen>
