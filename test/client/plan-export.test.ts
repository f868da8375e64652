import type { PlanChange, PlanContent } from '#contract/plan.ts'
import type { PlanReport } from '#coverage/plan/plan-report.ts'
import type { PlannerData } from '#coverage/plan/planner.ts'
import type { Value } from '../../client/plan/export/workbook.ts'
import { Buffer } from 'node:buffer'
import readWorkbook from 'read-excel-file/node'
import { beforeAll, describe, expect, it } from 'vitest'
import { FeatureCollection } from '#contract/geometry.ts'
import { reportOf } from '#coverage/plan/plan-report.ts'
import { createPlanner } from '#coverage/plan/planner.ts'
import { defaultPlanSettings } from '#coverage/plan/settings-of-plan.ts'
import { i18n } from '../../client/i18n/index.ts'
import { fileName } from '../../client/plan/export/file-name.ts'
import { planGeoJson } from '../../client/plan/export/plan-geojson.ts'
import { isTold } from '../../client/plan/region-title.ts'
import { earliestDay, sourceTexts } from '../../client/plan/source-texts.ts'
import { planSheets } from '../../client/plan/export/plan-sheets.ts'
import { workbookOf } from '../../client/plan/export/workbook.ts'
import { placeToLngLat, town } from '../world/streets.ts'

/** Two streets with a river between; a name and a plan that a spreadsheet would take for a formula. */
const trap = '=HYPERLINK("http://example.org","点我")'
const world = town({
  streets: [
    [
      [0, 100],
      [2000, 100],
    ],
    [
      [0, 0],
      [2000, 0],
    ],
  ],
  waters: [
    [
      [-100, 30],
      [2100, 30],
      [2100, 70],
      [-100, 70],
    ],
  ],
  houses: [
    {
      at: [100, 110],
      people: 10,
      aged70: 6,
      aged80: 1,
      community: 'N',
      grid: 'N1',
    },
    {
      at: [200, -10],
      people: 30,
      aged70: 11,
      aged80: 4,
      community: 'S',
      grid: 'S1',
    },
    {
      at: [1800, -10],
      people: 20,
      aged70: 5,
      aged80: 2,
      community: 'S',
      grid: 'S2',
    },
  ],
  facilities: [
    {
      at: [0, 108],
      name: trap,
      capacity: 20,
      floorArea: 333.3,
    },
    {
      at: [1900, 108],
      name: '关停的',
      capacity: null,
      open: false,
    },
  ],
})
function region(id: string) {
  return {
    id,
    subdistrict: '990101001',
    name: `${id}区`,
    households: 70,
    populationAsOf: '2025-11-01',
    aged60: 51,
  }
}
const data: PlannerData = {
  ...world,
  communities: ['N', 'S'].map(region),
  grids: ['N1', 'S1', 'S2'].map(region),
  subdistricts: new Map([
    ['990101001', '示范街道'],
  ]),
  placeAt: (_, lat) => ({
    subdistrict: '990101001',
    community: lat > placeToLngLat([0, 50])[1]
      ? 'N'
      : 'S',
    grid: null,
  }),
}
const at = ([lng, lat]: [number, number]) => ({ lng, lat })
const changes: PlanChange[] = [
  {
    do: 'add',
    facility: 'new-1',
    name: '+南岸',
    kind: 'meals',
    capacity: 12,
    floorArea: 150.5,
    ...at(placeToLngLat([300, -5])),
  },
  { do: 'open', facility: 'gone', open: true },
  {
    do: 'bridge',
    from: placeToLngLat([1900, 5]),
    to: placeToLngLat([1900, 95]),
  },
]
const content: PlanContent = {
  settings: { ...defaultPlanSettings, minutes: 10 },
  changes,
}
const facts = {
  name: '@方案',
  at: '2026/11/24 09:00',
  by: '规划员',
  basis: 'abc',
  isSaved: false,
}

let report: PlanReport
let planner: ReturnType<typeof createPlanner>
beforeAll(() => {
  planner = createPlanner(data)
  report = reportOf(planner, content, data.communities)
})

