import { z } from 'zod'
import { CaseKind, Instant } from './case.ts'

/** How many past days are told. */
export const FiguresQuery = z.object({
  days: z.coerce.number().int().min(1).max(366).default(30),
})

/** What happened on one day in China. Every figure is a count; rates are made of them where they are shown. */
export const DayFigures = z.object({
  day: z.iso.date().describe('YYYY-MM-DD in China'),
  reported: z.number().int().describe('cases reported'),
  closed: z.number().int().describe('cases taken off the account'),
  calledBack: z.number().int().describe('valid call-backs: somebody was reached and answered'),
  satisfied: z.number().int().describe('of those, satisfied'),
}).meta({ id: 'DayFigures' })
export type DayFigures = z.infer<typeof DayFigures>

/** The days before today, oldest first, none left out. Today is not in it: screens tell it from what they follow live. */
export const Figures = z.object({
  asOf: Instant,
  days: z.array(DayFigures),
}).meta({ id: 'Figures' })
export type Figures = z.infer<typeof Figures>

/**
 * response 响应率: contacted in time / contact due. solved 解决率 and satisfied 满意率: of the valid call-backs.
 * done 办结率 and inTime 按期办结率: of the cases that were to be finished (应结案); what is open and overdue is in the denominator.
 */
export const RateName = z.enum([
  'response',
  'solved',
  'satisfied',
  'done',
  'inTime',
]).meta({ id: 'RateName' })
export type RateName = z.infer<typeof RateName>

/**
 * Why a row is in neither part of a rate: nobody was reached · the question was not asked · another case answers for it · no
 * telephone was left · it was finished elsewhere and nobody wrote down when the resident was spoken to · no deadline can be
 * computed · its clock stands still and the planned day lies outside of the period.
 */
export const ExclusionReason = z.enum([
  'unreached',
  'not-asked',
  'merged',
  'no-contact',
  'not-recorded',
  'deadline-unknown',
  'on-account',
]).meta({ id: 'ExclusionReason' })
export type ExclusionReason = z.infer<typeof ExclusionReason>

const excluded = z.array(z.object({
  reason: ExclusionReason,
  count: z.number().int(),
}))

/** numerator / denominator, made where it is shown; a bare percentage is not on the wire. */
export const CaseRate = z.object({
  rate: RateName,
  numerator: z.number().int(),
  denominator: z.number().int(),
  excluded,
  groups: z.array(z.object({
    key: z.string().nullable().describe('null: lies in none'),
    numerator: z.number().int(),
    denominator: z.number().int(),
    excluded,
  })).describe('those that lower the rate most come first: by what is missing in the numerator'),
  source: z.string(),
}).meta({ id: 'CaseRate' })
export type CaseRate = z.infer<typeof CaseRate>

/** What the figures are told apart by. */
export const FigureGroup = z.enum([
  'subdistrict',
  'community',
  'kind',
  'source',
]).meta({ id: 'FigureGroup' })
export type FigureGroup = z.infer<typeof FigureGroup>

/** Days in China, both included. */
const period = {
  from: z.iso.date().describe('first day in China, YYYY-MM-DD'),
  to: z.iso.date().describe('last day in China, included'),
}
export const PeriodQuery = z.object({
  ...period,
  by: FigureGroup.default('community'),
  region: z.string().regex(/^[\w-]{1,40}$/, 'must be a region code').optional(),
}).refine(({ from, to }) => from <= to, {
  path: ['to'],
  message: 'must not be before from',
}).refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 366 * 86_400_000, {
  path: ['to'],
  message: 'at most 366 days',
}).refine(({ from }) => from >= '2000-01-01', {
  path: ['from'],
  message: 'lies before the year 2000',
})

const stock = {
  atStart: z.number().int(),
  entered: z.number().int(),
  left: z.number().int(),
  atEnd: z.number().int().describe('atStart + entered - left'),
}
/** Open cases that ended dissatisfied at least `from` times in a row, when the period began and when it ended (or now). */
export const StockChange = z.object({
  from: z.number().int(),
  ...stock,
  groups: z.array(z.object({
    key: z.string().nullable(),
    ...stock,
  })).describe('the largest stock at the end first'),
}).meta({ id: 'StockChange' })
export type StockChange = z.infer<typeof StockChange>

