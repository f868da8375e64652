import type { ForecastState } from '#contract/forecast.ts'
import type { Place } from '../../server/forecast/forecast-calls.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../server/demo/random.ts'
import { judge } from '../../server/forecast/backtest.ts'
import { forecastCalls } from '../../server/forecast/forecast-calls.ts'
import { fitGammaPoisson, tableOf } from '../../server/forecast/gamma-poisson.ts'
import { countInterval } from '../../server/forecast/interval.ts'
import { monthAfter, wholeMonths } from '../../server/forecast/months.ts'
import { monthsBehindAt } from '../../server/wages/pay-state-at.ts'
import { drawn } from '../world/drawn.ts'
import { month, unpaid } from '../world/wages.ts'

const today = '2026-11-24'
const now = new Date('2026-11-24T10:00:00+08:00')
/** 18 months, from May 2025 to October 2026. */
const months = wholeMonths('2025-05-01', today)

function forecast(places: Place[], said: Partial<Parameters<typeof forecastCalls>[0]> = {}) {
  return forecastCalls({
    subject: 'zones',
    subdistrict: '990101001',
    months,
    places,
    seen: new Set(places.map(({ id }) => id)),
    today,
    now,
    ...said,
  })
}

/** 30 zones of different size, each under construction for five months of its own; works bring four times as many calls. */
function worksMakeCalls(seed: string): Place[] {
  const random = createRandom(seed)
  return Array.from({ length: 30 }, (_, at) => {
    const size = random.between(1, 4)
    const begins = at % 15
    const states = months.map((_, index): ForecastState => index < begins
      ? 'tender'
      : index < begins + 5
        ? 'construction'
        : 'upkeep')
    return {
      id: `z${at}`,
      name: `小区${at}`,
      states,
      state: states.at(-1)!,
      calls: states.map(state => drawn(state === 'construction'
        ? 4 * size
        : size, random)),
    }
  })
}

/** Zones that wander: what came last is the best guess, and no stage tells anything. */
function wandering(seed: string): Place[] {
  const random = createRandom(seed)
  const stages = ['tender', 'construction', 'upkeep'] as const
  return Array.from({ length: 30 }, (_, at) => {
    let level = random.integer(20, 200)
    return {
      id: `z${at}`,
      name: `小区${at}`,
      state: 'upkeep' as const,
      states: months.map(() => random.pick(stages)),
      calls: months.map(() => level = Math.max(0, level + random.integer(-14, 14))),
    }
  })
}

describe('a forecast of next month\'s calls', () => {
  it('is better than every naive one where the works make the calls, and says by how much', () => {
    const { outcome, backtest, rows } = forecast(worksMakeCalls('works'))
    expect(outcome).toBe('better')
    expect(backtest!.months).toEqual(months.slice(-12))
    expect(backtest!.forecasts).toBe(30 * 12)
    expect(backtest!.naive.map(({ name }) => name)).toEqual(['last-month', 'mean', 'season'])
    for (const naive of backtest!.naive)
      expect(backtest!.mae).toBeLessThan(0.9 * naive.mae)
    expect(rows.find(({ state }) => state === 'construction')).toBeDefined()
  })

  it('says that it is no better where the last month is the best guess', () => {
    const { outcome, backtest } = forecast(wandering('wander'))
    expect(outcome).toBe('no-better')
    expect(backtest!.naive.find(({ name }) => name === 'last-month')).toMatchObject({ beaten: false })
    expect(backtest!.mae).toBeGreaterThan(backtest!.naive[0]!.mae)
  })

  it('is the same whenever it is made of the same calls', () => {
    expect(forecast(worksMakeCalls('same'))).toEqual(forecast(worksMakeCalls('same')))
  })

  it('has intervals of 80 % that held about that many of what came', () => {
    const shares = [1, 2, 3, 4].map((seed) => {
      const { backtest } = forecast(worksMakeCalls(`interval ${seed}`))
      return backtest!.inside / backtest!.forecasts
    })
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    expect(mean).toBeGreaterThan(0.74)
    expect(mean).toBeLessThan(0.9)
  })

  it('knows nothing of the month that it forecasts, nor of the one before it', () => {
    const places = worksMakeCalls('blind')
    const other = places.map(place => ({
      ...place,
      calls: place.calls.map((calls, at) => at >= months.length - 2
        ? calls + 500
        : calls),
    }))
    const last = (of: readonly Place[]) => fitGammaPoisson(tableOf(of), months.length - 2).expect(0, 'construction')
    expect(last(other)).toBe(last(places))
    expect(judge(tableOf(places), months.length - 2, 0.8)).toEqual(judge(tableOf(other), months.length - 2, 0.8))
  })

  it('learns from all places and shows those that the asker may see, with their sum', () => {
    const places = worksMakeCalls('seen')
    const all = forecast(places)
    const some = forecast(places, {
      seen: new Set(['z3', 'z7']),
    })
    expect(some.backtest).toEqual(all.backtest)
    expect(some.rows).toEqual(all.rows.filter(({ id }) => id === 'z3' || id === 'z7'))
    expect(some.total!.expected).toBeCloseTo(some.rows[0]!.expected + some.rows[1]!.expected)
  })

  it('is none without a history, with too short a one, or with hardly a call', () => {
    const [place] = worksMakeCalls('none')
    expect(forecast([
      { ...place!, calls: [], states: [] },
    ], { months: [] })).toMatchObject({
      outcome: 'too-few-months',
      months: 0,
      through: null,
      backtest: null,
      total: null,
      rows: [],
    })
    expect(forecast(worksMakeCalls('short').map(own => ({
      ...own,
      calls: own.calls.slice(0, 8),
      states: own.states.slice(0, 8),
    })), {
      months: months.slice(0, 8),
    })).toMatchObject({
      outcome: 'too-few-months',
      monthsNeeded: 9,
      rows: [],
    })
    expect(forecast([
      {
        ...place!,
        calls: months.map(() => 1),
      },
    ])).toMatchObject({
      outcome: 'too-few-calls',
      calls: 18,
      callsNeeded: 30,
      rows: [],
    })
  })

  it('stays finite and in its interval whatever the calls and stages are', () => {
    const place = fc.record({
      calls: fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 12, maxLength: 12 }),
      states: fc.array(fc.constantFrom<ForecastState>('survey', 'construction', 'unknown'), { minLength: 12, maxLength: 12 }),
      state: fc.constantFrom<ForecastState>('survey', 'upkeep', 'construction'),
    })
    fc.assert(fc.property(fc.array(place, { minLength: 1, maxLength: 6 }), (places) => {
      const { rows, outcome } = forecast(places.map((own, at) => ({ ...own, id: `${at}`, name: `${at}` })), {
        months: months.slice(-12),
      })
      expect(rows).toHaveLength(outcome === 'too-few-calls'
        ? 0
        : places.length)
      for (const { expected, low, high } of rows) {
        expect(Number.isFinite(expected)).toBe(true)
        expect(low).toBeLessThanOrEqual(high)
        expect(low).toBeLessThanOrEqual(Math.ceil(expected))
      }
    }), { numRuns: 60 })
  })
})

