import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../world/database.ts'
import { counts, eventTypes, imported } from '../world/import.ts'
import { collection, point, smallTown, square } from '../world/regions.ts'

const { sql, drop } = await testDatabase()
afterEach(() => sql`truncate regions, cases, case_steps, care_facilities, worksites, officers, renovation_zones, events cascade`)
afterAll(drop)

const regions = () => sql`select id, level, parent, name, subdistrict from regions order by id`

it('levels, parents and the subdistrict are told from codes, whatever the order in the file', async () => {
  const { features } = smallTown()
  expect(counts(await imported(sql, 'regions', collection(...features.toReversed())))).toBe('4 created, 0 updated, 0 unchanged, 0 rejected')
  expect((await regions()).map(row => Object.values(row).join(' '))).toEqual([
    '370102009 subdistrict  甸新街道 370102009',
    '370102009001 community 370102009 西社区 370102009',
    '370102009001001 grid 370102009001 西1网格 370102009',
    '370102009002 community 370102009 东社区 370102009',
  ])
})

it('a second import changes nothing; a changed population is one event with what changed', async () => {
  await imported(sql, 'regions', smallTown())
  expect(counts(await imported(sql, 'regions', smallTown()))).toBe('0 created, 0 updated, 4 unchanged, 0 rejected')
  const town = smallTown()
  Object.assign(town.features[1]!, {
    properties: {
      code: '370102009001',
      name: '西社区',
      总人口: '3,210',
      户数: 1200,
    },
  })
  expect(counts(await imported(sql, 'regions', town))).toBe('0 created, 1 updated, 3 unchanged, 0 rejected')
  const [event] = await sql`select type, data from events order by seq desc limit 1`
  expect(event).toMatchObject({
    type: 'region.corrected',
    data: {
      set: { population: 3210, households: 1200 },
    },
  })
  expect(counts(await imported(sql, 'regions', smallTown()))).toContain('4 unchanged')
})

describe('without codes', () => {
  const byNames = () => collection(
    square([116.3, 39.9], 0.1, {
      省: '北京市',
      市: '北京市',
      县: '海淀区',
      乡: '八里庄街道',
      population: 105119,
    }),
    square([116.4, 39.9], 0.1, {
      省: '北京市',
      市: '北京市',
      县: '海淀区',
      乡: '清河街道',
    }),
    square([116.3, 39.9], 0.05, { 县: '海淀区', 乡: '八里庄街道', 社区: '东社区' }),
    square([116.4, 39.9], 0.05, { 县: '海淀区', 乡: '清河街道', 社区: '东社区' }),
  )

  it('codes are made from the names: of the same district, the same again, and one name twice is two regions', async () => {
    await imported(sql, 'regions', byNames())
    const rows = await regions()
    expect(rows.map(({ level, name }) => `${level} ${name}`).sort()).toEqual([
      'community 东社区',
      'community 东社区',
      'subdistrict 八里庄街道',
      'subdistrict 清河街道',
    ])
    const subdistricts = rows.filter(({ level }) => level === 'subdistrict').map(({ id }) => id)
    expect(new Set(subdistricts.map(id => id.slice(0, 6))).size).toBe(1)
    expect(subdistricts.every(id => /^0\d{8}$/.test(id))).toBe(true)
    expect(rows.filter(({ level }) => level === 'community').map(({ parent }) => parent).sort()).toEqual(subdistricts.sort())
    expect(counts(await imported(sql, 'regions', byNames()))).toContain('0 created, 0 updated, 4 unchanged')
  })

  it('when the real district comes later, no region is doubled', async () => {
    await imported(sql, 'regions', byNames())
    await imported(sql, 'regions', collection(square([116.2, 39.8], 0.4, { 代码: '110108', 名称: '海淀区' })))
    expect((await regions()).filter(({ level }) => level === 'subdistrict').map(({ parent }) => parent)).toEqual(['110108', '110108'])
    expect(counts(await imported(sql, 'regions', byNames()))).toContain('0 created')
  })

  it('a level that nothing tells is asked for', async () => {
    const { rejects } = await imported(sql, 'regions', collection(square([117, 36], 0.1, { name: '东片' })))
    expect(rejects[0]!.reason).toContain('give a column level')
    expect((await imported(sql, 'regions', collection(square([117, 36], 0.1, { name: '东片', 类型: '社区' })))).created).toBe(1)
  })
})

