import { Buffer } from 'node:buffer'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../world/database.ts'
import { counts, eventTypes, imported, testPersonal } from '../world/import.ts'
import { collection, smallTown, square } from '../world/regions.ts'
import { xlsx } from '../world/xlsx.ts'

const { sql, drop } = await testDatabase()
afterEach(() => sql`truncate regions, cases, case_steps, case_numbers, renovation_zones, events cascade`)
afterAll(drop)

const table = [
  '工单编号,诉求内容,诉求类别,来源,状态,紧急程度,地址,反映时间,办结时间,经度,纬度,联系人,联系电话,是否满意',
  'JN1,楼道灯不亮,物业管理,12345热线,办理中,一般,甸新路3号,2026-11-02 08:30,,117.002,36.602,张三,13800138000,',
  'JN2,拖欠工资,欠薪,网格员上报,已结案,紧急,,2026/11/1,2026/11/5 17:00,,,,,满意',
].join('\r\n')

it('work orders come in with kind, source, state, time, place and sealed contact', async () => {
  await imported(sql, 'regions', smallTown())
  expect(await imported(sql, 'cases', table)).toMatchObject({ created: 2, rejected: 0, unlocated: 1 })
  const [first, second] = await sql`select * from cases order by source_ref`
  expect(first).toMatchObject({
    kind: 'property',
    source: 'hotline',
    status: 'in-progress',
    urgency: 'normal',
    address: '甸新路3号',
    community: '370102009001',
    grid: '370102009001001',
    location: [117.002, 36.602],
    reported_at: new Date('2026-11-02T00:30:00Z'),
  })
  expect(testPersonal.open(first!.contact_phone)).toBe('13800138000')
  expect(second).toMatchObject({
    kind: 'wages',
    source: 'grid',
    status: 'closed',
    urgency: 'urgent',
    satisfied: true,
    location: null,
    closed_at: new Date('2026-11-05T09:00:00Z'),
  })
  expect(JSON.stringify(await sql`select data from events`)).not.toContain('1380013')
})

it('again: nothing changes, no event; a changed row is one event', async () => {
  await imported(sql, 'cases', table)
  const events = await eventTypes(sql)
  expect(counts(await imported(sql, 'cases', table))).toBe('0 created, 0 updated, 2 unchanged, 0 rejected')
  expect(await eventTypes(sql)).toEqual(events)
  expect(counts(await imported(sql, 'cases', table.replace('楼道灯不亮', '楼道灯仍不亮')))).toBe('0 created, 1 updated, 1 unchanged, 0 rejected')
})

it('whether it was solved is another question than whether they are satisfied, and a later answer is a change', async () => {
  const rows = (answer: string) => `工单编号,诉求内容,状态,是否满意,是否解决\r\nS1,漏水,已办结,满意,${answer}\r\nS2,路灯,已办结,不满意,已解决\r\nS3,井盖,已办结,,\r\n`
  await imported(sql, 'cases', rows('部分解决'))
  const asked = () => sql`select satisfied, solved from cases where source_ref in ('S1', 'S2', 'S3') order by source_ref`
  expect(await asked()).toEqual([
    { satisfied: true, solved: false },
    { satisfied: false, solved: true },
    { satisfied: null, solved: null },
  ])
  expect(counts(await imported(sql, 'cases', rows('已解决')))).toBe('0 created, 1 updated, 2 unchanged, 0 rejected')
  expect((await asked())[0]).toEqual({ satisfied: true, solved: true })
})

it('GB18030, a byte order mark and Excel give the same cases', async () => {
  await imported(sql, 'cases', table)
  // The same table in GB18030, as Excel in China saves CSV.
  const gb18030 = Buffer.from(encodeGb18030(table))
  expect(counts(await imported(sql, 'cases', gb18030))).toContain('0 created, 0 updated, 2 unchanged')
  expect(counts(await imported(sql, 'cases', `\uFEFF${table}`))).toContain('2 unchanged')
  const cells = table.split('\r\n').map(line => line.split(',').map(cell => cell === ''
    ? null
    : cell))
  expect(counts(await imported(sql, 'cases', xlsx(cells), { format: 'xlsx' }))).toContain('2 unchanged')
})

it('unknown columns are named once; --map names the content; without it the message says how', async () => {
  await expect(imported(sql, 'cases', '流水号,详情\n1,停水\n')).rejects.toThrow(/--map content=COLUMN/)
  const { notes, created } = await imported(sql, 'cases', '流水号,详情,天气\n1,停水,晴\n2,停电,雨\n', {
    map: { content: '详情' },
  })
  expect(created).toBe(2)
  expect(notes.filter(note => note.includes('天气'))).toHaveLength(1)
  await expect(imported(sql, 'cases', '流水号,详情\n1,停水\n', {
    map: { content: '正文' },
  })).rejects.toThrow(/no column “正文”/)
  await expect(imported(sql, 'cases', '流水号,详情\n1,停水\n', {
    map: { contents: '详情' },
  })).rejects.toThrow(/no field “contents”/)
})

