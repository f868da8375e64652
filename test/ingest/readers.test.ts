import type { RowStream } from '../../server/ingest/read/rows.ts'
import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../../server/ingest/read/csv.ts'
import { splitCsv } from '../../server/ingest/read/csv-text.ts'
import { detectEncoding } from '../../server/ingest/read/encoding.ts'
import { readGeojson } from '../../server/ingest/read/geojson.ts'
import { openSource } from '../../server/ingest/read/input.ts'
import { readXlsx } from '../../server/ingest/read/xlsx.ts'
import { inPieces } from '../world/import.ts'
import { xlsx } from '../world/xlsx.ts'

async function rowsOf(stream: RowStream) {
  const rows = []
  for await (const batch of stream.rows)
    rows.push(...batch)
  return rows
}

const source = (content: string | Uint8Array, pieceBytes?: number) => openSource(inPieces(content, pieceBytes))
// 编号,姓名 / 1,张三 in GB18030
const gb18030 = Buffer.from('b1e0bac52cd0d5c3fb0d0a312cd5c5c8fd0d0a', 'hex')

describe('CSV', () => {
  const read = async (text: string | Uint8Array, pieceBytes?: number) => {
    const stream = await readCsv(await source(text, pieceBytes))
    return {
      headers: stream.headers,
      rows: (await rowsOf(stream)).map(({ at, cells, fault }) => fault
        ? `${at}: ${fault}`
        : [at, ...cells]),
    }
  }

  it('UTF-8 with a mark, GB18030 and UTF-16 are told apart', async () => {
    for (const bytes of [
      '\uFEFF编号,姓名\r\n1,张三\r\n',
      gb18030,
      Buffer.from('\uFEFF编号,姓名\r\n1,张三\r\n', 'utf16le'),
    ]) {
      expect(await read(bytes, 3)).toEqual({
        headers: ['编号', '姓名'],
        rows: [
          [2, '1', '张三'],
        ],
      })
    }
  })

  it('semicolons and tabs are delimiters too, empty lines are no rows and quotes hold line breaks', async () => {
    expect(await read('\n\na;b\n"1;\n""2""";3\n\n4;5\n')).toEqual({
      headers: ['a', 'b'],
      rows: [
        [4, '1;\n"2"', '3'],
        [7, '4', '5'],
      ],
    })
    expect((await read('a\tb\r1\t2\r')).rows).toEqual([
      [2, '1', '2'],
    ])
  })

  it('a quote that is never closed costs its row, not the rest of the file', async () => {
    expect(await read('a,b\n1,2\n"3,4\n5,6\n')).toEqual({
      headers: ['a', 'b'],
      rows: [
        [2, '1', '2'],
        expect.stringMatching(/^3: .*never closed/),
        [4, '5', '6'],
      ],
    })
  })

  it('a row with more cells than headers is named; trailing delimiters are not', async () => {
    expect((await read('a,b\n1,2,3\n4,5,,\n')).rows).toEqual([
      expect.stringMatching(/^2: .*3 cells under 2 headers/),
      [3, '4', '5', '', ''],
    ])
  })

  it('bytes that are no text are named by their row', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`编号,姓名\n1,${'张'.repeat(400_000)}\n2,`),
      Buffer.from([0xFF, 0xFE]),
      Buffer.from('\n3,李\n'),
    ])
    expect((await read(bytes)).rows.slice(1)).toEqual([
      expect.stringMatching(/^3: .*no text/),
      [4, '3', '李'],
    ])
  })

  it('an empty file says so', async () => {
    await expect(read('')).rejects.toThrow(/empty/)
    await expect(read(' \r\n\r\n')).rejects.toThrow(/empty/)
  })

  it('what any cells are written as, they are read as, however the text is cut', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', '张', ' ', ';'),
    })
    return fc.assert(fc.asyncProperty(fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { maxLength: 5 }), fc.integer({ min: 1, max: 9 }), async (table, size) => {
      const text = table.map(row => row.map(value => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n')
      const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? []
      const records = []
      for await (const batch of splitCsv((async function* () { yield* pieces })(), ','))
        records.push(...batch)
      expect(records.map(({ cells }) => cells)).toEqual(table)
    }))
  })
})

