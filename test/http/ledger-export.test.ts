import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSheet } from 'read-excel-file/node'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { east, town, west } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql)
const path = '/api/v1/ledger/exports'
const reason = '周例会材料'

beforeAll(async () => {
  for (const [content, where, address] of [
    ['=HYPERLINK("http://x","电梯")停运', west, '3-2'],
    ['他说"漏水",还没修\n两天了', west, '三号楼'],
    ['广场舞噪声', east, null],
  ] as const) {
    expect((await http.post('/api/v1/cases', {
      content,
      location: { lng: where[0], lat: where[1] },
      ...(address && { address }),
      contact: { name: '张三', phone: '13800138000' },
    })).status).toBe(201)
  }
  await db.sql`update cases set source_ref = '202611240001234567' where content = '广场舞噪声'`
})

async function csv(query: string, body: object = {}, as = http): Promise<string> {
  const response = await as.post(`${path}?${query}`, { format: 'csv', reason, ...body })
  expect(response.status, await response.clone().text()).toBe(200)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
}

it('a CSV opens as UTF-8, runs no formula, keeps long numbers and what looks like a date, and names no caller', async () => {
  const text = await csv('sort=id')
  expect(text.startsWith('\uFEFF单号,来源单号,状态,')).toBe(true)
  expect(text).toContain(`"'=HYPERLINK(""http://x"",""电梯"")停运",3-2\t,`)
  expect(text).toContain('"他说""漏水"",还没修\n两天了"')
  expect(text).toContain(',202611240001234567\t,已受理,')
  expect(text).toMatch(/,\d{4}-\d\d-\d\d \d\d:\d\d,/)
  expect(text).toContain('duty (user-duty) 2026-11-24T04:00:00.000Z')
  expect(text).not.toContain('张三')
  expect(text).not.toContain('138001')
})

it('a workbook has texts as texts and times as times of China\'s clock', async () => {
  const response = await http.post(`${path}?sort=id`, { format: 'xlsx', reason })
  expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="ledger-20261124-1200.xlsx"')
  const rows = await readSheet(Buffer.from(await response.arrayBuffer()))
  const [header, first, , last] = rows
  expect(header!.slice(0, 3)).toEqual(['单号', '来源单号', '状态'])
  const of = (row: typeof header, title: string) => row![header!.indexOf(title)]
  expect(of(first, '诉求内容')).toBe('=HYPERLINK("http://x","电梯")停运')
  expect(of(last, '来源单号')).toBe('202611240001234567')
  expect(of(first, '受理时间')).toEqual(new Date('2026-11-24T12:00:00Z'))
  expect(of(first, '连续不满意')).toBe(0)
})

it('takes what the filter and the chosen numbers say, in English where asked', async () => {
  const text = await csv(`q=${encodeURIComponent('噪声')}`, { language: 'en' })
  expect(text.split('\r\n')).toHaveLength(3)
  expect(text).toContain('Number,Source number,State')
  expect(text).toContain(',Registered,')
  const [, id] = (await csv('sort=id')).match(/\r\n(GD\d+)/)!
  expect((await csv('', {
    ids: [id],
  })).split('\r\n')).toHaveLength(3)
})

it('each role takes out what it may see: its community, or no texts; whoever has no desk takes nothing', async () => {
  const community = await csv('', {}, http.as('community', { region: `${town}002` }))
  expect(community.split('\r\n')).toHaveLength(3)
  expect(community).toContain('广场舞噪声')
  const admin = await csv('', {}, http.as('admin'))
  expect(admin.split('\r\n')).toHaveLength(5)
  expect(admin).not.toMatch(/噪声,|漏水|202611240001234567/)
  for (const role of ['grid', 'wall'] as const)
    expect((await http.as(role).post(path, { format: 'csv', reason })).status).toBe(403)
  expect((await http.as('admin').post(`${path}?q=${encodeURIComponent('漏水')}`, { format: 'csv', reason })).status).toBe(403)
})

it('who took it, how much, by which filter and what for is on record', async () => {
  await csv(`q=${encodeURIComponent('漏水')}`)
  const [entry] = await db.sql`select actor, action, after from audit order by seq desc limit 1`
  expect(entry).toMatchObject({
    actor: 'user-duty',
    action: 'case.export',
    after: {
      rows: 1,
      reason,
      format: 'csv',
      query: `q=${encodeURIComponent('漏水')}`,
    },
  })
})

it.each([
  [
    { format: 'csv' },
    'reason',
  ],
  [
    { format: 'csv', reason: ' ' },
    'reason',
  ],
  [
    { format: 'pdf', reason },
    'format',
  ],
  [
    { format: 'csv', reason, ids: [] },
    'ids',
  ],
])('answers %j with what is wrong', async (body, field) => {
  const response = await http.post(path, body)
  expect(response.status).toBe(422)
  expect((await response.json() as { errors: { path: string }[] }).errors[0]!.path).toBe(field)
})
