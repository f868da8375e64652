import { createReadStream, existsSync } from 'node:fs'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { testDatabase } from '../world/database.ts'
import { counts, eventTypes, imported } from '../world/import.ts'
import { ifMissing, sharedData } from '../world/shared-data.ts'

vi.setConfig({ testTimeout: 120_000 })

const { sql, drop } = await testDatabase()
afterEach(() => sql`truncate streets, street_points, barriers, buildings, areas, map_labels, regions, cases, case_steps, events cascade`)
afterAll(drop)

const tsinghua = sharedData('osm-beijing-tsinghua/thu.osm')
const monaco = sharedData('osm-monaco/monaco.osm.gz')
const haidian = sharedData('streets-beijing-haidian/haidian-streets.geojson')
const baltimore = sharedData('complaints-baltimore-311/311_sample.csv')

function from(file: string) {
  return {
    input: () => createReadStream(file),
  }
}

it.skipIf(!existsSync(tsinghua))(`the Tsinghua extract: 637 walkable ways and 521 buildings, all inside its bounds${ifMissing(tsinghua)}`, async () => {
  const { rejected } = await imported(sql, 'osm', '', from(tsinghua))
  expect(rejected).toBe(0)
  const [streets] = await sql`
    select count(distinct id % (1::bigint << 42)) as ways, min(west) as west, max(east) as east, min(south) as south, max(north) as north
    from streets, lateral (select min(lng) as west, max(lng) as east from unnest(lngs) as lng) as x,
      lateral (select min(lat) as south, max(lat) as north from unnest(lats) as lat) as y
    where foot`
  expect(streets).toMatchObject({
    ways: 637,
    west: 116.3084,
    east: 116.332,
    south: 39.9905,
    north: 40.0123,
  })
  expect(await sql`select from buildings`).toHaveLength(521)
  expect(counts(await imported(sql, 'osm', '', from(tsinghua)))).toContain('0 created, 0 updated')
  expect(await eventTypes(sql)).toEqual(['basemap.imported basemap'])
})

it.skipIf(!existsSync(monaco))(`Monaco, gzipped and without bounds: streets, houses, water and rail${ifMissing(monaco)}`, async () => {
  const { created, rejected } = await imported(sql, 'osm', '', from(monaco))
  expect(created).toBeGreaterThan(2000)
  expect(rejected).toBe(0)
  const classes = await sql`select distinct class from areas order by class`
  expect(classes.map(row => row.class)).toEqual(expect.arrayContaining(['green', 'rail', 'water']))
  expect(counts(await imported(sql, 'osm', '', from(monaco)))).toContain('0 created, 0 updated')
})

it.skipIf(!existsSync(haidian))(`the Haidian subdistricts: 29 with their population, and a second time nothing${ifMissing(haidian)}`, async () => {
  expect(counts(await imported(sql, 'regions', '', from(haidian)))).toBe('29 created, 0 updated, 0 unchanged, 0 rejected')
  const [sum] = await sql`select count(*) as regions, sum(population)::integer as people, count(distinct left(id, 6)) as districts from regions where level = 'subdistrict'`
  expect(sum).toEqual({ regions: 29, people: 3_446_749, districts: 1 })
  expect(counts(await imported(sql, 'regions', '', from(haidian)))).toContain('29 unchanged')
})

it.skipIf(!existsSync(tsinghua) || !existsSync(haidian))(`the map first and its subdistricts later: every building finds its own${ifMissing(tsinghua)}`, async () => {
  await imported(sql, 'osm', '', from(tsinghua))
  await imported(sql, 'regions', '', from(haidian))
  const owners = await sql`select regions.name from buildings join regions on regions.id = buildings.subdistrict group by 1`
  expect(owners.map(row => row.name)).toEqual(expect.arrayContaining(['清华园街道', '燕园街道', '中关村街道']))
  expect(await sql`select from buildings where subdistrict = '000000000'`).toHaveLength(0)
})

it.skipIf(!existsSync(baltimore))(`the Baltimore 311 file: 10,000 cases, the 885 on 39,−77 without a place${ifMissing(baltimore)}`, async () => {
  const summary = await imported(sql, 'cases', '', from(baltimore))
  expect(counts(summary)).toBe('10000 created, 0 updated, 0 unchanged, 0 rejected')
  expect(summary.notes.join('\n')).toMatch(/-77,39: 885/)
  // 885 and 7 more on whole degrees, and 590 that have no coordinates at all
  expect(summary.unlocated).toBe(885 + 7 + 590)
  expect(await sql`select from cases where location is null`).toHaveLength(summary.unlocated!)
  const [first] = await sql`select status, content, reported_at from cases where source_ref = '18-00269879'`
  expect(first).toEqual({
    status: 'closed',
    content: 'TRT-Traffic Signal Repairs',
    reported_at: new Date('2018-04-12T03:11:26Z'),
  })
  expect(counts(await imported(sql, 'cases', '', from(baltimore)))).toContain('0 created, 0 updated, 10000 unchanged')
})
