import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { listCareFacilities } from '../../db/queries/care-facilities.ts'
import { listOfficers } from '../../db/queries/officers.ts'
import { listRenovationZones } from '../../db/queries/renovation-zones.ts'
import { listWorksites } from '../../db/queries/worksites.ts'
import { testDatabase } from '../world/database.ts'
import { counts, imported, testPersonal } from '../world/import.ts'
import { collection, point, smallTown, square } from '../world/regions.ts'
import { xlsx } from '../world/xlsx.ts'

const { sql, drop } = await testDatabase()
afterEach(() => sql`truncate regions, care_facilities, worksites, officers, renovation_zones, events cascade`)
afterAll(drop)

const now = new Date('2026-11-24T02:00:00Z')
const lastEvent = async () => (await sql`select type, data, whole from events order by seq desc limit 1`)[0]!

describe('care facilities', () => {
  const clinic = (properties: object) => collection(point([117.002, 36.602], {
    编号: 'F1',
    名称: '甸新社区卫生服务站',
    建筑面积: '320㎡',
    ...properties,
  }))

  it('come in with the kind that their name says and the community in which they lie', async () => {
    await imported(sql, 'regions', smallTown())
    expect(counts(await imported(sql, 'facilities', clinic({})))).toBe('1 created, 0 updated, 0 unchanged, 0 rejected')
    const [facility] = await listCareFacilities(sql)
    expect(facility).toMatchObject({
      id: 'F1',
      properties: {
        kind: 'clinic',
        community: '370102009001',
        open: true,
        floorArea: 320,
        capacity: null,
      },
    })
    expect((await lastEvent()).data.feature).toEqual(facility)
  })

  it('again: nothing changes; a changed cell is an event with just that; a column that is not there leaves its value', async () => {
    await imported(sql, 'facilities', clinic({ 床位: 12 }))
    expect(counts(await imported(sql, 'facilities', clinic({ 床位: 12 })))).toContain('1 unchanged')
    expect(counts(await imported(sql, 'facilities', clinic({ 状态: '停业' })))).toContain('1 updated')
    expect(await lastEvent()).toMatchObject({
      type: 'facility.corrected',
      data: {
        set: { open: false },
      },
      whole: null,
    })
    expect((await listCareFacilities(sql))[0]!.properties).toMatchObject({ open: false, capacity: 12 })
  })

  it('as a table in GCJ-02 they land hundreds of metres away from where the numbers say', async () => {
    await imported(sql, 'facilities', '名称,类型,经度,纬度\n助餐一号,助餐点,117.002,36.602\n', { format: 'csv', crs: 'gcj02' })
    const [facility] = await listCareFacilities(sql)
    expect(facility!.geometry.coordinates[0]).toBeCloseTo(116.996, 2)
  })

  it('without an id the name is it: a moved one moves, two of one name are asked for ids', async () => {
    const meals = (lng: number) => point([lng, 36.6], { name: '长者食堂' })
    await imported(sql, 'facilities', collection(meals(117)))
    expect(counts(await imported(sql, 'facilities', collection(meals(117.01))))).toContain('0 created, 1 updated')
    const { rejects } = await imported(sql, 'facilities', collection(meals(117), meals(117.02)))
    expect(rejects[0]!.reason).toContain('need an id each')
  })

  it('unknown kinds, missing names and places are rejected one by one', async () => {
    const { rejects, created } = await imported(sql, 'facilities', collection(point([117, 36.6], { name: '甲' }), point([117, 36.6], { kind: 'clinic' }), {
      type: 'Feature',
      properties: { name: '诊所' },
      geometry: null,
    }, point([117, 36.6], { name: '乙', kind: 'clinic', capacity: 'many' }), point([117, 36.6], { name: '丙', kind: 'clinic' })))
    expect(created).toBe(1)
    expect(rejects.map(({ at, reason }) => `${at} ${reason}`)).toEqual([
      expect.stringMatching(/^1 .*kind of “甲” is unknown/),
      expect.stringMatching(/^2 .*name is missing/),
      expect.stringMatching(/^3 .*no location/),
      expect.stringMatching(/^4 .*“many” is not a whole number/),
    ])
  })
})

