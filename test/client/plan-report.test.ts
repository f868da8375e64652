import type { PlanReport } from '#coverage/plan/plan-report.ts'
import type { Block } from '../../client/plan/report/report-blocks.ts'
import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { create } from 'fontkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { reportOf } from '#coverage/plan/plan-report.ts'
import { sourceTexts } from '../../client/plan/source-texts.ts'
import { createPlanner } from '#coverage/plan/planner.ts'
import { defaultPlanSettings } from '#coverage/plan/settings-of-plan.ts'
import { i18n } from '../../client/i18n/index.ts'
import { fontRuns } from '../../client/plan/report/font-runs.ts'
import { planBlocks } from '../../client/plan/report/plan-blocks.ts'
import { reportDocx } from '../../client/plan/report/report-docx.ts'
import { reportPdf } from '../../client/plan/report/report-pdf.ts'
import { wrapText } from '../../client/plan/report/wrap-text.ts'
import { unpackWoff } from '../../server/posters/unpack-woff.ts'
import { placeToLngLat, town } from '../world/streets.ts'

const world = town({
  streets: [
    [
      [0, 0],
      [3000, 0],
    ],
  ],
  houses: [
    {
      at: [100, 10],
      people: 10,
      aged70: 4,
      aged80: 1,
      community: 'N',
    },
    {
      at: [1500, 10],
      people: 30,
      aged70: 20,
      aged80: 5,
      community: 'S',
    },
    {
      at: [2600, 10],
      people: 7,
      aged70: 2,
      community: 'S',
    },
  ],
  facilities: [
    {
      at: [0, 8],
      community: 'N',
      name: '老校场日间照料',
      capacity: 20,
      floorArea: 300,
    },
    {
      at: [2700, 8],
      community: 'S',
      name: '东头卫生站',
      kind: 'clinic',
    },
  ],
})
const facts = {
  name: '东延方案',
  at: '2026/11/24 09:00',
  by: '规划员',
  basis: 'b',
  isSaved: false,
}
let planner: ReturnType<typeof createPlanner>
let report: PlanReport
beforeAll(() => {
  const communities = ['N', 'S'].map(id => ({
    id,
    subdistrict: '990101001',
    name: `${id}社区`,
    households: 50,
    populationAsOf: '2025-11-01',
    aged60: 40,
  }))
  planner = createPlanner({
    ...world,
    communities,
    grids: [],
    subdistricts: new Map([
      ['990101001', '示范街道'],
    ]),
    placeAt: () => ({ subdistrict: '990101001', community: 'S', grid: null }),
  })
  report = reportOf(planner, {
    settings: { ...defaultPlanSettings, minutes: 10 },
    changes: [
      {
        do: 'add',
        facility: 'new-1',
        name: '拟建 1',
        kind: 'meals',
        lng: placeToLngLat([1450, 5])[0],
        lat: placeToLngLat([1450, 5])[1],
        capacity: 12,
        floorArea: 150,
      },
    ],
  }, communities)
})