export const CaseRates = z.object({
  asOf: Instant.describe('what was due later than this is not in it yet'),
  ...period,
  by: FigureGroup,
  rates: z.array(CaseRate),
  dissatisfied: StockChange,
}).meta({ id: 'CaseRates' })
export type CaseRates = z.infer<typeof CaseRates>

/** One row behind a rate. `hit` counts in both parts, `miss` in the denominator only, `excluded` in neither. */
export const RateRow = z.object({
  case: z.string(),
  at: Instant.describe('what put it into the period: the call-back, or the moment that was due'),
  part: z.enum(['hit', 'miss', 'excluded']),
  reason: ExclusionReason.nullable(),
  community: z.string().nullable(),
}).meta({ id: 'RateRow' })
export type RateRow = z.infer<typeof RateRow>

/** Which rows behind a rate are asked for. */
export const RateRowsQuery = z.object({
  ...period,
  rate: RateName,
  part: z.enum(['hit', 'miss', 'excluded']).optional(),
  reason: ExclusionReason.optional(),
  region: z.string().regex(/^[\w-]{1,40}$/, 'must be a region code').optional(),
  kind: CaseKind.optional(),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
}).refine(({ from, to }) => from <= to, {
  path: ['to'],
  message: 'must not be before from',
})

export const RateRows = z.object({
  rows: z.array(RateRow),
  total: z.number().int(),
}).meta({ id: 'RateRows' })
export type RateRows = z.infer<typeof RateRows>

/** 连续不满意: open cases that ended dissatisfied at least `from` times in a row, by community. */
export const DissatisfiedStock = z.object({
  asOf: Instant,
  from: z.number().int(),
  ranked: z.boolean().describe('false: the centre does not rank; communities come by code and none is marked'),
  communities: z.array(z.object({
    community: z.string(),
    name: z.string(),
    stock: z.number().int(),
    cases: z.array(z.string()).describe('ids, the most often dissatisfied first'),
    lastFive: z.boolean().describe('among the five with the largest stock: they come to the centre (现场办公)'),
  })),
}).meta({ id: 'DissatisfiedStock' })
export type DissatisfiedStock = z.infer<typeof DissatisfiedStock>

/** 清仓见底: the open stock, day by day. */
export const BurnDown = z.object({
  asOf: Instant,
  ...period,
  openAtStart: z.number().int().describe('open when the first day began'),
  days: z.array(z.object({
    day: z.iso.date(),
    opened: z.number().int().describe('reported, or brought back'),
    ended: z.number().int().describe('taken off the account or merged'),
    open: z.number().int().describe('at the end of the day'),
    leftOfStart: z.number().int().describe('of those open at the start, still open at the end of the day'),
  })),
}).meta({ id: 'BurnDown' })
export type BurnDown = z.infer<typeof BurnDown>

/** A week as it was when it was frozen: Monday to Sunday. Later changes do not alter it. */
export const FrozenWeek = z.object({
  week: z.iso.date().describe('its Monday'),
  subdistrict: z.string(),
  frozenAt: Instant,
  rates: z.array(CaseRate),
  dissatisfied: DissatisfiedStock,
  burnDown: BurnDown,
}).meta({ id: 'FrozenWeek' })
export type FrozenWeek = z.infer<typeof FrozenWeek>

export const FrozenWeeks = z.object({
  weeks: z.array(FrozenWeek.pick({ week: true, subdistrict: true, frozenAt: true })),
}).meta({ id: 'FrozenWeeks' })
export type FrozenWeeks = z.infer<typeof FrozenWeeks>

/** What the frozen rows behind a rate are asked by. */
export const FrozenRowsQuery = z.object({
  subdistrict: z.string().regex(/^\d{9}$/, 'must be a subdistrict code').optional(),
  rate: RateName,
  part: z.enum(['hit', 'miss', 'excluded']).optional(),
  reason: ExclusionReason.optional(),
  region: z.string().regex(/^[\w-]{1,40}$/, 'must be a region code').optional(),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})
