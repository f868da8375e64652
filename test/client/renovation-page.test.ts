import type { RenovationStage, RenovationZoneFeature } from '#contract/places.ts'
import type { ZoneSchedule, ZoneStage } from '#contract/renovation.ts'
import type { ZoneRow } from '../../client/state/figures/renovation.ts'
import { describe, expect, it } from 'vitest'
import { changedWords } from '../../client/duty/renovation/changed-words.ts'
import { faultsByPath, faultyFields } from '../../client/duty/renovation/field-faults.ts'
import { ganttOf } from '../../client/duty/renovation/gantt.ts'
import { zonesAt } from '../../client/state/zones-at.ts'
import { callsAMonth, groupsOf } from '../../client/duty/renovation/zone-rows.ts'

const today = '2026-11-24'

function stage(name: RenovationStage, dates: Partial<ZoneStage>): ZoneStage {
  return {
    stage: name,
    planStart: null,
    planEnd: null,
    realStart: null,
    realEnd: null,
    ...dates,
  }
}
function zone(id: string, stages: ZoneStage[]): ZoneSchedule {
  return {
    zone: id,
    name: id,
    community: null,
    batch: null,
    stage: 'survey',
    stages,
    overdueLeftovers: 0,
    ladder: null,
  }
}

describe('the dates of a batch', () => {
  it('stand along one time; works that go on reach to today, and a day is never nothing', () => {
    const gantt = ganttOf([
      zone('a', [
        stage('survey', { planStart: '2026-08-16', planEnd: '2026-08-16' }),
        stage('construction', { planStart: '2026-09-01', planEnd: '2026-10-31', realStart: '2026-09-10' }),
      ]),
    ], today)!
    expect(gantt.today).toBeCloseTo(100 / 101)
    const [survey, works] = gantt.rows[0]!.plan
    expect([survey!.from, survey!.to]).toEqual([
      0,
      expect.closeTo(1 / 101),
    ])
    expect(works!.from).toBeCloseTo(16 / 101)
    expect(gantt.rows[0]!.real).toMatchObject([
      { stage: 'construction', ends: null, to: 1 },
    ])
    expect(gantt.ticks.map(({ label }) => label)).toEqual(['2026-10'])
  })

  it('of which none is known make no chart; over three years the ticks are years', () => {
    expect(ganttOf([
      zone('a', [
        stage('survey', {}),
      ]),
    ], today)).toBeNull()
    expect(ganttOf([
      zone('a', [
        stage('survey', { realStart: '2023-06-01', realEnd: '2023-07-01' }),
      ]),
    ], today)!.ticks.map(({ label }) => label)).toEqual(['2024-01', '2025-01', '2026-01'])
  })
})

it('zones stand by batch, the newest first, or by community, with their sums, and can be narrowed down', () => {
  const row = (id: string, batch: string | null, said: { stage?: RenovationStage, community?: string } = {}) => ({
    zone: {
      id,
      batch,
      stage: 'survey',
      community: '001',
      households: 100,
      openLeftovers: 2,
      ...said,
    },
    openCases: 1,
    late: false,
  }) as ZoneRow
  const rows = [
    row('a', '2026年第一批'),
    row('b', null, { community: '002' }),
    row('c', '2026年第二批', { stage: 'tender' }),
    row('d', '2026年第一批', { stage: 'tender' }),
  ]
  const none = { batch: null, stage: null }
  const shown = (groups: ReturnType<typeof groupsOf>) => groups.map(({ key, zones }) => `${key}: ${zones.map(item => item.zone.id).join(' ')}`)
  expect(shown(groupsOf(rows, [], none, 'batch'))).toEqual(['2026年第二批: c', '2026年第一批: a d', 'null: b'])
  const communities = groupsOf(rows, [], none, 'community')
  expect(shown(communities)).toEqual(['001: a c d', '002: b'])
  expect(communities[0]).toMatchObject({ households: 300, leftovers: 6, openCases: 3 })
  expect(shown(groupsOf(rows, [], { batch: '2026年第一批', stage: 'tender' }, 'batch'))).toEqual(['2026年第一批: d'])
})