describe('the model', () => {
  const quiet = (calls: number, length = 12) => ({
    calls: Array.from<number>({ length }).fill(calls),
    states: Array.from<string>({ length }).fill('upkeep'),
  })

  it('draws a place to the mean of its state the more, the less is known of it', () => {
    const others = Array.from({ length: 20 }, (_, at) => quiet(2 + at % 5))
    const known = (length: number) => {
      const series = others.map(({ calls, states }) => ({
        calls: calls.slice(0, length),
        states: states.slice(0, length),
      }))
      return fitGammaPoisson(tableOf([
        ...series,
        quiet(12, length),
      ]), length).expect(20, 'upkeep')
    }
    expect(known(1)).toBeLessThan(known(12))
    expect(known(12)).toBeGreaterThan(10)
    expect(known(12)).toBeLessThan(12)
  })

  it('expects of a state that was never seen what is usual for the place', () => {
    const { expect: expected } = fitGammaPoisson(tableOf([
      quiet(2),
      quiet(8),
    ]), 12)
    expect(expected(1, 'construction')).toBeGreaterThan(expected(0, 'construction'))
  })
})

describe('an interval of counts', () => {
  it('is that of the Poisson distribution where nothing varies more', () => {
    // P(X ≤ 1) = 0.092 and P(X ≤ 2) = 0.238 of a mean of 4; P(X ≤ 6) = 0.889 and P(X ≤ 7) = 0.949.
    expect(countInterval(4, 1, 0.8)).toEqual({ low: 2, high: 7 })
    expect(countInterval(0.4, 1, 0.8)).toEqual({ low: 0, high: 1 })
    expect(countInterval(0, 1, 0.8)).toEqual({ low: 0, high: 0 })
  })

  it('is wider where counts vary more, and holds for thousands', () => {
    // Two successes of chance 1/3: P(X = 0) = 1/9, P(X ≤ 8) = 0.896, P(X ≤ 9) = 0.925.
    expect(countInterval(4, 3, 0.8)).toEqual({ low: 0, high: 9 })
    const { low, high } = countInterval(3000, 1, 0.8)
    expect(low).toBeGreaterThan(2920)
    expect(high).toBeLessThan(3080)
  })
})

describe('months', () => {
  it('count from the first whole one to the last that is over', () => {
    expect(wholeMonths('2026-08-02', today)).toEqual(['2026-09', '2026-10'])
    expect(wholeMonths('2026-08-01', today)).toEqual(['2026-08', '2026-09', '2026-10'])
    expect(wholeMonths('2026-11-01', today)).toEqual([])
    expect(wholeMonths(null, today)).toEqual([])
    expect(monthAfter('2026-11', 2)).toBe('2027-01')
  })
})

it('a site is behind with the months that were not paid in full by then, as far as the ledger tells', () => {
  const ledger = [
    month('2026-07'),
    month('2026-08', { paidOn: '2026-10-20' }),
    month('2026-09', unpaid),
  ]
  const behind = [
    '2026-07-31',
    '2026-08-31',
    '2026-09-31',
    '2026-10-31',
    '2026-11-24',
  ].map(day => monthsBehindAt(ledger, day))
  // On 31 August July is over and paid on 10 August; on 30 September August waits; on 31 October it is paid and September waits.
  expect(behind).toEqual([null, 0, 1, 1, 1])
})
