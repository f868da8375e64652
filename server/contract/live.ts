import { z } from 'zod'
import { Feature, FeatureCollection, Geometry } from './geometry.ts'

/** What can be followed. `coverage` holds reach polygons, missed buildings and one feature `summary` without geometry. */
export const LayerName = z.enum([
  'cases',
  'renovation-zones',
  'worksites',
  'care-facilities',
  'officers',
  'regions',
  'coverage',
  'basemap',
  'assignments',
  'screens',
  'handover',
  'property',
]).meta({ id: 'LayerName' })
export type LayerName = z.infer<typeof LayerName>

/** The first word of an event's type tells its layer. */
export const layerOfNoun: Record<string, LayerName> = {
  case: 'cases',
  zone: 'renovation-zones',
  worksite: 'worksites',
  facility: 'care-facilities',
  officer: 'officers',
  region: 'regions',
  coverage: 'coverage',
  basemap: 'basemap',
  assignment: 'assignments',
  screen: 'screens',
  handover: 'handover',
  property: 'property',
}

/**
 * One entry of the log as followers get it. Exactly one of `feature` (the whole item, replaces),
 * `set`/`geometry` (merged into the item's properties / replaces its geometry) and `gone` (the item leaves the view) is there.
 */
export const LogEvent = z.object({
  seq: z.number().int().positive(),
  at: z.number().int().describe('milliseconds since 1970-01-01 UTC'),
  type: z.string().regex(/^[a-z]+\.[a-z-]+$/).describe('noun.verb, as case.dispatched'),
  id: z.string(),
  feature: Feature.optional(),
  set: z.record(z.string(), z.unknown()).optional(),
  geometry: Geometry.nullable().optional(),
  gone: z.literal(true).optional(),
}).meta({ id: 'LogEvent' })
export type LogEvent = z.infer<typeof LogEvent>

export const Position = z.object({
  epoch: z.string(),
  seq: z.number().int().min(0),
}).meta({ id: 'LogPosition' })
export type Position = z.infer<typeof Position>

export const FollowRequest = z.object({
  layers: z.array(LayerName).min(1).optional().describe('all layers when absent'),
  region: z.string().max(20).optional().describe('region code; all when absent'),
  since: Position.optional(),
})
export type FollowRequest = z.infer<typeof FollowRequest>

export const FollowAnswer = z.object({
  epoch: z.string(),
  seq: z.number().int().describe('newest number that the server knows; what lies between `since` (or the snapshot) and it follows as `changes`'),
  mode: z.enum(['resumed', 'snapshot']),
  contract: z.string().describe('hash of the contract; a client built against another reloads once'),
})
export type FollowAnswer = z.infer<typeof FollowAnswer>

/** What the server acknowledges instead when the request was bad. */
export const FollowRefusal = z.object({
  error: z.object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    errors: z.array(z.object({
      path: z.string(),
      message: z.string(),
    })).optional(),
  }),
})
export type FollowRefusal = z.infer<typeof FollowRefusal>

export const Snapshot = z.object({
  epoch: z.string(),
  seq: z.number().int(),
  layers: z.partialRecord(LayerName, FeatureCollection),
  part: z.number().int().optional().describe('1-based; all parts of one snapshot carry the same epoch and seq'),
  parts: z.number().int().optional(),
})
export type Snapshot = z.infer<typeof Snapshot>

export const Changes = z.object({
  epoch: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  at: z.number().int(),
  events: z.array(LogEvent),
})
export type Changes = z.infer<typeof Changes>

/** Officers' latest positions: `[officer id, lng, lat, seen at (ms)]`. Volatile: the latest wins. */
export const Positions = z.object({
  at: z.number().int(),
  rows: z.array(z.tuple([
    z.string(),
    z.number(),
    z.number(),
    z.number().int(),
  ])),
})
export type Positions = z.infer<typeof Positions>

export const Pulse = z.object({
  epoch: z.string(),
  seq: z.number().int(),
  at: z.number().int(),
  ages: z.partialRecord(LayerName, z.number()).describe('seconds since the source of a layer was last known to be true'),
  stale: z.number().optional().describe('seconds since the server last reached its database, when more than 3: what happened since is not shown'),
})
export type Pulse = z.infer<typeof Pulse>

/** Events by name, both directions, as socket.io's type parameters want them. */
export interface ServerToClient {
  snapshot: (snapshot: Snapshot) => void
  changes: (changes: Changes) => void
  positions: (positions: Positions) => void
  pulse: (pulse: Pulse) => void
}
export interface ClientToServer {
  follow: (request: FollowRequest, answer: (answer: FollowAnswer | FollowRefusal) => void) => void
}
