import type { SitingProblem } from '#coverage/siting/problem.ts'
import type { Solved } from '#coverage/siting/solve.ts'
import fc from 'fast-check'
import loadHighs from 'highs'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { greedyCurve, siteGreedily } from '#coverage/siting/greedy.ts'
import { beyondAll, judge } from '#coverage/siting/problem.ts'
import { solveSiting } from '#coverage/siting/solve.ts'
import { streetCandidates, townProblem } from '#coverage/siting/town-problem.ts'
import { defaultSettings } from '#coverage/settings.ts'
import { buildWalkModel } from '#coverage/walk-model.ts'
import { ifMissing } from '../world/shared-data.ts'
import { placeToLngLat, town } from '../world/streets.ts'
import { question, sanFrancisco, sanFranciscoProblem } from '../world/siting.ts'

const highs = await loadHighs()
const solve = (problem: SitingProblem, changes: Parameters<typeof question>[0]) => solveSiting(highs, problem, question(changes)) as Solved
const hasData = existsSync(sanFrancisco)
const published = [
  448255,
  671938,
  791499,
  875247,
  927402,
  941462,
  950428,
  955113,
]

describe(`San Francisco, 205 tracts and 16 candidates, as pysal/spopt publishes it${ifMissing(sanFrancisco)}`, () => {
  it.skipIf(!hasData)('mclp for 1 to 8 sites at 5,000 m', () => {
    const problem = sanFranciscoProblem()
    const best = published.map((_, i) => solve(problem, { sites: i + 1 }))
    expect(best.map(({ siting }) => siting.covered)).toEqual(published)
    expect(best.every(({ proven }) => proven)).toBe(true)
    expect(best[3]!.siting.chosen.map(j => problem.sites[j]!.id)).toEqual([
      'Store_2',
      'Store_11',
      'Store_12',
      'Store_15',
    ])
  })

  it.skipIf(!hasData)('people are counted, not tracts: 91.638 % with four sites', () => {
    const problem = sanFranciscoProblem()
    const { siting } = solve(problem, { sites: 4 })
    const everyone = problem.demand.reduce((sum, people) => sum + people, 0)
    expect(siting.covered / everyone * 100).toBeCloseTo(91.638, 3)
    expect((205 - siting.outside.length) / 205 * 100).toBeCloseTo(89.756, 3)
  })

  it.skipIf(!hasData)('lscp needs 8 sites', () => {
    const { siting, beyond } = solve(sanFranciscoProblem(), { goal: 'lscp' })
    expect(siting.chosen).toHaveLength(8)
    expect(siting.outside).toEqual([])
    expect(beyond).toEqual([])
  })

  it.skipIf(!hasData)('p-median and p-center with four sites', () => {
    const problem = sanFranciscoProblem()
    const median = solve(problem, { goal: 'p-median', sites: 4 })
    expect(median.siting.walked).toBeCloseTo(2_848_268_129.7145, 3)
    const center = solve(problem, { goal: 'p-center', sites: 4 })
    expect(center.siting.furthest).toBeCloseTo(7403.06, 2)
    expect(center.proven && median.proven).toBe(true)
  })

  it.skipIf(!hasData)('greedy is at most a hundredth off, and its curve rises to the same end', () => {
    const problem = sanFranciscoProblem()
    published.forEach((best, i) => {
      const { covered } = siteGreedily(problem, question({ sites: i + 1 }))
      expect(covered).toBeLessThanOrEqual(best)
      expect(covered).toBeGreaterThan(best * 0.99)
    })
    const curve = greedyCurve(problem, 5000, 16).map(({ covered }) => covered)
    expect([...curve].sort((a, b) => a - b)).toEqual(curve)
    expect(curve[0]).toBe(0)
    expect(curve.at(-1)).toBe(published.at(-1))
  })
})

function site(id: string, list: [point: number, distance: number][], more: Partial<SitingProblem['sites'][number]> = {}) {
  return {
    id,
    fixed: false,
    cost: 1,
    capacity: null,
    points: Int32Array.from(list, ([point]) => point),
    distances: Float64Array.from(list, ([, distance]) => distance),
    ...more,
  }
}

/** Small enough to try every choice. */
const problems: fc.Arbitrary<SitingProblem> = fc.record({
  demand: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 8 }),
  sites: fc.array(fc.record({
    fixed: fc.boolean(),
    cost: fc.integer({ min: 1, max: 5 }),
    distances: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 8, maxLength: 8 }),
  }), { minLength: 1, maxLength: 5 }),
}).map(({ demand, sites }) => ({
  demand: Float64Array.from(demand),
  sites: sites.map(({ distances, ...rest }, j) => site(`S${j}`, demand.map((_, i) => [i, distances[i]!]), { ...rest, fixed: rest.fixed && j === 0 })),
}))

function allChoices({ sites }: SitingProblem): number[][] {
  const free = [
    ...sites.keys(),
  ].filter(j => !sites[j]!.fixed)
  return Array.from({ length: 2 ** free.length }, (_, bits) => free.filter((_, k) => bits >> k & 1))
}

