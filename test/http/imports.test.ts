import type { ImportColumns, ImportLine } from '#contract/import.ts'
import { Buffer } from 'node:buffer'
import { afterAll, afterEach, expect, it } from 'vitest'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { imported } from '../world/import.ts'
import { smallTown } from '../world/regions.ts'
import { xlsx } from '../world/xlsx.ts'

const { sql, drop } = await testDatabase()
const http = testHttp(sql)
afterEach(() => sql`truncate regions, cases, case_steps, case_numbers, events, import_mappings cascade`)
afterAll(drop)

const table = [
  '流水,诉求内容,正文,反映时间,联系电话,经度,纬度',
  'A1,楼道灯不亮,甲,2026-11-02 08:30,13800138000,117.002,36.602',
  'A2,夜里施工,乙,2026-11-03 21:00,,,',
  'A3,垃圾没清,丙,昨天,,,',
].join('\r\n')

function send(path: string, body: string | Uint8Array, as = http) {
  return as.request(`/api/v1/imports/cases${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: body as BodyInit,
  })
}
const columnsOf = async (body: string | Uint8Array) => await (await send('/columns', body)).json() as ImportColumns
async function run(body: string | Uint8Array, { dryRun = false, map = {}, as = http }: { dryRun?: boolean, map?: Record<string, string>, as?: typeof http } = {}) {
  const response = await send(`?${new URLSearchParams({
    dryRun: String(dryRun),
    map: JSON.stringify(map),
  })}`, body, as)
  expect(response.headers.get('Content-Type')).toBe('application/x-ndjson')
  const lines = (await response.text()).trimEnd().split('\n').map(line => JSON.parse(line) as ImportLine)
  return {
    last: lines.at(-1)!,
    changes: lines.flatMap(line => 'change' in line
      ? [line.change]
      : []),
    rejects: lines.flatMap(line => 'reject' in line
      ? [line.reject]
      : []),
  }
}
const numbered = { sourceRef: '流水' }

it('the columns of a file are guessed from its headers, with the first rows beside them', async () => {
  const { fields, sample, isRemembered } = await columnsOf(table)
  expect(Object.fromEntries(fields.map(({ field, header }) => [field, header]))).toMatchObject({
    sourceRef: null,
    content: '诉求内容',
    reportedAt: '反映时间',
    lng: '经度',
    address: null,
  })
  expect(sample[0]).toEqual([
    'A1',
    '楼道灯不亮',
    '甲',
    '2026-11-02 08:30',
    '13800138000',
    '117.002',
    '36.602',
  ])
  expect(isRemembered).toBe(false)
})

it('what somebody chose for such headers is remembered, in whatever order they come next', async () => {
  await run(table, {
    map: { ...numbered, content: '正文', lng: '' },
  })
  const reordered = '纬度,经度,联系电话,反映时间,正文,诉求内容,流水\n,,,,丁,戊,A9\n'
  const { fields, isRemembered } = await columnsOf(reordered)
  expect(isRemembered).toBe(true)
  expect(Object.fromEntries(fields.map(({ field, header }) => [field, header]))).toMatchObject({
    sourceRef: '流水',
    content: '正文',
    lng: null,
    lat: '纬度',
  })
})

it('a trial says what would change and writes nothing, not even the choice of columns', async () => {
  const { last, changes, rejects } = await run(table, { dryRun: true, map: numbered })
  expect(last).toMatchObject({
    summary: {
      created: 2,
      updated: 0,
      unchanged: 0,
      rejected: 1,
      unlocated: 1,
    },
  })
  expect(changes.map(({ what, ref }) => [what, ref])).toEqual([
    ['created', 'A1'],
    ['created', 'A2'],
  ])
  expect(rejects).toMatchObject([
    {
      at: 4,
      fields: ['reportedAt'],
      original: { 流水: 'A3' },
    },
  ])
  expect(await sql`select from cases`).toHaveLength(0)
  expect(await sql`select from import_mappings`).toHaveLength(0)
})

it('the same file twice changes nothing; a changed row is told before and after, a phone only that it changes', async () => {
  await imported(sql, 'regions', smallTown())
  await run(table, { map: numbered })
  expect((await run(table, { map: numbered })).last).toMatchObject({
    summary: { created: 0, updated: 0, unchanged: 2 },
  })
  const [{ content, ...event }] = [
    ...await sql`select count(*)::int as n, max(seq) as seq from events`,
  ] as [Record<string, unknown>]
  expect(content).toBeUndefined()
  const { changes } = await run(table.replace('楼道灯不亮', '楼道灯仍不亮').replace('13800138000', '13900139000'), { dryRun: true, map: numbered })
  expect(changes).toMatchObject([
    {
      what: 'updated',
      ref: 'A1',
      id: expect.stringMatching(/^GD/),
      fields: [
        { field: 'content', before: '楼道灯不亮', after: '楼道灯仍不亮' },
        { field: 'contactPhone', before: null, after: null },
      ],
    },
  ])
  expect(await sql`select count(*)::int as n, max(seq) as seq from events`).toMatchObject([event])
})

it('GB18030 and Excel are read as UTF-8 is', async () => {
  await run(table, { map: numbered })
  const gb18030 = Buffer.from('c1f7cbae2ccbdfc7f3c4dac8dd0d0a41392ccda3cbae0d0a', 'hex') // 流水,诉求内容 / A9,停水
  const read = await columnsOf(new Uint8Array(gb18030))
  expect([read.headers, read.sample]).toEqual([
    ['流水', '诉求内容'],
    [
      ['A9', '停水'],
    ],
  ])
  const cells = table.split('\r\n').map(line => line.split(',').map(cell => cell === ''
    ? null
    : cell))
  expect((await run(new Uint8Array(xlsx(cells)), { map: numbered })).last).toMatchObject({
    summary: { unchanged: 2, rejected: 1 },
  })
})

it('whoever keeps the accounts sees that cases change, not what they say', async () => {
  await run(table, { map: numbered })
  const { changes } = await run(table.replace('楼道灯不亮', '楼道灯仍不亮'), {
    dryRun: true,
    map: numbered,
    as: http.as('admin'),
  })
  expect(changes).toMatchObject([
    {
      content: '',
      fields: [
        { field: 'content', before: null, after: null },
      ],
    },
  ])
})

it('what is done is in the audit trail with its sum, a trial is not', async () => {
  const [{ before }] = await sql<[{ before: number }]>`select coalesce(max(seq), 0) as before from audit`
  await run(table, { dryRun: true, map: numbered })
  await run(table, { map: numbered })
  expect(await sql`select action, after from audit where seq > ${before}`).toEqual([
    {
      action: 'case.import',
      after: {
        created: 2,
        updated: 0,
        unchanged: 0,
        rejected: 1,
        unlocated: 1,
      },
    },
  ])
})

it('what is no table, too large, or names a column that is not there gets a clear answer', async () => {
  const pdf = await send('/columns', '{"type":"FeatureCollection"}')
  expect(pdf.status).toBe(422)
  expect(await pdf.json()).toMatchObject({
    detail: expect.stringContaining('CSV'),
  })
  expect((await send('/columns', '')).status).toBe(422)
  const large = await http.request('/api/v1/imports/cases', {
    method: 'POST',
    headers: {
      'Content-Length': String(30 * 2 ** 20),
    },
    body: 'x',
  })
  expect(large.status).toBe(413)
  expect(await large.json()).toMatchObject({ maxBytes: 20 * 2 ** 20 })
  expect((await run(table, {
    map: { content: '没有这列' },
  })).last).toEqual({
    failed: expect.stringContaining('没有这列'),
  })
  expect((await send('?map=nonsense', table)).status).toBe(422)
})
