import type { Column } from '../../server/ingest/columns.ts'
import { describe, expect, it } from 'vitest'
import { columns, factorOfHeader, normaliseHeader } from '../../server/ingest/columns.ts'
import { matchHeaders } from '../../server/ingest/table/match-headers.ts'
import { parseCell } from '../../server/ingest/table/parse-cell.ts'
import { parseInstant } from '../../server/ingest/table/parse-instant.ts'

it.each([
  ['2026-11-24 08:30:00', '2026-11-24T00:30:00.000Z'],
  ['2026/11/24', '2026-11-23T16:00:00.000Z'],
  ['2026 年 11 月 24 日 8时30分', '2026-11-24T00:30:00.000Z'],
  ['20261124083000', '2026-11-24T00:30:00.000Z'],
  ['2026-11-24T08:30:00Z', '2026-11-24T08:30:00.000Z'],
  ['2026-11-24T08:30:00+09:00', '2026-11-23T23:30:00.000Z'],
  ['2026-11-24 下午3:05', '2026-11-24T07:05:00.000Z'],
  ['04/12/2018 12:45:48 PM', '2018-04-12T04:45:48.000Z'],
  ['04/12/2018 12:00:00 AM', '2018-04-11T16:00:00.000Z'],
  ['24/11/2026', '2026-11-23T16:00:00.000Z'],
  ['46350.5', '2026-11-24T04:00:00.000Z'],
])('the moment %s is %s; without an offset it is China’s', (text, iso) => {
  expect(parseInstant(text)?.toISOString()).toBe(iso)
})

it.each([
  '2026-02-30',
  '2026-11-24 25:00',
  '2026-13-01',
  'yesterday',
  '0001-01-01',
])('%s is no moment', (text) => {
  expect(parseInstant(text)).toBeNull()
})

describe('a cell', () => {
  const column = (type: Column['type'], words?: Column['words']): Column => ({
    field: 'f',
    headers: ['列'],
    type,
    ...words && { words },
  })
  const value = (raw: unknown, type: Column['type'], factor = 1) => {
    const cell = parseCell(raw, column(type), factor)
    return 'fault' in cell
      ? 'fault'
      : cell.value
  }

  it('numbers come with commas, full-width digits, units and 万', () => {
    expect([
      value('1,234.5', 'number'),
      value('１２', 'integer'),
      value('12万', 'integer'),
      value('3200元', 'number'),
      value('12.3', 'number', 10_000),
      value('约3', 'number'),
      value('-3', 'integer'),
    ])
      .toEqual([
        1234.5,
        12,
        120_000,
        3200,
        123_000,
        'fault',
        'fault',
      ])
  })

  it('shares come as %, as a part of one or as a part of a hundred', () => {
    expect([
      value('85%', 'share'),
      value('0.85', 'share'),
      value(85, 'share'),
      value('120', 'share'),
    ]).toEqual([0.85, 0.85, 0.85, 'fault'])
  })

  it('empty is empty in many ways', () => {
    expect([
      value('', 'text'),
      value(' ', 'number'),
      value('-', 'integer'),
      value('N/A', 'date'),
      value(null, 'text'),
      value('无', 'number'),
    ]).toEqual([null, null, null, null, null, null])
  })

  it('是, 营业 and true are yes; 不满意 and 停业 are no; 大概 is neither', () => {
    expect(['是', '营业', true, '不满意', '停业', 0, '大概'].map(raw => value(raw, 'flag'))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      'fault',
    ])
  })

  it('a day is the day in China, also from Excel’s dates', () => {
    expect([
      value('2026年11月', 'date'),
      value('2026-11-23T20:00:00Z', 'date'),
      value(new Date(Date.UTC(2026, 10, 24)), 'date'),
    ]).toEqual(['2026-11-01', '2026-11-24', '2026-11-24'])
  })

  it('of fixed words the exact one wins, then the longest that is in it; Latin words only as a whole', () => {
    const kind = columns.cases.find(({ field }) => field === 'kind')!
    const source = columns.cases.find(({ field }) => field === 'source')!
    const read = (text: string, of: Column) => {
      const cell = parseCell(text, of, 1)
      return 'fault' in cell
        ? cell.fault
        : cell.value
    }
    expect([
      read('物业管理-电梯', kind),
      read('城市管理/环境卫生', kind),
      read('其他', kind),
      read('12345热线', source),
      read('Telephone', source),
    ])
      .toEqual([
        'property',
        'sanitation',
        'other',
        'hotline',
        expect.stringContaining('“Telephone” is not one of'),
      ])
  })
})

describe('headers', () => {
  it('case, spaces, marks and units do not matter; 万元 multiplies', () => {
    expect(normaliseHeader(' \uFEFFCreated_Date ')).toBe('createddate')
    expect(normaliseHeader('欠薪金额（万元）')).toBe('欠薪金额')
    expect(factorOfHeader('欠薪金额（万元）')).toBe(10_000)
  })

  it('--map goes first, the rest by known names; what is left is ignored', () => {
    const { matches, ignored } = matchHeaders(['备注', '工单编号', 'SRType', 'X1'], columns.cases, { content: '备注' })
    expect(matches.map(({ column, positions }) => [column.field, positions])).toEqual([
      [
        'sourceRef',
        [1],
      ],
      [
        'content',
        [0, 2],
      ],
    ])
    expect(ignored).toEqual(['X1'])
  })

  it('every kind’s headers mean one field only', () => {
    for (const [kind, fields] of Object.entries(columns)) {
      const seen = new Map<string, string>()
      for (const { field, headers } of fields) {
        for (const header of new Set(headers.map(normaliseHeader))) {
          expect(`${kind}: ${header} → ${seen.get(header) ?? field}`).toBe(`${kind}: ${header} → ${field}`)
          seen.set(header, field)
        }
      }
    }
  })
})
