import { z } from 'zod'
import { Instant } from './case.ts'
import { RenovationStage } from './places.ts'

const Month = z.string().describe('YYYY-MM, by the calendar of China')
const calls = z.number().min(0)

export const ForecastSubject = z.enum(['zones', 'worksites']).meta({ id: 'ForecastSubject' })
export type ForecastSubject = z.infer<typeof ForecastSubject>

/** Where a zone stands, or how far a site is behind with wages, as far as dates are on record. */
export const ForecastState = z.enum([
  ...RenovationStage.options,
  'paid',
  'one-month-behind',
  'months-behind',
  'unknown',
]).meta({ id: 'ForecastState' })
export type ForecastState = z.infer<typeof ForecastState>

/** last-month: the last whole month again · mean: the mean of at most the last twelve · season: the same month a year before. */
export const NaiveForecast = z.enum(['last-month', 'mean', 'season']).meta({ id: 'NaiveForecast' })
export type NaiveForecast = z.infer<typeof NaiveForecast>

const errors = {
  mae: z.number().describe('mean absolute error, calls a month'),
  deviance: z.number().describe('mean Poisson deviance; the expectation counts as at least 0.1'),
}

/** What would have been forecast in past months, each from the months before it only, against what came. */
export const Backtest = z.object({
  months: z.array(Month).describe('that were forecast, oldest first'),
  forecasts: z.number().int(),
  ...errors,
  naive: z.array(z.object({
    name: NaiveForecast,
    ...errors,
    modelMae: z.number().describe('of the model over the same months'),
    modelDeviance: z.number(),
    months: z.number().int().describe('that it could forecast'),
    betterIn: z.number().int().describe('months in which the model\'s mean absolute error was the smaller'),
    beaten: z.boolean(),
  })),
  inside: z.number().int().describe('forecasts whose interval, drawn from the other months\' errors, held what came'),
}).meta({ id: 'Backtest' })
export type Backtest = z.infer<typeof Backtest>

const interval = {
  expected: calls,
  low: z.number().int(),
  high: z.number().int(),
}

/**
 * Calls to expect next month, from the state of each place and the calls of past months: Poisson with a gamma share of each
 * place (Clayton & Kaldor 1987). Never without its error beside that of naive forecasts.
 */
export const CallForecast = z.object({
  subject: ForecastSubject,
  subdistrict: z.string(),
  asOf: Instant,
  month: Month.describe('that is forecast: the next one'),
  from: Month.nullable().describe('the first whole month that is known'),
  through: Month.nullable().describe('the last whole month that is known; the running one does not count'),
  months: z.number().int().describe('whole months that it rests on'),
  monthsNeeded: z.number().int(),
  calls: z.number().int().describe('in those months'),
  callsNeeded: z.number().int(),
  outcome: z.enum([
    'too-few-months',
    'too-few-calls',
    'no-better',
    'better',
  ]).describe('than every naive forecast'),
  level: z.number().describe('of the intervals'),
  backtest: Backtest.nullable(),
  total: z.object(interval).nullable().describe('of all that the asker may see; null without a model'),
  states: z.array(z.object({
    state: ForecastState,
    rate: calls.describe('calls a month of a place with the mean share'),
    months: z.number().int().describe('months of places that it rests on'),
  })),
  rows: z.array(z.object({
    id: z.string(),
    name: z.string(),
    state: ForecastState,
    ...interval,
    lastMonth: z.number().int().describe('calls in the last whole month'),
    mean: calls.describe('calls a month, over at most the last twelve'),
  })).describe('most calls expected first; none without a model'),
}).meta({ id: 'CallForecast' })
export type CallForecast = z.infer<typeof CallForecast>