it('what is found is the best of all choices there are, with sites that stand already, budgets or a number', () => {
  fc.assert(fc.property(problems, fc.integer({ min: 0, max: 3 }), fc.boolean(), (problem, most, byBudget) => {
    const bound = byBudget
      ? { budget: most * 2, sites: null }
      : { sites: most, budget: null }
    const choices = allChoices(problem)
      .filter(choice => byBudget
        ? judge(problem, choice, 10).cost <= most * 2
        : choice.length <= most)
      .map(choice => judge(problem, choice, 10))
    const covered = Math.max(...choices.map(item => item.covered))
    expect(solve(problem, { ...bound, limit: 10 }).siting.covered).toBe(covered)
    const greedy = siteGreedily(problem, question({ ...bound, limit: 10 }))
    expect(greedy.covered).toBeLessThanOrEqual(covered)

    const anyone = problem.demand.some(people => people > 0)
    const serving = choices.filter(({ chosen }) => chosen.length > 0)
    if (anyone && serving.length > 0) {
      expect(solve(problem, { ...bound, goal: 'p-median' }).siting.walked).toBeCloseTo(Math.min(...serving.map(({ walked }) => walked)), 6)
      expect(solve(problem, { ...bound, goal: 'p-center' }).siting.furthest).toBe(Math.min(...serving.map(({ furthest }) => furthest)))
    }
    const lost = beyondAll(problem, 10)
    const enough = allChoices(problem).map(choice => judge(problem, choice, 10)).filter(({ outside }) => outside.length === lost.length)
    const least = solve(problem, { goal: 'lscp', limit: 10 })
    expect(least.beyond).toEqual(lost)
    expect(least.siting.chosen).toHaveLength(Math.min(...enough.map(({ chosen }) => chosen.length)))
  }), { numRuns: 60 })
})

it('a site takes no more people than it has places for', () => {
  const problem = {
    demand: Float64Array.of(40, 40, 40),
    sites: [
      site('near all', [
        [0, 1],
        [1, 1],
        [2, 1],
      ], { capacity: 50 }),
      site('near two', [
        [0, 1],
        [1, 1],
      ], { capacity: 70 }),
      site('near one', [
        [2, 1],
      ], { capacity: 100 }),
    ],
  }
  expect(solve(problem, { sites: 1, capacities: false }).siting.covered).toBe(120)
  const one = solve(problem, { sites: 1, capacities: true })
  expect(one.siting.covered).toBeCloseTo(70, 6)
  expect(one.siting.chosen).toEqual([1])
  expect(solve(problem, { sites: 2, capacities: true }).siting.covered).toBeCloseTo(120, 6)
})

it('candidates that cannot cover everybody say whom they leave out', () => {
  const problem = {
    demand: Float64Array.of(5, 6, 7),
    sites: [
      site('A', [
        [0, 5],
        [1, 90],
      ]),
    ],
  }
  const { beyond, siting } = solve(problem, { goal: 'lscp', limit: 10 })
  expect(beyond).toEqual([1, 2])
  expect(siting.chosen).toEqual([0])
  expect(solve(problem, { goal: 'p-center', sites: 1 }).beyond).toEqual([2])
})

it('too few sites or too little money for covering all is said with what it would take', () => {
  const problem = {
    demand: Float64Array.of(5, 6),
    sites: [
      site('A', [
        [0, 5],
      ], { cost: 3 }),
      site('B', [
        [1, 5],
      ], { cost: 4 }),
    ],
  }
  expect(solve(problem, { goal: 'lscp', limit: 10, sites: 1 })).toEqual({ impossible: 'too-few-sites', least: 2 })
  expect(solve(problem, { goal: 'lscp', limit: 10, budget: 5 })).toEqual({ impossible: 'too-few-sites', least: 7 })
  expect(solve(problem, { goal: 'p-center', sites: 1 })).toEqual({ impossible: 'too-few-sites', least: null })
})

it('who waits is told how far it has come', () => {
  const gaps: number[] = []
  const problem: SitingProblem = {
    demand: Float64Array.from({ length: 60 }, (_, i) => 1 + i * 7 % 13),
    sites: Array.from({ length: 40 }, (_, j) => site(`S${j}`, Array.from({ length: 8 }, (_, k) => [(j * 7 + k * k * 3 + k) % 60, 1]))),
  }
  solveSiting(highs, problem, question({ sites: 6, limit: 1 }), {
    onProgress: ({ gap }) => gaps.push(gap),
  })
  expect(gaps.length).toBeGreaterThan(0)
  expect(gaps.at(-1)).toBeLessThan(0.1)
})

it('in a town the facilities that stand are fixed, and a candidate in a lake is named as useless', () => {
  const world = town({
    streets: [
      [
        [0, 0],
        [1000, 0],
        [2000, 0],
      ],
      [
        [1000, 0],
        [1000, 300],
      ],
    ],
    houses: [
      {
        at: [10, 10],
        people: 30,
      },
      {
        at: [1000, -10],
        people: 20,
      },
      {
        at: [1990, 10],
        people: 25,
      },
    ],
    waters: [
      [
        [400, 400],
        [600, 400],
        [600, 600],
        [400, 600],
      ],
    ],
    facilities: [
      {
        at: [0, 0],
      },
      {
        at: [2000, 0],
        open: false,
      },
    ],
  })
  const model = buildWalkModel(world.records)
  const at = (id: string, place: readonly [number, number]) => ({
    id,
    lng: placeToLngLat(place)[0],
    lat: placeToLngLat(place)[1],
    cost: 1,
    capacity: null,
  })
  const { problem, useless } = townProblem(model, world.facilities, [
    at('middle', [1500, 0]),
    at('lake', [500, 500]),
    at('west', [100, 0]),
  ], defaultSettings)
  expect(useless).toEqual(['lake'])
  const { siting } = solve(problem, { sites: 1, limit: 900.001 })
  expect(siting.chosen.map(j => problem.sites[j]!.id)).toEqual(['F1', 'middle'])
  expect(siting.covered).toBe(75)
  expect(streetCandidates(model, 200)).toHaveLength(1)
})
