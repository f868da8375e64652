import { z } from 'zod'
import { Instant } from './case.ts'
import { LadderTerm, PropertyLadder, PropertyStepName, ZoneCall, ZoneChange } from './renovation.ts'

const Version = z.number().int().min(0).describe('of the place, as it was read: what changed since is not overwritten')

/** A compound, or a renovation zone in which no named compound lies, with the company that has it in hand. */
export const PropertyPlace = z.object({
  place: z.string().describe('areas.id of the compound, or z- and the zone\'s id'),
  name: z.string(),
  community: z.string().nullable(),
  zone: z.object({
    id: z.string(),
    name: z.string(),
  }).nullable().describe('renovation zone in which it lies'),
  company: z.string().nullable().describe('as noted for the place, else as its zone names it'),
  stands: PropertyStepName.nullable(),
  next: PropertyLadder.shape.next,
  steps: z.number().int().describe('taken so far, against any company'),
}).meta({ id: 'PropertyPlace' })
export type PropertyPlace = z.infer<typeof PropertyPlace>

export const PropertyRecord = PropertyPlace.extend({
  version: Version,
  asOf: Instant,
  ownCompany: z.string().nullable().describe('noted for the place itself'),
  ladders: z.array(PropertyLadder).describe('the present company\'s first'),
  terms: z.array(LadderTerm),
  recent: z.array(ZoneCall).describe('the last 50 calls, the newest first: what a step can rest on'),
  history: z.array(ZoneChange).describe('at most 200, the newest first'),
}).meta({ id: 'PropertyRecord' })
export type PropertyRecord = z.infer<typeof PropertyRecord>

export const PropertyCompanyInput = z.object({
  version: Version,
  company: z.string().trim().min(1).max(80).nullable().describe('null = as its zone names it'),
}).meta({ id: 'PropertyCompanyInput' })
