import type { Case } from '#contract/case.ts'
import type { Feature } from '#contract/geometry.ts'
import type { Region, RenovationZone, Worksite } from '#contract/places.ts'
import { weightedRate } from '../../client/duty/figures/weighted-rate.ts'
import { describe, expect, it } from 'vitest'
import { communitiesOf, isDemo, shortName } from '../../client/state/figures/communities.ts'
import { countCases } from '../../client/state/figures/count-cases.ts'
import { dissatisfiedStock } from '../../client/state/figures/dissatisfied-stock.ts'
import { newestCases, overdueCases } from '../../client/state/figures/feed.ts'
import { headline } from '../../client/state/figures/headline.ts'
import { renovationFigures } from '../../client/state/figures/renovation.ts'
import { wageFigures } from '../../client/state/figures/wages.ts'

const now = Date.parse('2026-03-18T10:42:16+08:00')
let number = 0

function aCase(properties: Partial<Case> = {}, located = true): Feature {
  const id = properties.id ?? `GD${number++}`
  return {
    type: 'Feature',
    id,
    geometry: located
      ? {
          type: 'Point',
          coordinates: [117, 36.6],
        }
      : null,
    properties: {
      id,
      kind: 'noise',
      status: 'registered',
      reportedAt: '2026-03-17T09:00:00+08:00',
      dueAt: null,
      closedAt: null,
      satisfied: null,
      dissatisfiedInRow: 0,
      community: null,
      zone: null,
      worksite: null,
      ...properties,
    },
  }
}

function region(id: string, level: Region['level'], name = id): Feature {
  return {
    type: 'Feature',
    id,
    geometry: null,
    properties: { id, level, name },
  }
}

const hoursFromNow = (hours: number) => new Date(now + hours * 3_600_000).toISOString()

describe('today\'s figures', () => {
  it('count what was reported since midnight in China, not since midnight here', () => {
    const counts = countCases([
      aCase({ reportedAt: '2026-03-17T23:59:59+08:00' }),
      aCase({ reportedAt: '2026-03-18T00:00:00+08:00' }),
      aCase({ reportedAt: '2026-03-18T10:00:00+08:00' }),
    ], now)
    expect(counts.reported).toBe(2)
    expect(counts.lastHour).toBe(1)
  })

  it('those on the map and those without a place add up to those being handled', () => {
    const counts = countCases([
      aCase(),
      aCase({ status: 'resolved' }),
      aCase({}, false),
      aCase({
        status: 'closed',
        closedAt: hoursFromNow(-1),
      }),
    ], now)
    expect(counts).toMatchObject({
      open: 3,
      located: 2,
      unlocated: 1,
      closed: 1,
    })
    expect(counts.located + counts.unlocated).toBe(counts.open)
  })

  it('a reopened case lowers the satisfaction of the day of its call-back, a merged one is no work done', () => {
    const counts = countCases([
      aCase({
        status: 'closed',
        closedAt: hoursFromNow(-1),
        satisfied: true,
        calledBackAt: hoursFromNow(-1),
      }),
      aCase({
        status: 'reopened',
        satisfied: false,
        calledBackAt: hoursFromNow(-2),
      }),
      aCase({
        status: 'reopened',
        satisfied: false,
        calledBackAt: hoursFromNow(-30),
      }),
      aCase({
        status: 'merged',
        closedAt: hoursFromNow(-1),
      }),
    ], now)
    expect(counts).toMatchObject({ closed: 1, calledBack: 2, satisfied: 1 })
  })

  it('the bands of time left add up to those being handled, and who waits for the call-back is not overdue', () => {
    const counts = countCases([
      aCase({
        dueAt: hoursFromNow(-1),
      }),
      aCase({
        dueAt: hoursFromNow(-1),
        status: 'resolved',
      }),
      aCase({
        dueAt: hoursFromNow(1),
      }),
      aCase({
        dueAt: hoursFromNow(5),
      }),
      aCase({
        dueAt: hoursFromNow(20),
      }),
      aCase({
        dueAt: hoursFromNow(90),
      }),
      aCase(),
    ], now)
    expect(counts.deadlines).toEqual({
      overdue: 1,
      within2: 1,
      within8: 1,
      within24: 1,
      later: 1,
      none: 2,
    })
    expect(Object.values(counts.deadlines).reduce((sum, value) => sum + value)).toBe(counts.open)
    expect(counts.overdue).toBe(1)
  })
})

it('the newest cases come first and only as many as fit', () => {
  const cases = [3, 1, 2, 4].map(hours => aCase({
    id: `${hours}`,
    reportedAt: hoursFromNow(-hours),
  }))
  expect(newestCases(cases, 3).map(({ id }) => id)).toEqual(['1', '2', '3'])
})

it('the longest overdue comes first', () => {
  const cases = [
    aCase({
      id: 'short',
      dueAt: hoursFromNow(-1),
    }),
    aCase({
      id: 'long',
      dueAt: hoursFromNow(-9),
    }),
    aCase({
      id: 'not',
      dueAt: hoursFromNow(1),
    }),
  ]
  expect(overdueCases(cases, now).map(({ id }) => id)).toEqual(['long', 'short'])
})

