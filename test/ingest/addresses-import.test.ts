import { Buffer } from 'node:buffer'
import { afterAll, afterEach, expect, it } from 'vitest'
import { loadPlaces } from '../../server/places/locate.ts'
import { testDatabase } from '../world/database.ts'
import { counts, eventTypes, imported } from '../world/import.ts'
import { smallTown } from '../world/regions.ts'

const { sql, drop } = await testDatabase()
afterEach(() => sql`truncate regions, addresses, events cascade`)
afterAll(drop)

const table = [
  '小区,楼栋,单元,路名,门牌号,地标,别名,经度,纬度,坐标系',
  '甸柳新村四区,3号楼,2单元,文化东路,20号,,,117.0021,36.6021,',
  '甸柳新村四区,5号楼,,,,,,117.0031,36.6031,',
  ',,,和平路,47号,,,117.0041,36.6041,高德',
  ',,,,,老校场,校场旧址、后门,117.0051,36.6051,',
].join('\r\n')

it('an address book makes its houses, doors and landmarks findable, also in a process that runs already', async () => {
  await imported(sql, 'regions', smallTown())
  const places = await loadPlaces(sql)
  expect(places.find({ address: '甸柳新村四区5号楼', content: '' })).toBeNull()
  expect(counts(await imported(sql, 'addresses', table))).toBe('4 created, 0 updated, 0 unchanged, 0 rejected')
  expect((await eventTypes(sql)).at(-1)).toBe('basemap.imported basemap')
  await places.refresh()
  expect(places.find({ address: '甸柳四区五栋', content: '' })?.location).toEqual([117.0031, 36.6031])
  expect(places.find({ address: '和平路47号', content: '' })?.location[0]).toBeCloseTo(116.998, 2)
  expect(places.find({ address: '校场旧址', content: '' })?.location).toEqual([117.0051, 36.6051])
})

it('again: nothing changes and nothing is told; the pair that came is kept with its datum', async () => {
  await imported(sql, 'addresses', table)
  const events = await eventTypes(sql)
  expect(counts(await imported(sql, 'addresses', table))).toBe('0 created, 0 updated, 4 unchanged, 0 rejected')
  expect(await eventTypes(sql)).toEqual(events)
  expect(counts(await imported(sql, 'addresses', table.replace('117.0031', '117.0032')))).toBe('0 created, 1 updated, 3 unchanged, 0 rejected')
  expect(await sql`select original_location, original_datum from addresses where road = '和平路'`).toMatchObject([
    {
      original_location: [117.0041, 36.6041],
      original_datum: 'gcj02',
    },
  ])
})

it('a row without a place, without a name, or met twice is refused with its reason', async () => {
  const { rejects, created } = await imported(sql, 'addresses', [
    '小区,楼栋,路名,门牌号,经度,纬度',
    '甲小区,1号楼,,,,',
    ',2号楼,,,117.002,36.602',
    '甲小区,3号楼,,,117.002,36.602',
    '甲小区,3号楼,,,117.003,36.602',
    '甲小区,4号楼,,,36.602,117.002',
  ].join('\n'))
  expect(created).toBe(1)
  expect(rejects.map(({ at, reason }) => `${at} ${reason.replace(/ · .*/, '')}`)).toEqual([
    '2 缺少坐标',
    '3 缺少小区、路名加门牌、地标或全称',
    '5 与第 4 行重复',
    '6 经纬度颠倒',
  ])
})

it('a file in GB18030 and one of GeoJSON points are read too', async () => {
  const gb18030 = Buffer.from('b5d8b1ea2cbeadb6c82cceb3b6c80a', 'hex') // 地标,经度,纬度
  const row = Buffer.from('c0cfd0a3b3a12c3131372e3030352c33362e3630350a', 'hex') // 老校场,117.005,36.605
  expect((await imported(sql, 'addresses', Buffer.concat([gb18030, row]))).created).toBe(1)
  const feature = {
    type: 'Feature',
    properties: { 地标: '老校场' },
    geometry: {
      type: 'Point',
      coordinates: [117.005, 36.605],
    },
  }
  expect(counts(await imported(sql, 'addresses', {
    type: 'FeatureCollection',
    features: [feature],
  }, { format: 'geojson' }))).toContain('1 unchanged')
})