describe('zones in a month of the past', () => {
  const feature = (id: string, batch: string) => ({
    type: 'Feature',
    id,
    geometry: { type: 'Polygon', coordinates: [] },
    properties: {
      id,
      batch,
      stage: 'upkeep',
      progress: 1,
      openLeftovers: 3,
    },
  }) as unknown as RenovationZoneFeature
  const zones = [
    feature('a', '一'),
    feature('b', '二'),
  ]
  const months = [
    {
      zone: 'a',
      months: [
        {
          month: '2026-10',
          calls: 4,
          stage: 'construction' as const,
          leftovers: 2,
        },
        {
          month: '2026-11',
          calls: 1,
          stage: 'upkeep' as const,
          leftovers: 3,
        },
      ],
    },
    {
      zone: 'b',
      months: [
        {
          month: '2026-10',
          calls: 0,
          stage: null,
          leftovers: null,
        },
        {
          month: '2026-11',
          calls: 8,
          stage: 'survey' as const,
          leftovers: null,
        },
      ],
    },
  ]

  it('stand at the stage of that time, without what is not known of it; one that had not begun has no sign', () => {
    const then = zonesAt(zones, months, { batch: null, month: '2026-10' })
    expect(then.zones.map(({ id, properties: { stage, progress, openLeftovers } }) => [id, stage, progress, openLeftovers])).toEqual([
      ['a', 'construction', null, 2],
    ])
    expect([then.leftovers, then.calls]).toEqual([2, 4])
    expect(then.heat.map(({ properties }) => properties)).toEqual([
      { calls: 4, most: 8 },
      { calls: 0, most: 8 },
    ])
  })

  it('are as they are now where no month is chosen, and only those of the batch', () => {
    const present = zonesAt(zones, months, { batch: '二', month: null })
    expect(present.zones).toEqual([zones[1]])
    expect(present.heat.map(({ properties }) => properties.calls)).toEqual([8])
    expect([present.leftovers, present.calls]).toEqual([3, 8])
  })

  it('say that leftover issues are not known where one zone has none one by one', () => {
    const unknown = months.map(({ zone, months: of }) => ({
      zone,
      months: of.map(entry => ({ ...entry, month: '2026-09', stage: 'upkeep' as const })),
    }))
    expect(zonesAt(zones, unknown, { batch: '二', month: '2026-09' }).leftovers).toBeNull()
  })
})

it('calls of times of different length are compared a month; too few days say nothing', () => {
  expect(callsAMonth(6, 60)).toBe(3)
  expect(callsAMonth(6, 13)).toBeNull()
})

it('what the server finds wrong stands at its row and field, or at its field', () => {
  const faults = faultsByPath({
    type: 'urn:huizhi:problem:invalid',
    title: 'x',
    status: 422,
    errors: [
      'stages.2.planEnd',
      'facts.name',
      'evidence.0',
      'step.cases.1',
      'evidence.0.upload',
    ].map(path => ({ path, message: 'wrong' })),
  })
  expect(faultyFields(faults, 2)).toEqual(['planEnd'])
  expect(faultyFields(faults, null)).toEqual(['name', 'evidence', 'cases'])
  expect(faultsByPath(null).size).toBe(0)
})

it('a change says which fields became what, how many rows there were, or what it is about', () => {
  const t = (key: string) => key.replace('renovation.field.', '')
  expect(changedWords({
    part: 'facts',
    before: { households: 300, name: 'a' },
    after: { households: 310, name: 'a' },
  }, t)).toBe('households 300 → 310')
  expect(changedWords({
    part: 'consents',
    before: [],
    after: [{}, {}],
  }, t)).toBe('0 → 2')
  expect(changedWords({
    part: 'leftover.send-back',
    before: {},
    after: { title: '漏雨', reason: '照片不清' },
  }, t)).toBe('漏雨 · 照片不清')
  expect(changedWords({
    part: 'import',
    before: null,
    after: { id: 'Z1', batch: '2026' },
  }, t)).toBe('batch — → 2026')
})
