import type { SmallMap } from '../world/osm-xml.ts'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../world/database.ts'
import { counts, eventTypes, imported } from '../world/import.ts'
import { osmXml } from '../world/osm-xml.ts'
import { collection, point, smallTown, square } from '../world/regions.ts'

const { sql, drop } = await testDatabase()
afterAll(drop)

/** A row of houses in 西社区, 10 m deep: 1 and 2 of 20 m, 3 of 40 m, all with six floors; 4 is a shop of 40 m. */
const row: SmallMap = { nodes: {}, ways: {} }
;[
  [1, 117.001, 20, 'apartments'],
  [2, 117.002, 20, 'apartments'],
  [3, 117.003, 40, 'apartments'],
  [4, 117.004, 40, 'retail'],
].forEach(([id, lng, metres, kind]) => {
  const [number, west] = [
    Number(id),
    Number(lng),
  ]
  const east = west + Number(metres) / 89_300
  const corners: [number, number][] = [
    [west, 36.601],
    [east, 36.601],
    [east, 36.60109],
    [west, 36.60109],
  ]
  corners.forEach((corner, i) => row.nodes[number * 10 + i] = corner)
  row.ways![number] = [
    [0, 1, 2, 3, 0].map(i => number * 10 + i),
    {
      'building': String(kind),
      'building:levels': '6',
    },
  ]
})

beforeEach(async () => {
  await sql`truncate regions, buildings, streets, areas, barriers, street_points, map_labels, events`
  await imported(sql, 'regions', smallTown())
  await imported(sql, 'osm', osmXml(row))
})

const people = async () => (await sql`select population, aged60 from buildings order by id`).map(({ population, aged60 }) => [population, aged60])

it('rows by building set its counts; those of one building add up; again, nothing changes', async () => {
  const table = '楼栋编号,户数,人口,60岁以上,单元数\nway/1,12,30,6,2\n2,10,20,,\n1,2,5,1,\n'
  expect(counts(await imported(sql, 'population', table))).toBe('0 created, 3 updated, 0 unchanged, 0 rejected')
  expect(await people()).toEqual([
    [35, 7],
    [20, null],
    [null, null],
    [null, null],
  ])
  expect(await sql`select households, units from buildings where id = 1`).toMatchObject([
    { households: 14, units: 2 },
  ])
  expect((await eventTypes(sql)).filter(type => type.startsWith('basemap'))).toHaveLength(2)
  expect(counts(await imported(sql, 'population', table))).toContain('3 unchanged')
  expect((await eventTypes(sql)).filter(type => type.startsWith('basemap'))).toHaveLength(2)
})

it('a map imported again keeps what the register said', async () => {
  await imported(sql, 'population', '楼栋,户数,人口,单元数\n1,12,30,2\n')
  expect(counts(await imported(sql, 'osm', osmXml(row)))).toContain('0 updated')
  expect(await sql`select households, population, units from buildings where id = 1`).toMatchObject([
    { households: 12, population: 30, units: 2 },
  ])
})

describe('shared out by floor area', () => {
  it('a polygon’s people go to its homes, not to the shop, and the summary says that it is an estimate', async () => {
    const { notes, ...summary } = await imported(sql, 'population', collection(square([117, 36.6], 0.0099, { 人口: 41, 老年人口: 8 })), { format: 'geojson' })
    expect(counts({ notes, ...summary })).toContain('1 updated')
    expect(notes.join()).toContain('an estimate: 41 people of 1 areas were shared out over 3 homes')
    expect(await people()).toEqual([
      [10, 2],
      [10, 2],
      [21, 4],
      [null, null],
    ])
  })

  it('a community’s figures become its own too, by an event; a new figure is shared out anew', async () => {
    await imported(sql, 'population', '社区,人口,60岁及以上\n西,40,8\n')
    expect(await people()).toEqual([
      [10, 2],
      [10, 2],
      [20, 4],
      [null, null],
    ])
    expect(await sql`select population, aged60 from regions where id = '370102009001'`).toMatchObject([
      { population: 40, aged60: 8 },
    ])
    expect(await eventTypes(sql)).toContain('region.corrected 370102009001')
    expect(counts(await imported(sql, 'population', '社区,人口,60岁及以上\n西社区,40,8\n'))).toContain('1 unchanged')
    await imported(sql, 'population', '社区代码,人口,60岁及以上\n370102009001,80,8\n')
    expect((await people()).map(([population]) => population)).toEqual([20, 20, 40, null])
  })

  it('what a register said of single houses is not overwritten by their community’s sum', async () => {
    await imported(sql, 'population', '楼栋,人口\n1,33\n')
    await imported(sql, 'population', '社区,人口\n西社区,40\n')
    expect((await people()).map(([population]) => population)).toEqual([33, null, null, null])
  })

  it('more people than the known homes can hold are not squeezed in: the map is not whole', async () => {
    const { rejects } = await imported(sql, 'population', collection(square([117, 36.6], 0.0099, { 人口: 100_000 })), { format: 'geojson' })
    expect(rejects[0]!.reason).toMatch(/100000 people in the 3 known homes would have 0\.0 m² each/)
    expect((await people()).flat().every(value => value === null)).toBe(true)
  })
})

it('points count for the house around them or the nearest within 50 m', async () => {
  const { rejects } = await imported(sql, 'population', collection(point([117.00105, 36.60105], { 人口: 3 }), point([117.002, 36.6008], { 人口: 4 }), point([117.00101, 36.60101], { 人口: 2 }), point([117.009, 36.609], { 人口: 9 })), { format: 'geojson' })
  expect((await people()).map(([population]) => population)).toEqual([5, 4, null, null])
  expect(rejects.map(({ at, reason }) => `${at} ${reason}`)).toEqual([
    expect.stringContaining('4 附近没有建筑'),
  ])
})

it('houses and regions that are not there, and rows without a count, are rejected', async () => {
  const { rejects } = await imported(sql, 'population', '楼栋,社区,人口\n99,,5\n,南社区,5\n1,,\n,,5\nx,,5\n')
  expect(rejects.map(({ at, reason }) => `${at} ${reason.replace(/^.*· /, '')}`)).toEqual([
    '2 there is no building 99: import osm first',
    '3 no imported region is called “南社区” (or several are)',
    '4 the row has no count',
    '5 neither a building nor a region nor a place is given',
    '6 “x” is no OSM id of a building, as 123456 or relation/123',
  ])
})