it('a renovation ledger comes in with stages, shares, 万元 and dates', async () => {
  await imported(sql, 'regions', smallTown())
  const ledger = collection(square([117.011, 36.603], 0.002, {
    '项目编号': 'Z1',
    '小区名称': '甸新一区',
    '阶段': '施工中',
    '形象进度': '45%',
    '同意率': 92,
    '总投资（万元）': '1,250',
    '计划竣工': '2026年12月31日',
    '建成年代': '1996年',
    '遗留问题': '',
    '备注': 'x',
  }))
  const { notes } = await imported(sql, 'renovation', ledger)
  expect(notes.join()).toContain('备注')
  const [zone] = await listRenovationZones(sql)
  expect(zone!.properties).toMatchObject({
    name: '甸新一区',
    stage: 'construction',
    progress: 0.45,
    consentRate: 0.92,
    fundsYuan: 12_500_000,
    planEnd: '2026-12-31',
    builtYear: 1996,
    openLeftovers: 0,
    community: '370102009002',
  })
  expect(counts(await imported(sql, 'renovation', ledger))).toContain('1 unchanged')
})

describe('zones that are there', () => {
  const zone = (id: string, lng: number, properties: object = {}) => square([lng, 36.603], 0.002, {
    项目编号: id,
    小区名称: `${id}小区`,
    ...properties,
  })
  const plant = async () => {
    await imported(sql, 'regions', smallTown())
    await imported(sql, 'renovation', collection(zone('Z1', 117.011, { 户数: 300 })))
  }

  it('take more from a table without places, found by name; a second time changes nothing, and the history tells both', async () => {
    await plant()
    const table = xlsx([
      ['小区名称', '施工单位', '同意率', '质保到期'],
      ['Z1小区', '示范建设一公司', '91%', '2028-05-01'],
      [
        '没有的小区',
        '示范建设一公司',
        '91%',
        '2028-05-01',
      ],
    ])
    const first = await imported(sql, 'renovation', table, { format: 'xlsx' })
    expect(counts(first)).toBe('0 created, 1 updated, 0 unchanged, 1 rejected')
    expect(first.rejects[0]!.reason).toContain('no geometry')
    const [kept] = await listRenovationZones(sql)
    expect(kept!.properties).toMatchObject({
      id: 'Z1',
      households: 300,
      contractor: '示范建设一公司',
      warrantyEnd: '2028-05-01',
    })
    expect(counts(await imported(sql, 'renovation', table, { format: 'xlsx' }))).toBe('0 created, 0 updated, 1 unchanged, 1 rejected')
    const history = await sql`select version, part, actor_name, before, after ->> 'contractor' as contractor from zone_changes where zone = 'Z1' order by version`
    expect(history).toMatchObject([
      { version: 0, part: 'import', before: null },
      {
        version: 1,
        actor_name: 'import',
        before: { contractor: null, consentRate: null, warrantyEnd: null },
        contractor: '示范建设一公司',
      },
    ])
  })

  it('keep what the ledger has in detail against a sum of the file', async () => {
    await plant()
    await sql`
      insert into zone_leftovers (subdistrict, id, zone, title, owner, due_on, state, opened_on)
      select subdistrict, 'l1', id, '楼道灯不亮', '示范建设一公司', '2026-12-01', 'open', '2026-11-01' from renovation_zones`
    await imported(sql, 'renovation', collection(zone('Z1', 117.011, { 遗留问题: 7, 批次: '2026年第一批' })))
    const [kept] = await listRenovationZones(sql)
    expect(kept!.properties).toMatchObject({ openLeftovers: 1, batch: '2026年第一批' })
  })

  it('are not overlapped, and rows with turned dates, negative sums or a place outside are rejected one by one', async () => {
    await plant()
    const { rejects, created } = await imported(sql, 'renovation', collection(zone('A', 117.0115), zone('B', 117.03), zone('C', 117.005, { 计划开工: '2026-05-01', 计划竣工: '2026-04-01' }), zone('D', 117.005, { 资金: -1 }), zone('E', 117.005, { 同意率: '120%' }), zone('F', 117.005), zone('G', 117.006)))
    expect(created).toBe(1)
    expect(rejects.map(({ at, reason }) => `${at} ${reason}`)).toEqual([
      expect.stringMatching(/^1 .*over the zone “Z1小区”/),
      expect.stringMatching(/^2 .*outside of the subdistrict/),
      expect.stringMatching(/^3 .*planEnd .*lies before/),
      expect.stringMatching(/^4 .*fundsYuan is negative/),
      expect.stringMatching(/^5 .*share from 0 to 100 %/),
      expect.stringMatching(/^7 .*over the zone “F小区”/),
    ])
  })

  it('do not come in crossing themselves: the row and the place are told, the rows beside it are kept', async () => {
    await imported(sql, 'regions', smallTown())
    const bow = zone('B', 117.008)
    const [ring] = (bow.geometry as { coordinates: [number, number][][] }).coordinates
    ;[ring![1], ring![2]] = [ring![2]!, ring![1]!]
    const { rejects, created } = await imported(sql, 'renovation', collection(zone('A', 117.002), bow, zone('C', 117.011)))
    expect(created).toBe(2)
    expect(rejects.map(({ at, reason }) => `${at} ${reason}`)).toEqual([
      expect.stringMatching(/^2 .*crosses itself at lng 117\.009\d*, lat 36\.604/),
    ])
    expect((await listRenovationZones(sql)).map(({ id }) => id)).toEqual(['A', 'C'])
  })
})

