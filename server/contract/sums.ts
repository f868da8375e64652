import { z } from 'zod'
import { Instant } from './case.ts'

/** By community (villages too) or by grid: the one in which the middle of a zone's extent, or a worksite, lies. */
export const SumsBy = z.enum(['community', 'grid']).meta({ id: 'SumsBy' })
export type SumsBy = z.infer<typeof SumsBy>

const count = z.number().int().min(0)
const region = z.string().nullable().describe('code of a community or grid; null = in none')

export const ZoneSum = z.object({
  zones: count,
  zonesWithLeftovers: count,
  leftovers: count.describe('遗留问题 on the account now'),
  households: count.describe('of the zones that tell it'),
  calls: count.describe('from these zones, over the days asked for'),
  consented: count.describe('households that agreed'),
  asked: count.describe('households of the buildings of which it is known'),
  zonesAsked: count.describe('zones of which the consent is known'),
}).meta({ id: 'ZoneSum' })
export type ZoneSum = z.infer<typeof ZoneSum>

export const ZoneSums = z.object({
  asOf: Instant,
  by: SumsBy,
  since: z.iso.date().describe('first day (China) of the calls that are counted'),
  total: ZoneSum,
  rows: z.array(z.object({ region, sums: ZoneSum })).describe('most leftovers first'),
}).meta({ id: 'ZoneSums' })
export type ZoneSums = z.infer<typeof ZoneSums>

export const SiteSum = z.object({
  sites: count,
  owing: count.describe('sites that owe wages'),
  owedYuan: z.number().min(0),
  owedPeople: count,
  red: count,
  yellow: count,
  disputes: count.describe('sites with an open legal dispute'),
  paid: count.describe('people paid last month, at the sites that report both'),
  workers: count.describe('people at work there'),
}).meta({ id: 'SiteSum' })
export type SiteSum = z.infer<typeof SiteSum>

export const SiteSums = z.object({
  asOf: Instant,
  by: SumsBy,
  total: SiteSum,
  rows: z.array(z.object({ region, sums: SiteSum })).describe('largest debt first'),
}).meta({ id: 'SiteSums' })
export type SiteSums = z.infer<typeof SiteSums>
