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

/** Ages are told apart where they are: the oldest walk least. */
export const AgeBand = z.enum(['60-69', '70-79', '80+']).meta({ id: 'AgeBand' })
export type AgeBand = z.infer<typeof AgeBand>
export const AgeCoverage = z.object({
  band: AgeBand,
  reached: z.number().describe('residents of that age who walk at most `minutes`'),
  people: z.number().describe('all of that age'),
}).meta({ id: 'AgeCoverage' })
export type AgeCoverage = z.infer<typeof AgeCoverage>

export const CommunityCoverage = z.object({
  community: z.string(),
  name: z.string(),
  rates: CoverageRates,
  ages: z.array(AgeCoverage),
  missedPeople: z.number(),
  unlinkedPeople: z.number().describe('aged 60+ in buildings that could not be joined to the street network'),
}).meta({ id: 'CommunityCoverage' })
export type CommunityCoverage = z.infer<typeof CommunityCoverage>

/** The same of a subdistrict or a grid; what lies in none has the subdistrict's code with a star. */
export const AreaCoverage = CommunityCoverage.omit({ community: true }).extend({
  region: z.string(),
}).meta({ id: 'AreaCoverage' })
export type AreaCoverage = z.infer<typeof AreaCoverage>

/** One kind of facility by itself: an upper tier does not stand in for a lower one. */
export const KindCoverage = z.object({
  kind: CareKind,
  open: z.number().int().describe('open facilities of that kind'),
  rates: CoverageRates,
}).meta({ id: 'KindCoverage' })
export type KindCoverage = z.infer<typeof KindCoverage>

/** Places against the elders who can walk to them (two-step floating catchment, weighted by walking time). */
export const Capacity = z.object({
  places: z.number().describe('of the open facilities that count and tell their places'),
  unknown: z.number().int().describe('open facilities that count but do not tell their places: left out'),
  perThousand: z.number().nullable().describe('places per 1,000 residents aged 60+ who can reach one; null = nobody can'),
  source: z.string(),
}).meta({ id: 'Capacity' })
export type Capacity = z.infer<typeof Capacity>

/** What one facility does by itself. */
export const FacilityCoverage = z.object({
  facility: z.string(),
  name: z.string(),
  kind: CareKind,
  people: z.number().describe('aged 60+ who walk to it in at most `minutes`'),
  nearestPeople: z.number().describe('of these, those for whom none is nearer'),
  places: z.number().nullable().describe('null = not told'),
  demand: z.number().describe('aged 60+ within reach, each weighted by the walking time'),
  perThousand: z.number().nullable().describe('places per 1,000 of that demand; null = no places told, or nobody in reach'),
  access: z.enum(['linked', 'isolated', 'unlinked']).describe('isolated: on a part of the network that no street connects with the rest; unlinked: no street can be got to from it'),
}).meta({ id: 'FacilityCoverage' })
export type FacilityCoverage = z.infer<typeof FacilityCoverage>

export const CoverageQuery = z.object({
  minutes: z.coerce.number().min(1).max(60).default(15),
  speed: z.coerce.number().min(0.2).max(3).default(0.8).describe('m/s; 1.2 active, 0.8 default, 0.64 frail'),
  wheelchair: z.enum(['yes', 'no']).default('no').describe('yes: no stairs, stiles or turnstiles'),
  crossing: z.coerce.number().min(0).max(300).default(0).describe('seconds of waiting at each marked crossing'),
  at: z.string().regex(/^[1-7]T(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a weekday and a time as 3T10:00 (1 = Monday)').default('3T10:00').describe('when one walks, for gates with hours: weekday (1 = Monday) and time'),
  kinds: z.string().max(100).optional().describe('which facilities count, separated by commas; default: comprehensive-centre,day-care,meals').pipe(z.string().transform(text => text.split(',')).pipe(z.array(CareKind).min(1)).optional()),
  grids: z.enum(['yes', 'no']).default('no').describe('yes: by grid too'),
})
export type CoverageQuery = z.infer<typeof CoverageQuery>

export const Coverage = z.object({
  asOf: Instant,
  minutes: z.number(),
  speed: z.number(),
  wheelchair: z.boolean(),
  crossing: z.number(),
  at: z.string(),
  kinds: z.array(CareKind),
  rates: CoverageRates,
  ages: z.array(AgeCoverage),
  bySubdistrict: z.array(AreaCoverage),
  byCommunity: z.array(CommunityCoverage),
  byGrid: z.array(AreaCoverage).describe('only with grids=yes'),
  byKind: z.array(KindCoverage),
  capacity: Capacity,
  byFacility: z.array(FacilityCoverage).describe('the facilities that count: open, and of a kind that cares for elders day by day'),
  reach: FeatureCollection.describe('polygons, properties {minutes}; for display only'),
  missed: FeatureCollection.describe('buildings outside the reach, properties {building, name, community, people, seconds, facility, reason}; seconds = null where there is no way'),
}).meta({ id: 'Coverage' })
export type Coverage = z.infer<typeof Coverage>