it('a worksite without a colour gets the default one: red when a month is still unpaid at the end of the next', async () => {
  const site = (id: string, properties: object) => point([117, 36.6], { id, name: `工地${id}`, ...properties })
  const sites = collection(site('1', { 欠薪金额: 50_000, 欠薪起始: '2026-09-01' }), site('2', { 欠薪金额: 50_000, 欠薪起始: '2026-11-01' }), site('3', { 在册人数: 100, 发薪人数: 80 }), site('4', { 在册人数: 100, 发薪人数: 100 }), site('5', { 预警: '红', 欠薪金额: 0 }))
  await imported(sql, 'worksites', sites, { now })
  expect((await listWorksites(sql)).map(({ properties }) => properties.warning)).toEqual(['red', 'yellow', 'red', 'none', 'red'])
  expect(counts(await imported(sql, 'worksites', sites, { now }))).toContain('5 unchanged')
})

describe('officers', () => {
  const table = '工号,姓名,手机,责任网格,技能,在岗\r\nA1,张三,13800138000,西1网格,电工;水暖,在岗\r\n'

  it('come in with the grid that they are given by name; their phones are sealed and reach no screen', async () => {
    await imported(sql, 'regions', smallTown())
    await imported(sql, 'officers', table)
    expect((await listOfficers(sql))[0]!.properties).toMatchObject({
      name: '张三',
      grid: '370102009001001',
      community: '370102009001',
      duty: 'on',
      skills: ['电工', '水暖'],
    })
    const [{ phone }] = await sql<[{ phone: Buffer }]>`select phone from officers`
    expect(phone.includes('13800138000')).toBe(false)
    expect(testPersonal.open(phone)).toBe('13800138000')
    expect(JSON.stringify(await sql`select data, whole from events`)).not.toContain('1380013')
  })

  it('again: nothing; a new phone is written and makes no event; a known position stays', async () => {
    await imported(sql, 'officers', table)
    await sql`update officers set location = point(117, 36.6)`
    expect(counts(await imported(sql, 'officers', table))).toContain('1 unchanged')
    const before = await lastEvent()
    expect(counts(await imported(sql, 'officers', table.replace('13800138000', '13900139000')))).toContain('1 updated')
    expect(await lastEvent()).toEqual(before)
    expect((await listOfficers(sql))[0]!.geometry).toEqual({
      type: 'Point',
      coordinates: [117, 36.6],
    })
  })

  it('Excel does as well, with numbers as numbers', async () => {
    await imported(sql, 'officers', xlsx([
      ['工号', '姓名', '手机'],
      [7, '李四', 13800138001],
    ]), { format: 'xlsx' })
    const [{ id, phone }] = await sql<[{ id: string, phone: Buffer }]>`select id, phone from officers`
    expect([
      id,
      testPersonal.open(phone),
    ]).toEqual(['7', '13800138001'])
  })
})

it('one id in two subdistricts is not one thing', async () => {
  await imported(sql, 'regions', collection(square([117, 36.6], 0.01, { code: '370102001', name: '甲街道' }), square([117.01, 36.6], 0.01, { code: '370102002', name: '乙街道' })))
  await imported(sql, 'facilities', collection(point([117.005, 36.605], { id: '1', name: '甲诊所' })))
  const { rejects } = await imported(sql, 'facilities', collection(point([117.015, 36.605], { id: '1', name: '乙诊所' })))
  expect(rejects[0]!.reason).toContain('belongs to “甲诊所” in subdistrict 370102001')
})