describe.each(['zh-CN', 'en'] as const)('the workbook in %s', (language) => {
  const words = {
    t: (key: string, named: Record<string, unknown> = {}) => i18n.global.t(key, named, { locale: language }),
    number: String,
  }
  let sheets: ReturnType<typeof planSheets>
  let read: Map<string, unknown[][]>
  beforeAll(async () => {
    sheets = planSheets(report, facts, words)
    const bytes = Buffer.from(await (await workbookOf(sheets)).arrayBuffer())
    read = new Map((await readWorkbook(bytes)).map(({ sheet, data }) => [sheet, data]))
  })
  /** Without the line of titles. */
  const rowsOf = (sheet: string) => read.get(words.t(`plan.export.sheet.${sheet}`))!.slice(1) as Value[][]
  const column = (sheet: string, key: string) => {
    const title = words.t(`plan.export.column.${key}`)
    const index = read.get(words.t(`plan.export.sheet.${sheet}`))![0]!.indexOf(title)
    return rowsOf(sheet).map(row => row[index])
  }

  it('is read back cell by cell as it was written', () => {
    expect([
      ...read.keys(),
    ]).toEqual(sheets.map(({ name }) => name))
    for (const { name, columns, rows } of sheets) {
      expect(read.get(name)).toEqual([
        columns.map(({ title }) => title),
        ...rows,
      ])
    }
  })

  it('every title and text is there: no key stands for one', () => {
    expect([
      ...read.values(),
    ].flat(2).filter(cell => typeof cell === 'string' && /^(?:plan|places)\.\w/.test(cell))).toEqual([])
  })

  it('the rates are those of the planner: of all, the subdistrict, communities and grids', () => {
    const { rates, byCommunity } = planner.take(content)
    const all = [
      rates,
      ...planner.subdistricts().map(area => area.rates),
      ...byCommunity.filter(({ community, rates }) => isTold(community, rates)).map(area => area.rates),
      ...planner.grids().filter(({ region, rates }) => isTold(region, rates)).map(area => area.rates),
    ]
    // Nothing lies in no community or grid here: nothing is told of it.
    expect(all).toHaveLength(1 + 1 + data.communities.length + data.grids.length)
    for (const name of ['facilities', 'space', 'people'] as const) {
      expect(column('rates', `${name}Numerator`)).toEqual(all.map(one => one[name].numerator))
      expect(column('rates', `${name}Denominator`)).toEqual(all.map(one => one[name].denominator))
    }
    expect(column('rates', 'peopleShare')[0]).toBe(rates.people.numerator / rates.people.denominator)
    expect(rates.people).toMatchObject({ numerator: 40, denominator: 60 })
  })

  it('the present state is told under the same settings, and what the plan gains', () => {
    const present = createPlanner(data).take({ ...content, changes: [] })
    expect(present.rates.people.numerator).toBe(10)
    expect(column('rates', 'presentPeople')[0]).toBe(10)
    expect(column('rates', 'difference')[0]).toBe(30)
  })

  it('ages, facilities and gaps are those of the planner', () => {
    const { ages, facilities, clusterGaps } = planner.take(content)
    expect(rowsOf('ages')[0]!.slice(3)).toEqual(ages.flatMap(({ reached, people }) => [reached, people]))
    expect(column('facilities', 'name')).toEqual([trap, '关停的', '+南岸'])
    expect(column('facilities', 'nearestPeople')).toEqual(facilities.map(facility => facility.nearestPeople))
    expect(column('facilities', 'places')).toEqual(facilities.map(facility => facility.capacity))
    expect(column('facilities', 'floorArea')).toEqual(facilities.map(facility => facility.floorArea))
    expect(column('facilities', 'perThousand')).toEqual(facilities.map(facility => facility.perThousand))
    expect(column('gaps', 'missed')).toEqual(clusterGaps.map(({ people }) => people))
    expect(column('gaps', 'aged80')).toEqual(clusterGaps.map(gap => gap.ages[2]!.people))
    expect(column('gaps', 'openingHelps')).toEqual(clusterGaps.map(({ members }) => planner.opening(members)?.people[0] ?? null))
  })

  it('a change that does not count is told so', () => {
    expect(column('changes', 'counted')).toEqual(['yes', 'no', 'yes'].map(key => words.t(`plan.export.${key}`)))
  })

  it('parameters, dates of the data and the words of the method are in it', () => {
    const parameters = new Map(rowsOf('parameters').map(([key, value]) => [key, value]))
    const parameter = (key: string) => parameters.get(words.t(`plan.export.parameter.${key}`))
    expect([
      parameter('plan'),
      parameter('minutes'),
      parameter('speed'),
      parameter('basis'),
      parameter('by'),
    ]).toEqual(['@方案', 10, 0.8, 'abc', '规划员'])
    expect(column('data', 'populationAsOf')).toEqual(['2025-11-01', '2025-11-01'])
    expect(column('data', 'housed')).toEqual([10, 50])
    expect(column('data', 'registered')).toEqual([51, 51])
    const method = rowsOf('method').map(([, text]) => text)
    for (const source of Object.values(sourceTexts({
      settings: content.settings,
      facilities: report.figures.facilities,
      populationAsOf: earliestDay(report.population.map(({ asOf }) => asOf)),
    }, words.t)))
      expect(method).toContain(source)
  })

  it('a name that looks like a formula stays a text: a formula would have been read back as nothing', () => {
    expect(column('facilities', 'name')[0]).toBe(trap)
  })
})

it('the layers hold facilities, reach, missed houses, gaps and bridges, in degrees', () => {
  const { type, features, plan } = planGeoJson(report, facts)
  expect(FeatureCollection.safeParse({ type, features }).success).toBe(true)
  const of = (layer: string) => features.filter(({ properties }) => properties.layer === layer)
  expect(of('facility').map(({ properties }) => properties.name)).toEqual([trap, '关停的', '+南岸'])
  expect(of('facility').at(-1)!.geometry).toEqual({
    type: 'Point',
    coordinates: placeToLngLat([300, -5]),
  })
  expect(of('reach').length).toBeGreaterThan(0)
  expect(of('missed').map(({ properties }) => properties.people)).toEqual([20])
  expect(of('gap').map(({ properties }) => [properties.people, properties.communityName])).toEqual([
    [20, 'S区'],
  ])
  expect(of('missed')[0]!.properties.gap).toBe(of('gap')[0]!.properties.gap)
  expect(of('bridge')).toHaveLength(1)
  expect(new Set(features.map(({ id }) => id)).size).toBe(features.length)
  expect(plan).toMatchObject({
    ...facts,
    ...content,
  })
})

it('taking stock leaves the plan as it was', () => {
  const fresh = createPlanner(data)
  const before = fresh.take(content)
  reportOf(fresh, content, data.communities)
  expect(fresh.take(content).rates).toEqual(before.rates)
})

it('a file has the name of the plan and the day in China, without signs that a file system refuses', () => {
  const late = Date.parse('2026-11-24T17:30:00Z')
  expect(fileName('七里山一期', late, 'xlsx')).toBe('七里山一期-2026-11-25.xlsx')
  expect(fileName('../a:b?', late, 'geojson')).toBe('_a_b_-2026-11-25.geojson')
  expect(fileName(' .. ', late, 'xlsx')).toBe('plan-2026-11-25.xlsx')
})