describe.each(['zh-CN', 'en'] as const)('the report in %s', (language) => {
  const t = (key: string, named: Record<string, unknown> = {}) => i18n.global.t(key, named, { locale: language })
  let blocks: Block[]
  beforeAll(() => {
    blocks = planBlocks(report, facts, null, { t, number: String, language })
  })
  const under = (key: string) => {
    const at = blocks.findIndex(block => block.is === 'heading' && block.text === t(`plan.report.${key}`))
    return blocks.slice(at).find(block => block.is === 'table')!
  }

  it('tells the three rates with both parts each, of all and of each community, against the present', () => {
    const [facilities, , people] = under('rates').rows
    expect(facilities!.slice(1, 3)).toEqual(['2', '2'])
    expect(people!.slice(1, 3)).toEqual(['40', '47'])
    expect(people!.slice(4)).toEqual(['85.1%', '10 / 47'])
    expect(under('communities').rows.map(row => [row[3], row[5], row[6]])).toEqual([
      ['40 / 47', '+30', '7'],
      ['10 / 10', '0', '0'],
      ['30 / 37', '+30', '7'],
    ])
  })

  it('tells each kind by itself: the clinic reaches whom it reaches, and no centre stands in for it', () => {
    const clinic = under('kinds').rows.find(([kind]) => kind === t('places.careKind.clinic'))!
    expect(clinic[1]).toBe('1')
    expect(clinic[4]).toBe('7 / 47')
    expect(under('kinds').rows.find(([kind]) => kind === t('places.careKind.comprehensive-centre'))![4]).toBe('0 / 47')
  })

  it('no key stands for a text', () => {
    expect(JSON.stringify(blocks)).not.toMatch(/(?:plan|places)\.[a-z]+\.[a-z]+/i)
  })

  it('is a Word document with headings, tables and the words', async () => {
    const files = unzipSync(new Uint8Array(await (await reportDocx(blocks, {}, t('plan.report.title'))).arrayBuffer()))
    const body = new TextDecoder().decode(files['word/document.xml'])
    expect(body).toContain(t('plan.report.title'))
    expect(body).toContain('老校场日间照料')
    expect(body.match(/<w:tbl>/g)!.length).toBe(blocks.filter(block => block.is === 'table').length)
  })

  it('is a PDF whose signs are in the file', async () => {
    const at = (file: string) => {
      const bytes = unpackWoff(readFileSync(createRequire(import.meta.url).resolve(file)), inflateSync)
      const font = create(Buffer.from(bytes)) as { hasGlyphForCodePoint: (code: number) => boolean }
      return {
        bytes,
        has: (sign: string) => font.hasGlyphForCodePoint(sign.codePointAt(0)!),
      }
    }
    const fonts = {
      chinese: at('@fontsource/zcool-xiaowei/files/zcool-xiaowei-chinese-simplified-400-normal.woff'),
      latin: at('@fontsource/barlow-semi-condensed/files/barlow-semi-condensed-latin-500-normal.woff'),
    }
    const bytes = Buffer.from(await reportPdf(blocks, {}, fonts, facts.name))
    const text = bytes.toString('latin1')
    expect(text.startsWith('%PDF-1.')).toBe(true)
    expect(text.match(/\/FontFile[23]? /g)).toHaveLength(2)
    expect(fontRuns('蔷薇 81.1% m²', fonts)).toEqual([
      { font: 'chinese', text: '蔷薇' },
      { font: 'latin', text: ' 81.1% m²' },
    ])
    expect(fontRuns('𠮷', fonts)).toEqual([
      { font: 'chinese', text: '〓' },
    ])
  })
})

it('lines break between Chinese signs and Latin words, never before a full stop', () => {
  const width = (text: string) => [...text].reduce((sum, sign) => sum + (sign > '\u2E80'
    ? 2
    : 1), 0)
  expect(wrapText('老人在圈内。走到 Care centre 去', 10, width)).toEqual(['老人在圈', '内。走到', 'Care', 'centre 去'])
  expect(wrapText('abcdefghij', 4, width)).toEqual(['abcd', 'efgh', 'ij'])
  expect(wrapText('', 4, width)).toEqual([''])
})

it('the page\'s words for where the figures come from are the server\'s in Chinese, and hold none of these in English', () => {
  const t = (language: 'zh-CN' | 'en') => (key: string, named: Record<string, unknown> = {}) => i18n.global.t(key, named, { locale: language })
  const wheels = {
    ...report.content,
    settings: { ...report.content.settings, wheelchair: true, crossing: 20 },
  }
  for (const { figures, content } of [
    report,
    reportOf(planner, wheels, report.population.map(({ id, name, asOf, registered }) => ({
      id,
      name,
      subdistrict: '990101001',
      households: 50,
      populationAsOf: asOf,
      aged60: registered,
    }))),
  ]) {
    const asked = { settings: content.settings, facilities: figures.facilities, populationAsOf: '2025-11-01' }
    expect(sourceTexts(asked, t('zh-CN'))).toEqual({
      facilities: figures.rates.facilities.source,
      space: figures.rates.space.source,
      people: figures.rates.people.source,
      capacity: figures.capacity.source,
    })
    expect(JSON.stringify(sourceTexts(asked, t('en')))).not.toMatch(/\p{Script=Han}|plan\./u)
  }
})
