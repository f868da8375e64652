import type { Backtest, NaiveForecast } from '#contract/forecast.ts'
import type { CallTable } from './gamma-poisson.ts'
import { fitGammaPoisson } from './gamma-poisson.ts'
import { countInterval } from './interval.ts'

/** The next month is forecast while this one runs: of the two, only what is before them is known. */
export const horizon = 2
/** Fewer months to learn from tell nothing; fewer months to judge by neither. */
export const monthsToLearn = 4
export const monthsToJudge = 4
/** What a model was worth longer ago than a year says little of what it is worth now. */
const mostMonthsToJudge = 12
const yearMonths = 12
/** The model is the better one only if it was so in so many of the months: one lucky month is no proof. */
const betterShare = 0.75
/** An expectation of nothing where something came would be infinitely wrong. */
const leastExpected = 0.1

interface Outcome { place: number, actual: number, model: number, naive: Record<NaiveForecast, number | null> }

export interface Judged {
  backtest: Omit<Backtest, 'months'> & { targets: number[] }
  /** Variance of what came over what was expected: of single places, and of their sum. At least 1. */
  dispersion: { places: number, sum: number }
}

/**
 * The months of the last year, each forecast from those before it only (rolling origin); null where there are too few.
 *
 * @param table of all places
 * @param months of it
 * @param level of the intervals
 */
export function judge(table: CallTable, months: number, level: number): Judged | null {
  const targets = Array.from({
    length: Math.max(0, months - monthsToLearn - horizon + 1),
  }, (_, at) => at + monthsToLearn + horizon - 1).slice(-mostMonthsToJudge)
  if (targets.length < monthsToJudge || table.series.length === 0)
    return null
  const byMonth = targets.map(target => outcomesOf(table, target))
  const all = byMonth.flat()
  return {
    backtest: {
      targets,
      forecasts: all.length,
      ...errorsOf(all, ({ model }) => model),
      naive: (['last-month', 'mean', 'season'] as const).flatMap(name => against(name, byMonth)),
      inside: countInside(byMonth, level),
    },
    dispersion: {
      places: dispersionOf(all),
      sum: dispersionOf(byMonth.map(sumOf)),
    },
  }
}

function outcomesOf(table: CallTable, target: number): Outcome[] {
  const known = target - horizon + 1
  const model = fitGammaPoisson(table, known)
  return table.series.map(({ calls, states }, place) => ({
    place,
    actual: calls[target]!,
    model: model.expect(place, states[known - 1]!),
    naive: naiveOf(calls, known),
  }))
}

/** @param calls of one place; only the first `known` months are looked at */
export function naiveOf(calls: readonly number[], known: number): Record<NaiveForecast, number | null> {
  const from = Math.max(0, known - yearMonths)
  let sum = 0
  for (let month = from; month < known; month++)
    sum += calls[month]!
  return {
    'last-month': calls[known - 1]!,
    'mean': sum / (known - from),
    'season': calls[known - 1 + horizon - yearMonths] ?? null,
  }
}

/** Over the months that the naive one can forecast; none where those are too few to judge by. */
function against(name: NaiveForecast, byMonth: readonly Outcome[][]): Backtest['naive'] {
  const comparable = byMonth.filter(outcomes => outcomes.every(({ naive }) => naive[name] !== null))
  if (comparable.length < monthsToJudge)
    return []
  const naive = errorsOf(comparable.flat(), ({ naive }) => naive[name]!)
  const model = errorsOf(comparable.flat(), ({ model }) => model)
  const betterIn = comparable.filter(outcomes => errorsOf(outcomes, ({ model }) => model).mae < errorsOf(outcomes, ({ naive }) => naive[name]!).mae).length
  return [
    {
      name,
      ...naive,
      modelMae: model.mae,
      modelDeviance: model.deviance,
      months: comparable.length,
      betterIn,
      beaten: model.mae < naive.mae && model.deviance < naive.deviance && betterIn >= betterShare * comparable.length,
    },
  ]
}

function errorsOf(outcomes: readonly Outcome[], of: (outcome: Outcome) => number): { mae: number, deviance: number } {
  const mean = (each: (outcome: Outcome) => number) => outcomes.reduce((sum, outcome) => sum + each(outcome), 0) / outcomes.length
  return {
    mae: mean(outcome => Math.abs(outcome.actual - of(outcome))),
    deviance: mean(outcome => poissonDeviance(outcome.actual, of(outcome))),
  }
}

function poissonDeviance(actual: number, said: number): number {
  const expected = Math.max(leastExpected, said)
  return 2 * ((actual > 0
    ? actual * Math.log(actual / expected)
    : 0) - (actual - expected))
}

function dispersionOf(outcomes: readonly Pick<Outcome, 'actual' | 'model'>[]): number {
  return Math.max(1, outcomes.reduce((sum, { actual, model }) => sum + (actual - model) ** 2 / Math.max(leastExpected, model), 0) / outcomes.length)
}

function sumOf(outcomes: readonly Outcome[]): Pick<Outcome, 'actual' | 'model'> {
  return {
    actual: outcomes.reduce((sum, { actual }) => sum + actual, 0),
    model: outcomes.reduce((sum, { model }) => sum + model, 0),
  }
}

/** Each month's intervals are drawn from the errors of the others: otherwise they would know what they are tested with. */
function countInside(byMonth: readonly Outcome[][], level: number): number {
  return byMonth.reduce((sum, outcomes, at) => {
    const dispersion = dispersionOf(byMonth.filter((_, other) => other !== at).flat())
    return sum + outcomes.filter(({ actual, model }) => {
      const { low, high } = countInterval(model, dispersion, level)
      return actual >= low && actual <= high
    }).length
  }, 0)
}
