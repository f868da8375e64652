import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, it, vi } from 'vitest'
import { readArguments } from '../../server/ingest/cli/arguments.ts'
import { detectFormat } from '../../server/ingest/cli/detect-format.ts'
import { RejectsFile } from '../../server/ingest/cli/rejects-file.ts'
import { testDatabase } from '../world/database.ts'
import { osmPbf } from '../world/osm-pbf.ts'
import { xlsx } from '../world/xlsx.ts'

// Each call starts a process, which on a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

const { sql, url, drop } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'huizhi-cli-'))
afterAll(async () => {
  await drop()
  await rm(folder, { recursive: true })
})

async function run(...args: string[]) {
  const child = spawn(process.execPath, [
    join(import.meta.dirname, '../../server/ingest/cli.ts'),
    ...args,
  ], {
    cwd: folder,
    env: {
      ...process.env,
      INIT_CWD: folder,
      DATABASE_URL: url,
      DATA_DIR: folder,
      LOG_LEVEL: 'warn',
    },
  })
  let output = ''
  child.stdout.on('data', chunk => output += chunk)
  child.stderr.on('data', chunk => output += chunk)
  const [code] = await once(child, 'exit')
  return { code, output }
}

async function place(name: string, content: string | Uint8Array) {
  await writeFile(join(folder, name), content)
  return name
}

it('a file is imported from the folder where the command was called; its bad rows lie beside it, to be mended and imported', async () => {
  const file = await place('工单.csv', '工单编号,诉求内容,备注\n1,停水,甲\n2,,"乙,""丙"""\n')
  const first = await run('cases', file)
  expect(first).toMatchObject({
    code: 0,
    output: expect.stringMatching(/created 1 \/ 更新 updated 0 \/ 未变 unchanged 0 \/ 拒绝 rejected 1/),
  })
  const rejects = await readFile(join(folder, '工单.csv.rejects.csv'), 'utf8')
  expect(rejects).toBe('\uFEFFline,reason,工单编号,诉求内容,备注\r\n3,缺少诉求内容 · content is missing,2,,"乙,""丙"""\r\n')
  await place('mended.csv', rejects.replace('2,,', '2,停电,'))
  expect((await run('cases', 'mended.csv')).output).toContain('created 1')

  await place('工单.csv', '工单编号,诉求内容\n1,停水\n')
  expect((await run('cases', file)).output).toContain('unchanged 1')
  expect(existsSync(join(folder, '工单.csv.rejects.csv'))).toBe(false)
})

it('a dry run says so and writes nothing', async () => {
  const before = await sql`select from cases`
  const { code, output } = await run('cases', await place('dry.csv', '工单编号,诉求内容\n77,停水\n'), '--dry-run')
  expect([code, output]).toEqual([
    0,
    expect.stringContaining('dry run: nothing was written'),
  ])
  expect(await sql`select from cases`).toHaveLength(before.length)
})

it('not one usable row, or an input that cannot be read, is an error in one line', async () => {
  const results = [
    await run('facilities', await place('none.geojson', '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":null}]}')),
    await run('osm', await place('cut.osm', '<osm version="0.6"><node id="1" lat="1" lon="1"/>')),
    await run('cases', 'missing.csv'),
    await run('cases', '.'),
  ]
  expect(results.map(({ code }) => code)).toEqual([1, 1, 1, 1])
  const last = results.map(({ output }) => output.trim().split('\n').at(-1))
  expect(last).toEqual([
    expect.stringContaining('Not one row'),
    expect.stringContaining('XML error in line 1'),
    expect.stringContaining('There is no file'),
    expect.stringContaining('is a folder'),
  ])
  expect(await readFile(join(folder, 'none.geojson.rejects.jsonl'), 'utf8')).toContain('"at":1')
})

it('a wrong call says how it is done', () => {
  const wrong = (...args: string[]) => expect(() => readArguments(args))
  wrong().toThrow(/npm run import -- KIND FILE/)
  wrong('cases').toThrow(/npm run import -- KIND FILE/)
  wrong('people', 'x').toThrow(/no KIND “people”/)
  wrong('cases', 'x', '--crs', 'utm').toThrow(/--crs must be one of/)
  wrong('cases', 'x', '--map', 'content').toThrow(/FIELD=COLUMN, not “content”/)
  wrong('cases', 'x', '--map', 'inhalt=x').toThrow(/no field “inhalt”/)
  wrong('cases', 'x', '--fast').toThrow(/--fast/)
  expect(readArguments([
    'cases',
    'x.csv',
    '--map',
    'content=正文',
    '--map',
    'lng=X',
    '--crs',
    'gcj02',
    '--dry-run',
  ]))
    .toEqual({
      kind: 'cases',
      file: 'x.csv',
      dryRun: true,
      crs: 'gcj02',
      map: { content: '正文', lng: 'X' },
    })
})

it('a file that is of another KIND is recognised', async () => {
  const osm = await place('map.osm', '<osm version="0.6"></osm>')
  expect((await run('cases', osm)).output).toContain('imported as KIND osm')
})

it('the first bytes tell the format, whatever the name', () => {
  const small = {
    nodes: {
      1: [1, 1] as [number, number],
    },
  }
  expect(detectFormat('a.csv', xlsx([
    ['a'],
  ]))).toBe('xlsx')
  expect(detectFormat('a.xml', osmPbf(small))).toBe('osm-pbf')
  expect(detectFormat('a.csv', Buffer.from('\uFEFF<?xml version="1.0"?><osm/>'))).toBe('osm-xml')
  expect(detectFormat('a.gz', gzipSync('<osm/>'))).toBe('osm-xml')
  expect(detectFormat('a.txt', Buffer.from(' {"type":"FeatureCollection"}'))).toBe('geojson')
  expect(detectFormat('a.csv', Buffer.from('a,b'))).toBe('csv')
  expect(() => detectFormat('a.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toThrow(/old \.xls/)
  expect(() => detectFormat('a.csv', Buffer.of())).toThrow(/empty/)
})

it('where the folder cannot be written to, the rejects go to the temporary folder', async () => {
  const rejects = new RejectsFile(join(folder, 'not-there', 'x.geojson'), false)
  rejects.write({
    at: 3,
    reason: 'why',
    original: { a: 1 },
  })
  const place = rejects.close()!
  expect(place.isElsewhere).toBe(true)
  expect(await readFile(place.path, 'utf8')).toBe('{"at":3,"reason":"why","original":{"a":1}}\n')
  await rm(place.path)
})
