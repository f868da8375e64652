import { z } from 'zod'
import { Instant, LocationInput } from './case.ts'
import { LineString } from './geometry.ts'
import { OfficerDuty } from './places.ts'

/** Where somebody was, as his device tells it. */
export const FixInput = LocationInput.extend({
  at: Instant.optional().describe('when he was there; now when absent'),
  accuracy: z.number().min(0).max(100_000).optional().describe('metres, the radius in which he is with two thirds certainty'),
}).meta({ id: 'FixInput' })
export type FixInput = z.infer<typeof FixInput>

/** POST /api/v1/officers/positions */
export const FixBatchInput = z.object({
  positions: z.array(FixInput.extend({
    officer: z.string().min(1).max(60).describe('officer id'),
  })).min(1).max(1000),
}).meta({ id: 'FixBatchInput' })

/** Why a fix was not taken. */
export const FixRefusal = z.enum([
  'unknown-officer',
  'dismissed',
  'off-duty',
  'no-consent',
  'future',
  'too-old',
  'older',
  'elsewhere',
  'inaccurate',
  'worse',
  'jump',
  'other-device',
]).meta({ id: 'FixRefusal' })
export type FixRefusal = z.infer<typeof FixRefusal>

/** taken: it is the officer's latest · known: it had come before · refused: with the reason and the field. */
export const FixOutcome = z.object({
  outcome: z.enum(['taken', 'known', 'refused']),
  reason: FixRefusal.optional(),
  path: z.string().optional(),
  message: z.string().optional(),
}).meta({ id: 'FixOutcome' })
export type FixOutcome = z.infer<typeof FixOutcome>

export const FixBatchOutcome = z.object({
  results: z.array(FixOutcome).describe('one a position, in their order'),
  taken: z.number().int(),
  refused: z.number().int(),
}).meta({ id: 'FixBatchOutcome' })

/** PUT /api/v1/officers/{id}/duty */
export const DutyInput = z.object({
  duty: OfficerDuty,
  until: Instant.optional().describe('on: when the shift ends by itself, 16 hours from now at most'),
}).meta({ id: 'DutyInput' })
export type DutyInput = z.infer<typeof DutyInput>

/** How an officer stands with his positions. */
export const PositionStanding = z.object({
  officer: z.string(),
  duty: OfficerDuty,
  dutyUntil: Instant.nullable(),
  consent: z.object({
    givenAt: Instant,
    wording: z.string().describe('the words that he agreed to'),
  }).nullable(),
  keptDays: z.number().int().describe('after so many days a track is deleted'),
}).meta({ id: 'PositionStanding' })
export type PositionStanding = z.infer<typeof PositionStanding>

/** PUT /api/v1/officers/{id}/position-consent */
export const ConsentInput = z.object({
  wording: z.string().trim().min(20).max(2000).describe('the words that were shown'),
}).meta({ id: 'ConsentInput' })

/** GET /api/v1/officers/{id}/track */
export const Track = z.object({
  officer: z.string(),
  from: Instant,
  to: Instant,
  fixes: z.array(z.tuple([
    z.number(),
    z.number(),
    z.number().int(),
    z.number().nullable(),
  ])).describe('[lng, lat, seen at (ms), accuracy in metres], oldest first; thinned: a place every 30 s or every 10 m'),
  keptDays: z.number().int(),
}).meta({ id: 'Track' })
export type Track = z.infer<typeof Track>

export const Tracker = z.object({
  id: z.string(),
  officer: z.string(),
  name: z.string(),
  madeAt: Instant,
  revokedAt: Instant.nullable(),
  heardAt: Instant.nullable().describe('up to a minute late'),
  heard: z.string().nullable().describe('taken, known, or why the last fix was refused'),
}).meta({ id: 'Tracker' })
export type Tracker = z.infer<typeof Tracker>

/** POST /api/v1/officers/{id}/trackers */
export const TrackerInput = z.object({
  name: z.string().trim().min(1).max(40),
  consented: z.literal(true).describe('the worker has agreed to be seen while on duty, and the paper is kept'),
}).meta({ id: 'TrackerInput' })

export const MadeTracker = Tracker.extend({
  token: z.string().describe('told once: password of OwnTracks, device identifier of Traccar Client'),
  origin: z.string().describe('where a device reaches this server: an origin, without a path'),
}).meta({ id: 'MadeTracker' })
export type MadeTracker = z.infer<typeof MadeTracker>

/** POST /api/v1/cases/{id}/walk: from where somebody stands. */
export const WalkInput = LocationInput.meta({ id: 'WalkInput' })

export const Walk = z.object({
  route: z.object({
    path: LineString,
    metres: z.number(),
    minutes: z.number(),
  }).nullable(),
  unknown: z.enum(['no-place', 'no-way']).optional().describe('no-place: nobody knows where the case is; no-way: no street leads there from here'),
}).meta({ id: 'Walk' })
export type Walk = z.infer<typeof Walk>