describe('the stock of consecutive dissatisfaction', () => {
  const communities = communitiesOf(Array.from({ length: 7 }, (_, index) => region(`99010100100${index}`, 'community')))
  const stuck = (community: string) => aCase({ community, dissatisfiedInRow: 2, status: 'reopened' })

  it('names every community and marks at most the last five, none of them without a stock', () => {
    const rows = dissatisfiedStock([
      stuck('990101001003'),
      stuck('990101001003'),
      stuck('990101001001'),
      aCase({ community: '990101001002', dissatisfiedInRow: 1 }),
    ], communities, 2)
    expect(rows).toHaveLength(7)
    expect(rows.filter(row => row.last).map(row => [row.community, row.stock])).toEqual([
      ['990101001001', 1],
      ['990101001003', 2],
    ])
    expect(rows.filter(row => row.stock === 0).every(row => row.rank === 1)).toBe(true)
  })

  it('forgets a case once it is over', () => {
    expect(dissatisfiedStock([
      aCase({ community: '990101001003', dissatisfiedInRow: 3, status: 'closed' }),
    ], communities, 2).every(row => row.stock === 0)).toBe(true)
  })
})

it('a town whose code begins with 99 is a demonstration', () => {
  expect(isDemo([
    region('990101001', 'subdistrict'),
  ])).toBe(true)
  expect(isDemo([
    region('370102001', 'subdistrict'),
  ])).toBe(false)
})

it('names are shortened only where something is left', () => {
  expect(shortName('双清社区')).toBe('双清')
  expect(shortName('北岸村村民委员会')).toBe('北岸村')
  expect(shortName('东社区')).toBe('东社区')
})

it('a headline is the first clause of the complaint', () => {
  expect(headline('电梯停运第三天，六层有卧床老人', 14)).toBe('电梯停运第三天')
  expect(headline('你好，小区北门路灯不亮一周了，请处理', 14)).toBe('小区北门路灯不亮一周了')
  expect(headline('一二三四五六七八九十一二三四五', 14)).toBe('一二三四五六七八九十一二三…')
})

it('renovation counts households into a batch\'s progress and finds what is late', () => {
  const zone = (id: string, properties: Partial<RenovationZone>): Feature => ({
    type: 'Feature',
    id,
    geometry: null,
    properties: {
      id,
      batch: '第一批',
      stage: 'construction',
      progress: 0,
      households: 0,
      buildings: 0,
      openLeftovers: 0,
      planEnd: null,
      realEnd: null,
      ...properties,
    },
  })
  const figures = renovationFigures([
    zone('a', { households: 900, progress: 0.5, planEnd: '2026-03-01' }),
    zone('b', {
      households: 100,
      progress: 1,
      stage: 'upkeep',
      openLeftovers: 4,
      planEnd: '2025-12-01',
    }),
  ], [
    aCase({ zone: 'a' }),
    aCase({ zone: 'a', status: 'closed' }),
  ], '2026-03-18')
  expect(figures.batches).toEqual([
    {
      batch: '第一批',
      zones: 2,
      households: 1000,
      progress: 0.55,
      leftovers: 4,
    },
  ])
  expect(figures.rows.map(row => [row.zone.id, row.openCases, row.late])).toEqual([
    ['b', 0, false],
    ['a', 1, true],
  ])
  expect(figures.late).toBe(1)
})

it('wages add up what is owed and count the days in China', () => {
  const site = (id: string, properties: Partial<Worksite>): Feature => ({
    type: 'Feature',
    id,
    geometry: null,
    properties: {
      id,
      name: id,
      owedYuan: 0,
      owedPeople: 0,
      owedSince: null,
      workers: null,
      payees: null,
      warning: 'none',
      dispute: false,
      ...properties,
    },
  })
  const figures = wageFigures([
    site('a', {
      owedYuan: 300_000,
      owedPeople: 12,
      owedSince: '2026-03-01',
      warning: 'yellow',
      workers: 40,
      payees: 28,
    }),
    site('b', {
      owedYuan: 1_520_000,
      owedPeople: 47,
      owedSince: '2026-01-14',
      warning: 'red',
    }),
    site('c', {}),
  ], [
    aCase({ kind: 'wages', worksite: 'b' }),
  ], now)
  expect(figures).toMatchObject({
    sites: 3,
    owing: 2,
    owedYuan: 1_820_000,
    owedPeople: 59,
    longestDays: 63,
    red: 1,
    yellow: 1,
    openCases: 1,
    paid: { numerator: 28, denominator: 40, sites: 1 },
  })
  expect(figures.rows.map(row => row.site.id)).toEqual(['b', 'a', 'c'])
  expect(figures.rows[0]!.openCases).toBe(1)
})

it('three rates make one figure by the centre\'s weights, and none where one of them has no value', () => {
  const weights = {
    response: 0.2,
    solved: 0.4,
    satisfied: 0.4,
    source: '测试',
  }
  const rates = [
    { rate: 'response' as const, numerator: 9, denominator: 10 },
    { rate: 'solved' as const, numerator: 8, denominator: 10 },
    { rate: 'satisfied' as const, numerator: 19, denominator: 20 },
  ]
  expect(weightedRate(rates, weights)).toBeCloseTo(0.88)
  expect(weightedRate(rates.with(1, { rate: 'solved', numerator: 0, denominator: 0 }), weights)).toBeNull()
  expect(weightedRate(rates.with(1, { rate: 'solved', numerator: 0, denominator: 0 }), { ...weights, solved: 0, satisfied: 0.8 })).toBeCloseTo(0.94)
})
