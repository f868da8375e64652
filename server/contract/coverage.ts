import { z } from 'zod'
import { Instant } from './case.ts'
import { FeatureCollection } from './geometry.ts'
import { CareKind } from './places.ts'

/** A figure is never shown without these four. */
export const Rate = z.object({
  numerator: z.number(),
  denominator: z.number(),
  unit: z.string(),
  source: z.string().describe('where the definition and the data come from'),
}).meta({ id: 'Rate' })
export type Rate = z.infer<typeof Rate>

/** The three rates of elder-care coverage; no official formula exists, so they are never merged into one. */
export const CoverageRates = z.object({
  facilities: Rate.describe('communities with at least one open facility / communities'),
  space: Rate.describe('m² of elder-care space per 100 households / the standard'),
  people: Rate.describe('residents aged 60+ who walk at most `minutes` / all aged 60+'),
}).meta({ id: 'CoverageRates' })
export type CoverageRates = z.infer<typeof CoverageRates>

export const CommunityCoverage = z.object({
  community: z.string(),
  name: z.string(),
  rates: CoverageRates,
  missedPeople: z.number(),
  unlinkedPeople: z.number().describe('aged 60+ in buildings that could not be joined to the street network'),
}).meta({ id: 'CommunityCoverage' })
export type CommunityCoverage = z.infer<typeof CommunityCoverage>

/** What one facility does by itself. */
export const FacilityCoverage = z.object({
  facility: z.string(),
  name: z.string(),
  kind: CareKind,
  people: z.number().describe('aged 60+ who walk to it in at most `minutes`'),
  nearestPeople: z.number().describe('of these, those for whom none is nearer'),
  access: z.enum(['linked', 'isolated', 'unlinked']).describe('isolated: on a part of the network that no street connects with the rest; unlinked: no street can be got to from it'),
}).meta({ id: 'FacilityCoverage' })
export type FacilityCoverage = z.infer<typeof FacilityCoverage>

export const CoverageQuery = z.object({
  minutes: z.coerce.number().min(1).max(60).default(15),
  speed: z.coerce.number().min(0.2).max(3).default(0.8).describe('m/s; 1.2 active, 0.8 default, 0.64 frail'),
})
export type CoverageQuery = z.infer<typeof CoverageQuery>

export const Coverage = z.object({
  asOf: Instant,
  minutes: z.number(),
  speed: z.number(),
  rates: CoverageRates,
  byCommunity: z.array(CommunityCoverage),
  byFacility: z.array(FacilityCoverage).describe('the facilities that count: open, and of a kind that cares for elders day by day'),
  reach: FeatureCollection.describe('polygons, properties {minutes}; for display only'),
  missed: FeatureCollection.describe('buildings outside the reach, properties {building, name, community, people, seconds, facility, reason}; seconds = null where there is no way'),
}).meta({ id: 'Coverage' })
export type Coverage = z.infer<typeof Coverage>