it('bad rows are named by line and reason, the good ones come in', async () => {
  const { rejects, created } = await imported(sql, 'cases', '工单编号,内容,反映时间,经度,纬度\n1,好,2026-11-01,117,36.6\n2,,2026-11-01,117,36.6\n3,坏时间,昨天,117,36.6\n4,颠倒,2026-11-01,36.6,117.1\n5,远,2026-11-01,317,36.6\n1,重复,2026-11-01,,\n6,半个,2026-11-01,117,\n')
  expect(created).toBe(1)
  expect(rejects.map(({ at, reason }) => `${at} ${reason.replace(/^.*· /, '')}`)).toEqual([
    '3 content is missing',
    expect.stringContaining('4 reportedAt “昨天” is not a time'),
    expect.stringContaining('5 longitude and latitude look swapped'),
    expect.stringContaining('6 the coordinates are out of range'),
    '7 the number 1 was already in row 2',
    '8 only one of longitude and latitude is given',
  ])
  expect(rejects[0]!.original).toEqual({
    工单编号: '2',
    内容: '',
    反映时间: '2026-11-01',
    经度: '117',
    纬度: '36.6',
  })
})

it('an unknown category or channel is no reason to refuse a complaint', async () => {
  const { created, notes } = await imported(sql, 'cases', '内容,类别,来源\n甲,宇宙,飞鸽\n')
  expect(created).toBe(1)
  expect(notes.join()).toContain('became “other”')
})

it('rows without a number are told apart by what they say', async () => {
  const rows = '内容,反映时间\n停水,2026-11-01\n停水,2026-11-02\n停水,2026-11-01\n'
  const first = await imported(sql, 'cases', rows)
  expect(counts(first)).toBe('2 created, 0 updated, 0 unchanged, 1 rejected')
  expect(counts(await imported(sql, 'cases', rows))).toContain('0 created, 0 updated, 2 unchanged')
})

describe('placeholders for “nowhere”', () => {
  const rows = (count: number, lng: number, lat: number, address: (i: number) => string, from = 0) => Array.from({ length: count }, (_, i) => `${from + i},停水,${address(i)},${lng},${lat}`)
  const file = (...lines: string[][]) => [
    '编号,内容,地址,经度,纬度',
    ...lines.flat(),
  ].join('\n')

  it('0,0 and whole degrees are no places', async () => {
    const { unlocated, notes } = await imported(sql, 'cases', file(rows(3, 0, 0, i => `甲${i}`), rows(2, -77, 39, i => `乙${i}`, 10), rows(4, 117.1234, 36.6, i => `丙${i}`, 20)))
    expect(unlocated).toBe(5)
    expect(notes.join()).toContain('0,0: 3; -77,39: 2')
    expect(await sql`select from cases where location is null`).toHaveLength(5)
  })

  it('one point for many addresses is none; one address that complains often keeps its place', async () => {
    const { unlocated } = await imported(sql, 'cases', file(rows(30, 117.12, 36.65, i => `街${i}号`), rows(30, 117.13, 36.65, () => '甸新小区', 100), rows(100, 117.14, 36.6, i => `路${i}号`, 1000).map((line, i) => line.replace('117.14', String(117.14 + i / 1000)))))
    expect(unlocated).toBe(30)
  })
})

it('a place outside of every known region stays on the map, in the care of the only subdistrict', async () => {
  await imported(sql, 'regions', smallTown())
  await imported(sql, 'cases', '编号,内容,经度,纬度\n1,远方,120.5,30.2\n')
  expect(await sql`select location, subdistrict, community from cases`).toMatchObject([
    {
      location: [120.5, 30.2],
      subdistrict: '370102009',
      community: null,
    },
  ])
})

it('the pair that came is kept with its datum', async () => {
  await imported(sql, 'cases', '编号,内容,经度,纬度,坐标系\n1,甲,117.002,36.602,\n2,乙,117.002,36.602,百度\n', { crs: 'gcj02' })
  const [gcj, bd] = await sql`select original_location, original_datum, location from cases order by source_ref`
  expect([gcj!.original_location, gcj!.original_datum, bd!.original_datum]).toEqual([
    [117.002, 36.602],
    'gcj02',
    'bd09',
  ])
  expect(gcj!.location[0]).toBeCloseTo(116.996, 2)
})

it('a renovation zone that comes later is told to the cases in it', async () => {
  await imported(sql, 'cases', '编号,内容,经度,纬度\n1,漏水,117.012,36.604\n')
  await imported(sql, 'renovation', collection(square([117.011, 36.603], 0.002, { id: 'Z1', name: '甸新一区' })))
  expect(await sql`select zone from cases`).toMatchObject([
    { zone: 'Z1' },
  ])
  expect((await eventTypes(sql)).at(-1)).toMatch(/^case\.regions-changed GD/)
})

it('a dry run of thousands leaves no case and no number behind', async () => {
  const lines = Array.from({ length: 2500 }, (_, i) => `${i},停水 ${i}`)
  expect(counts(await imported(sql, 'cases', ['编号,内容', ...lines].join('\n'), { dryRun: true }))).toContain('2500 created')
  expect(await sql`select from cases`).toHaveLength(0)
  expect(await sql`select from case_numbers`).toHaveLength(0)
  expect(counts(await imported(sql, 'cases', ['编号,内容', ...lines].join('\n')))).toContain('2500 created')
})

/** There is no encoder for GB18030 here, so the characters of the table are looked up by decoding all two-byte codes. */
function encodeGb18030(text: string): number[] {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<string, number[]>()
  for (let high = 0x81; high <= 0xFE; high++) {
    for (let low = 0x40; low <= 0xFE; low++)
      codes.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  }
  return [...text].flatMap(character => character.charCodeAt(0) < 0x80
    ? [
        character.charCodeAt(0),
      ]
    : codes.get(character)!)
}