it('bad boundaries are named with the place of the fault, good ones come in', async () => {
  const crossed = square([117, 36], 1, { code: '370102009', name: '错街道' })
  crossed.geometry.coordinates = [
    [
      [117, 36],
      [118, 37],
      [118, 36],
      [117, 37],
      [117, 36],
    ],
  ]
  const { rejects, created } = await imported(sql, 'regions', collection(
    crossed,
    square([36, 117], 0.1, { code: '370102008', name: '颠倒街道' }),
    square([200, 36], 0.1, { code: '370102007', name: '远街道' }),
    square([117, 36], 0.1, { code: '37010', name: '短街道' }),
    square([117, 36], 0.1, { code: '3701020061', name: '长街道' }),
    square([117, 36], 0.1, {}),
    point([117, 36], { code: '370102005', name: '点街道' }),
    square([117, 36], 0.1, { code: '370102004', name: '好街道' }),
    square([117, 36], 0.1, { code: '370102004', name: '又一街道' }),
  ))
  // 37010 is a code of one's own and passes.
  expect(created).toBe(2)
  expect(rejects.map(({ at, reason }) => `${at} ${reason.replace(/^.*· /, '')}`).sort()).toEqual([
    '1 the polygon crosses itself at lng 117.500000, lat 36.500000',
    '2 longitude and latitude look swapped: lng 36, lat 117. With columns, use --map lng=… --map lat=…',
    '3 the coordinates are out of range: lng 200, lat 36',
    '5 the code 3701020061 of “长街道” has 10 digits, a subdistrict has 9',
    '6 the region has neither a name nor a code',
    '7 the geometry is a Point, not a Polygon or MultiPolygon',
    '9 the code 370102004 was already in feature 8',
  ])
  expect(rejects.find(({ at }) => at === 1)!.reason).toContain('错街道')
})

it('a file that is cut off leaves nothing', async () => {
  const text = JSON.stringify(smallTown())
  await expect(imported(sql, 'regions', text.slice(0, -40))).rejects.toThrow(/cut off in feature 4/)
  expect(await regions()).toHaveLength(0)
  expect(await eventTypes(sql)).toEqual([])
})

it('what was there before its region is told where it lies, by events', async () => {
  await imported(sql, 'facilities', collection(point([117.002, 36.602], { id: 'F1', name: '西助餐点' })))
  await imported(sql, 'worksites', collection(point([117.012, 36.602], { id: 'W1', name: '东工地', 欠薪金额: 1000 })))
  await imported(sql, 'renovation', collection(square([117.011, 36.603], 0.002, { id: 'Z1', name: '东小区' })))
  await imported(sql, 'officers', '工号,姓名,责任网格\nO1,张三,西1网格\n')
  await imported(sql, 'cases', '工单编号,诉求内容,经度,纬度\nA,井盖损坏,117.002,36.602\nB,无处可寻,,\n')
  const [{ seq }] = await sql<[{ seq: number }]>`select max(seq) as seq from events`
  await imported(sql, 'regions', smallTown())
  expect((await eventTypes(sql, seq)).map(type => type.replace(/GD\d+/, 'GD')).sort()).toEqual([
    'case.regions-changed GD',
    'case.regions-changed GD',
    'facility.regions-changed F1',
    'officer.regions-changed O1',
    'region.imported 370102009',
    'region.imported 370102009001',
    'region.imported 370102009001001',
    'region.imported 370102009002',
    'worksite.regions-changed W1',
    'zone.regions-changed Z1',
  ])
  expect(await sql`select subdistrict, community, grid from cases order by source_ref`).toMatchObject([
    { subdistrict: '370102009', community: '370102009001', grid: '370102009001001' },
    { subdistrict: '370102009', community: null, grid: null },
  ])
  expect(await sql`select subdistrict, community, grid from officers`).toMatchObject([
    { subdistrict: '370102009', community: '370102009001', grid: '370102009001001' },
  ])
  const [moved] = await sql`select regions, left_regions, whole -> 'properties' ->> 'community' as community from events where type = 'facility.regions-changed'`
  expect(moved).toMatchObject({
    regions: ['370102009', '370102009001'],
    left_regions: ['000000000'],
    community: '370102009001',
  })
})
