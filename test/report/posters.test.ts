import type { TestDatabase } from '../world/database.ts'
import { inflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadPlaces } from '../../server/places/locate.ts'
import { drawPoster, pageWidth } from '../../server/posters/draw-poster.ts'
import { missingSigns } from '../../server/posters/poster-font.ts'
import { caseContext } from '../world/cases.ts'
import { twoCompounds } from '../world/compounds.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { imported } from '../world/import.ts'

let db: TestDatabase
let http: ReturnType<typeof testHttp>
beforeAll(async () => {
  db = await testDatabase()
  await twoCompounds(db.sql)
  http = testHttp(db.sql, {
    cases: caseContext(db.sql, { places: await loadPlaces(db.sql) }),
  })
})
afterAll(() => db.drop())

async function bytesOf(path: string) {
  const answer = await http.get(path)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

/** The text of a PDF's streams, unpacked. */
function unpacked(pdf: Buffer): string {
  const text = pdf.toString('latin1')
  return [
    ...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g),
  ].map(([, body]) => {
    try {
      return inflateSync(Buffer.from(body!, 'latin1')).toString('latin1')
    }
    catch {
      return ''
    }
  }).join('\n')
}

it('each compound says how many of its cases are not over', async () => {
  await imported(db.sql, 'cases', '编号,内容,状态\n1,漏水,办理中\n2,停电,待派单\n3,噪声,已结案\n')
  await db.sql`update cases set compound = 11`
  const { compounds } = await (await http.get('/api/v1/compounds')).json() as { compounds: { id: number, openCases: number }[] }
  expect(compounds.map(({ id, openCases }) => [id, openCases])).toEqual([
    [12, 0],
    [11, 2],
  ])
  await db.sql`delete from cases`
})

it('compounds with a name are listed, with the signs that their posters could not print', async () => {
  const { compounds } = await (await http.get('/api/v1/compounds')).json() as { compounds: unknown[] }
  expect(compounds).toMatchObject([
    {
      id: 12,
      name: '纺织宿舍',
      community: '和平社区',
      missingSigns: [],
    },
    {
      id: 11,
      name: '和平新村',
      community: '和平社区',
      missingSigns: [],
    },
  ])
  expect(missingSigns('洑水 3 号院')).toEqual(['洑'])
})

it('a poster as PDF is one A4 page with the font in it and its words as text', async () => {
  const pdf = await bytesOf('/api/v1/compounds/11/poster.pdf')
  const source = pdf.toString('latin1')
  expect(source.startsWith('%PDF-')).toBe(true)
  expect(source.match(/\/Type \/Page\b/g)).toHaveLength(1)
  expect(source).toMatch(/\/FontFile[23]/)
  // The map from glyphs to signs, by which readers find and copy text: 和 is U+548C.
  expect(unpacked(pdf)).toContain('548c')
})

it('all posters are one file with a page for each', async () => {
  const pdf = await bytesOf('/api/v1/posters.pdf')
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(2)
})

it('a poster as PNG is A4 at 150 dpi and has ink where the name stands and where the code is', async () => {
  const png = await bytesOf('/api/v1/compounds/11/poster.png')
  const { width, height } = await sharp(png).metadata()
  expect([width, height]).toEqual([1240, 1754])
  const inkIn = async (left: number, top: number, wide: number, high: number) => {
    const { mean } = (await sharp(png).greyscale().extract({ left, top, width: wide, height: high }).stats()).channels[0]!
    return 1 - mean / 255
  }
  expect(await inkIn(308, 470, 624, 624)).toBeGreaterThan(0.25)
  expect(await inkIn(400, 1120, 440, 100)).toBeGreaterThan(0.1)
})

it('a long name gets smaller until it fits', () => {
  const marks = drawPoster({
    centre: null,
    compound: '第三棉纺织厂家属院北区职工宿舍第二管理处大院',
    community: null,
    url: 'http://x/report?c=1',
  })
  for (const mark of marks) {
    if (mark.is === 'text')
      expect(mark.x).toBeGreaterThanOrEqual(39)
  }
  expect(pageWidth).toBeCloseTo(595.28)
})

it('there is no poster of an unknown compound', async () => {
  expect((await http.get('/api/v1/compounds/999/poster.pdf')).status).toBe(404)
  expect((await http.get('/api/v1/compounds/999/poster.png')).status).toBe(404)
})
