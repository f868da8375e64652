/** A place with its calls month by month, and the state in which it was at the end of each; both as long as the months known. */
export interface CallSeries { calls: readonly number[], states: readonly string[] }

/** All places, their states as indexes into `names`, place by place. */
export interface CallTable { series: readonly CallSeries[], names: readonly string[], stateOf: Uint16Array, months: number }

export interface GammaPoisson {
  /** Calls a month of a place with the mean share, by state. */
  rates: ReadonlyMap<string, number>
  /** Calls a month to expect of a place (its index) in that state. */
  expect: (place: number, state: string) => number
}

/** A month half a year back counts half: habits change. */
const halfLifeMonths = 6
/** So many months of places with the mean rate stand behind each state, that one seen twice does not run away. */
const priorMonths = 6
const rounds = 10
const [leastVariance, mostVariance] = [0.01, 10]

/**
 * Calls of place i in month t are Poisson with the mean θᵢ · μₛ, s its state: μ the rate of the state, θ the share of the place, gamma
 * distributed with mean 1. A place of which little is known is drawn to the mean of its state, one of which much is known stays
 * itself (empirical Bayes). Rates and shares are found in turn; the variance of θ by moments.
 *
 * Clayton & Kaldor, Empirical Bayes estimates of age-standardized relative risks for use in disease mapping, Biometrics 43 (1987).
 *
 * @param table of all places
 * @param length months to learn from: those before this index
 */
export function fitGammaPoisson(table: CallTable, length: number): GammaPoisson {
  const { series, names } = table
  const weights = Float64Array.from({ length }, (_, month) => 0.5 ** ((length - 1 - month) / halfLifeMonths))
  const observed = series.map(({ calls }) => weights.reduce((sum, weight, month) => sum + weight * calls[month]!, 0))
  const weightOfAll = weights.reduce((sum, weight) => sum + weight, 0) * series.length
  const overall = weightOfAll > 0
    ? observed.reduce((sum, calls) => sum + calls, 0) / weightOfAll
    : 0
  let shares = series.map(() => 1)
  let rates = names.map(() => overall)
  for (let round = 0; round < rounds; round++) {
    rates = ratesOf(table, weights, shares, overall)
    shares = sharesOf(table, weights, observed, rates)
  }
  const rateOf = new Map(names.map((name, at) => [name, rates[at]!]))
  return {
    rates: rateOf,
    expect: (place, state) => shares[place]! * (rateOf.get(state) ?? overall),
  }
}

export function tableOf(series: readonly CallSeries[]): CallTable {
  const months = series[0]?.calls.length ?? 0
  const index = new Map<string, number>()
  const stateOf = new Uint16Array(series.length * months)
  series.forEach(({ states }, place) => {
    for (let month = 0; month < months; month++) {
      const name = states[month]!
      if (!index.has(name))
        index.set(name, index.size)
      stateOf[place * months + month] = index.get(name)!
    }
  })
  return {
    series,
    names: [
      ...index.keys(),
    ],
    stateOf,
    months,
  }
}

function ratesOf({ series, names, stateOf, months: known }: CallTable, weights: Float64Array, shares: readonly number[], overall: number): number[] {
  const calls = new Float64Array(names.length).fill(priorMonths * overall)
  const months = new Float64Array(names.length).fill(priorMonths)
  series.forEach((own, place) => {
    const first = place * known
    for (let month = 0; month < weights.length; month++) {
      const state = stateOf[first + month]!
      calls[state]! += weights[month]! * own.calls[month]!
      months[state]! += weights[month]! * shares[place]!
    }
  })
  return Array.from(calls, (sum, state) => sum / months[state]!)
}

function sharesOf({ stateOf, months: known }: CallTable, weights: Float64Array, observed: readonly number[], rates: readonly number[]): number[] {
  let [squares, excess] = [0, 0]
  const expected = observed.map((calls, place) => {
    let [mean, byChance] = [0, 0]
    const first = place * known
    for (let month = 0; month < weights.length; month++) {
      const weighted = weights[month]! * rates[stateOf[first + month]!]!
      mean += weighted
      byChance += weights[month]! * weighted
    }
    squares += mean * mean
    excess += (calls - mean) ** 2 - byChance
    return mean
  })
  if (squares === 0)
    return observed.map(() => 1)
  const shape = 1 / Math.min(mostVariance, Math.max(leastVariance, excess / squares))
  return expected.map((mean, place) => (shape + observed[place]!) / (shape + mean))
}
