import type { CallForecast, ForecastState, ForecastSubject } from '#contract/forecast.ts'
import { horizon, judge, monthsToJudge, monthsToLearn, naiveOf } from './backtest.ts'
import { fitGammaPoisson, tableOf } from './gamma-poisson.ts'
import { countInterval } from './interval.ts'
import { monthAfter } from './months.ts'

/** A place: its calls and its state at the end of each of the months, and the state in which it is now. */
export interface Place { id: string, name: string, calls: number[], states: ForecastState[], state: ForecastState }

export interface ForecastRequest {
  subject: ForecastSubject
  subdistrict: string
  /** Whole months, oldest first. */
  months: readonly string[]
  /** All places of the subdistrict: the model learns from all of them. */
  places: readonly Place[]
  /** Those that the asker may see. */
  seen: ReadonlySet<string>
  /** `YYYY-MM-DD` in China. */
  today: string
  now: Date
}

const level = 0.8
const monthsNeeded = monthsToLearn + horizon + monthsToJudge - 1
/** Below this, whether one is better than another is chance. */
const callsNeeded = 30

/** The calls of next month, place by place and in sum, with what the model has been worth so far; nothing where too little is known. */
export function forecastCalls({ subject, subdistrict, months, places, seen, today, now }: ForecastRequest): CallForecast {
  const calls = places.reduce((sum, place) => sum + sumOf(place.calls), 0)
  const table = tableOf(places)
  const judged = calls < callsNeeded
    ? null
    : judge(table, months.length, level)
  const about = {
    subject,
    subdistrict,
    asOf: now.toISOString(),
    month: monthAfter(today.slice(0, 7), 1),
    from: months[0] ?? null,
    through: months.at(-1) ?? null,
    months: months.length,
    monthsNeeded,
    calls,
    callsNeeded,
    level,
  }
  if (!judged) {
    return {
      ...about,
      outcome: months.length < monthsNeeded
        ? 'too-few-months'
        : 'too-few-calls',
      backtest: null,
      total: null,
      states: [],
      rows: [],
    }
  }
  const { backtest: { targets, ...backtest }, dispersion } = judged
  const model = fitGammaPoisson(table, months.length)
  const rows = places.map((place, at) => ({
    id: place.id,
    name: place.name,
    state: place.state,
    ...withInterval(model.expect(at, place.state), dispersion.places),
    lastMonth: place.calls.at(-1)!,
    mean: naiveOf(place.calls, months.length).mean!,
  })).filter(({ id }) => seen.has(id))
  return {
    ...about,
    outcome: backtest.naive.every(({ beaten }) => beaten)
      ? 'better'
      : 'no-better',
    backtest: {
      ...backtest,
      months: targets.map(target => months[target]!),
    },
    total: withInterval(rows.reduce((sum, { expected }) => sum + expected, 0), dispersion.sum),
    states: [...model.rates].map(([state, rate]) => ({
      state: state as ForecastState,
      rate,
      months: sumOf(places.map(({ states }) => states.filter(other => other === state).length)),
    })).sort((a, b) => b.rate - a.rate),
    rows: rows.sort((a, b) => b.expected - a.expected || (a.id < b.id
      ? -1
      : 1)),
  }
}

function withInterval(expected: number, dispersion: number) {
  return {
    expected,
    ...countInterval(expected, dispersion, level),
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