it('text that is only ASCII at first is UTF-8 or GB18030 by what comes later', async () => {
  const ascii = 'x'.repeat(300_000)
  expect(await detectEncoding(inPieces(Buffer.concat([
    Buffer.from(ascii),
    gb18030,
  ]))())).toBe('gb18030')
  expect(await detectEncoding(inPieces(`${ascii}编号`)())).toBe('utf-8')
  expect(await detectEncoding(inPieces(ascii)())).toBe('utf-8')
})

describe('Excel', () => {
  it('the first sheet is read, empty rows are skipped', async () => {
    const stream = await readXlsx(await source(xlsx([
      ['编号', '姓名'],
      [1, '张三'],
      [null, null],
      ['2', '李四'],
    ])))
    expect(stream.headers).toEqual(['编号', '姓名'])
    expect((await rowsOf(stream)).map(({ at, cells }) => [at, ...cells])).toEqual([
      [2, 1, '张三'],
      [4, '2', '李四'],
    ])
  })

  it('what is no workbook, an old one, an empty one and one too large are refused in words', async () => {
    const read = async (content: string | Uint8Array) => readXlsx(await source(content, 100_000))
    await expect(read('a,b\n')).rejects.toThrow(/cannot be read/)
    await expect(read(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).rejects.toThrow(/old \.xls/)
    await expect(read(xlsx([]))).rejects.toThrow(/empty/)
    await expect(read('')).rejects.toThrow(/empty/)
    await expect(read(new Uint8Array(21 * 1024 * 1024))).rejects.toThrow(/larger than 20 MiB/)
    const bomb = xlsx([
      ['a'],
    ])
    bomb.writeUInt32LE(2_000_000_000, bomb.lastIndexOf('PK\x01\x02') + 24)
    await expect(read(bomb)).rejects.toThrow(/unpacks to more than 400 MiB/)
  })
})

describe('GeoJSON', () => {
  const read = async (text: string) => rowsOf(readGeojson(await source(text, 7)))

  it('features come one by one with the names of their properties', async () => {
    const stream = readGeojson(await source('{"type":"FeatureCollection","name":"x","features":[{"type":"Feature","id":7,"properties":{"名":"}]\\""},"geometry":null},\n{"type":"Feature","properties":{"b":1},"geometry":{"type":"Point","coordinates":[1,2]}}]}', 7))
    expect((await rowsOf(stream)).map(({ at, cells }) => [at, ...cells])).toEqual([
      [1, 7, '}]"'],
      [2, undefined, undefined, 1],
    ])
    expect(stream.headers).toEqual(['id', '名', 'b'])
  })

  it.each([
    ['nothing', '', /empty/],
    ['a feature that is cut off', '{"type":"FeatureCollection","features":[{"type":"Feature"},\n{"type":"Fea', /cut off in feature 2, line 2/],
    ['a list that is not closed', '{"type":"FeatureCollection","features":[{"type":"Feature"}', /cut off/],
    ['a fault in a feature', '{"type":"FeatureCollection","features":[{"type":"Feature"},\n{"type":Feature}]}', /feature 2, line 2/],
    ['a single feature', '{"type":"Feature"}', /but a Feature/],
    ['a list', '[1,2]', /“\{” expected/],
    ['another coordinate system', '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},"features":[]}', /3857.*WGS84/],
  ])('%s is refused with the place', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message)
  })

  it('a member that is no feature is one bad row', async () => {
    expect((await read('{"type":"FeatureCollection","features":[5,{"type":"Feature","properties":null}]}')).map(({ fault }) => fault ?? 'fine')).toEqual([
      expect.stringContaining('no GeoJSON Feature'),
      'fine',
    ])
  })
})
