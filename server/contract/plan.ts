import { z } from 'zod'
import { Instant } from './case.ts'
import { MultiPolygon, Polygon } from './geometry.ts'
import { CareKind } from './places.ts'

const Lng = z.number().min(-180).max(180)
const Lat = z.number().min(-90).max(90)
const Place = z.tuple([Lng, Lat])

/** One thing that a planner tries. Ids of facilities that are added begin with "new-". */
export const PlanChange = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('move'),
    facility: z.string().max(100),
    lng: Lng,
    lat: Lat,
  }),
  z.object({
    do: z.literal('add'),
    facility: z.string().max(100),
    name: z.string().min(1).max(100),
    kind: CareKind,
    lng: Lng,
    lat: Lat,
    capacity: z.number().int().min(0).max(1_000_000).nullable(),
    floorArea: z.number().min(0).max(1_000_000).nullable(),
  }),
  z.object({
    do: z.literal('remove'),
    facility: z.string().max(100),
  }),
  z.object({
    do: z.literal('open'),
    facility: z.string().max(100),
    open: z.boolean(),
  }),
  z.object({
    do: z.literal('resize'),
    facility: z.string().max(100),
    capacity: z.number().int().min(0).max(1_000_000).nullable(),
    floorArea: z.number().min(0).max(1_000_000).nullable(),
  }),
  z.object({
    do: z.literal('gate'),
    gate: z.number().int(),
    open: z.boolean(),
  }),
  z.object({
    do: z.literal('bridge'),
    from: Place,
    to: Place,
  }),
]).meta({ id: 'PlanChange' })
export type PlanChange = z.infer<typeof PlanChange>

export const PlanSettings = z.object({
  minutes: z.number().min(1).max(60),
  speed: z.number().min(0.2).max(3).describe('m/s'),
  wheelchair: z.boolean(),
  crossing: z.number().min(0).max(300).describe('seconds at each marked crossing'),
  at: z.string().regex(/^[1-7]T(?:[01]\d|2[0-3]):[0-5]\d$/).describe('weekday (1 = Monday) and time, for gates with hours'),
  kinds: z.array(CareKind).min(1),
  decay: z.object({
    shape: z.enum(['steps', 'gaussian', 'inverse']),
    steps: z.tuple([
      z.number().min(0).max(1),
      z.number().min(0).max(1),
      z.number().min(0).max(1),
    ]),
  }),
}).meta({ id: 'PlanSettings' })
export type PlanSettings = z.infer<typeof PlanSettings>

/** A place where a planner could build, imported or drawn. */
export const CandidateParcel = z.object({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(60),
  lng: Lng,
  lat: Lat,
  cost: z.number().min(0).max(1e12).describe('in whatever a budget is in'),
  capacity: z.number().int().min(0).max(1_000_000).nullable().describe('people that it could take; null = any number'),
  outline: z.discriminatedUnion('type', [Polygon, MultiPolygon]).refine(({ coordinates }) => coordinates.flat(2).length <= 4000, {
    message: 'at most 1,000 corners',
  }).optional().describe('its ground; the place is a point inside it, where people would walk to'),
}).meta({ id: 'CandidateParcel' })
export type CandidateParcel = z.infer<typeof CandidateParcel>

/** What a plan is: settings and changes, in order, on the data as they stand. */
export const PlanContent = z.object({
  settings: PlanSettings,
  changes: z.array(PlanChange).max(500),
  candidates: z.array(CandidateParcel).max(1000).optional().describe('where sites may be looked for; none = where streets meet'),
}).meta({ id: 'PlanContent' })
export type PlanContent = z.infer<typeof PlanContent>

export const ScenarioInput = z.object({
  name: z.string().trim().min(1).max(60),
  subdistrict: z.string().max(20).nullable().describe('null = everything that the database holds'),
  basis: z.string().max(200).describe('of the data on which it was made, from plan-data'),
  content: PlanContent,
}).meta({ id: 'ScenarioInput' })
export type ScenarioInput = z.infer<typeof ScenarioInput>

/** A plan under a name. Made on other data when its basis is not that of plan-data. */
export const Scenario = ScenarioInput.extend({
  id: z.string(),
  author: z.string(),
  updatedAt: Instant,
}).meta({ id: 'Scenario' })
export type Scenario = z.infer<typeof Scenario>

/** Everything that a browser needs to compute coverage by itself (types: server/coverage/records.ts). */
export const PlanData = z.object({
  basis: z.string().describe('another one after every change of streets, buildings, people or facilities'),
  subdistrict: z.string().nullable(),
  records: z.record(z.string(), z.array(z.unknown())).describe('streets, points, barriers, obstructions, buildings'),
  facilities: z.array(z.unknown()),
  communities: z.array(z.unknown()).describe('with geometry and the register\'s residents aged 60 or more'),
  grids: z.array(z.unknown()),
  subdistricts: z.array(z.object({
    id: z.string(),
    name: z.string(),
  })),
}).meta({ id: 'PlanData' })
