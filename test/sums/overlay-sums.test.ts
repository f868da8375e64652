import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SiteSums, ZoneSums } from '#contract/sums.ts'
import { sumSites } from '../../server/sums/site-sums.ts'
import { sumZones } from '../../server/sums/zone-sums.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town } from '../world/places.ts'
import { square } from '../world/regions.ts'
import { plantCall, plantZone } from '../world/renovation.ts'
import { plantWorksite } from '../world/wages.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql, {
  cases: caseContext(db.sql),
})
const grid = `${town}001001`

beforeAll(async () => {
  await db.sql`
    insert into regions (subdistrict, id, level, name, geometry, bounds)
    values (${town}, ${grid}, 'grid', '第一网格', ${JSON.stringify(square([116.91, 36.6], 0.02, {}).geometry)}::text::jsonb, box(point(116.91, 36.6), point(116.93, 36.62)))`
  await plantZone(db.sql, 'a', 0, { households: 100, openLeftovers: 3, consentRate: 0.5 })
  await plantZone(db.sql, 'b', 1, { households: 200, consentRate: 0.5 })
  await plantZone(db.sql, 'far', 20, { households: 50, community: `${town}002`, openLeftovers: 1 })
  await db.sql`
    insert into zone_consents (subdistrict, zone, nr, building, households, agreed)
    values (${town}, 'a', 0, '1号楼', 60, 48), (${town}, 'a', 1, '2号楼', 40, 22)`
  await plantCall(db.sql, 'c1', 'a', { kind: 'utilities', day: '2026-11-24' })
  await plantCall(db.sql, 'c2', 'a', { kind: 'utilities', day: '2026-10-26' })
  await plantCall(db.sql, 'c3', 'a', { kind: 'utilities', day: '2026-10-25' })
  await plantCall(db.sql, 'c4', 'far', { kind: 'utilities', day: '2026-11-01' })
  for (const id of ['w1', 'w2'])
    await plantWorksite(db.sql, id)
  await plantWorksite(db.sql, 'w3', `${town}002`)
  await db.sql`update worksites set owed_yuan = 500, owed_people = 4, warning = 'red', dispute = true, workers = 10, payees = 6 where id = 'w1'`
  await db.sql`update worksites set workers = 8 where id = 'w2'`
  await db.sql`update worksites set location = point(116.915, 36.605) where id = 'w2'`
})

const zones = async (query = '', as = http) => ZoneSums.parse(await (await as.get(`/api/v1/renovation-sums${query}`)).json())
const sites = async (query = '', as = http) => SiteSums.parse(await (await as.get(`/api/v1/worksite-sums${query}`)).json())

describe('renovation zones added up', () => {
  it('by community: homes that agreed by building where that is kept, else by the imported rate; calls of thirty days', async () => {
    const sums = await zones()
    expect(sums.since).toBe('2026-10-26')
    expect(sums.rows).toEqual([
      {
        region: `${town}001`,
        sums: {
          zones: 2,
          zonesWithLeftovers: 1,
          leftovers: 3,
          households: 300,
          calls: 2,
          consented: 70 + 100,
          asked: 300,
          zonesAsked: 2,
        },
      },
      {
        region: `${town}002`,
        sums: {
          zones: 1,
          zonesWithLeftovers: 1,
          leftovers: 1,
          households: 50,
          calls: 1,
          consented: 0,
          asked: 0,
          zonesAsked: 0,
        },
      },
    ])
    expect(sums.total).toMatchObject({
      zones: 3,
      leftovers: 4,
      calls: 3,
      consented: 170,
      asked: 300,
      zonesAsked: 2,
    })
  })

  it('by grid: one in no grid is counted, and said to be in none', async () => {
    const sums = await zones('?by=grid&days=31')
    expect(sums.rows.map(({ region, sums: of }) => [region, of.zones, of.calls])).toEqual([
      [grid, 2, 3],
      [null, 1, 1],
    ])
  })

  it('are those of its own for a community, the total too; a grid worker does not get them', async () => {
    const own = await zones('', http.as('community', { region: `${town}002` }))
    expect(own.rows.map(({ region }) => region)).toEqual([`${town}002`])
    expect(own.total.zones).toBe(1)
    expect((await http.as('grid').get('/api/v1/renovation-sums')).status).toBe(403)
  })

  it.each([
    '?days=0',
    '?days=731',
    '?days=x',
    '?by=house',
  ])('%s is refused', async (query) => {
    expect((await http.get(`/api/v1/renovation-sums${query}`)).status).toBe(422)
  })
})

describe('worksites added up', () => {
  it('by community: who was paid counts where people at work and paid are both told', async () => {
    expect((await sites()).rows).toEqual([
      {
        region: `${town}001`,
        sums: {
          sites: 2,
          owing: 1,
          owedYuan: 500,
          owedPeople: 4,
          red: 1,
          yellow: 0,
          disputes: 1,
          paid: 6,
          workers: 10,
        },
      },
      {
        region: `${town}002`,
        sums: {
          sites: 1,
          owing: 0,
          owedYuan: 0,
          owedPeople: 0,
          red: 0,
          yellow: 0,
          disputes: 0,
          paid: 0,
          workers: 0,
        },
      },
    ])
  })

  it('by grid, and for a community those of its own', async () => {
    expect((await sites('?by=grid')).rows.map(({ region, sums: of }) => [region, of.sites])).toEqual([
      [null, 2],
      [grid, 1],
    ])
    expect((await sites('', http.as('community', { region: `${town}002` }))).total.sites).toBe(1)
  })
})

it('nothing adds up to nothing', () => {
  expect(Object.values(sumZones([])).every(value => value === 0)).toBe(true)
  expect(Object.values(sumSites([])).every(value => value === 0)).toBe(true)
})
