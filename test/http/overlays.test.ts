import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CareFacilityCollection, CareFacilityFeature, OfficerCollection, RegionCollection, RenovationZoneCollection, WorksiteCollection } from '#contract/places.ts'
import { readEvents } from '../../db/queries/events.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { east, town, west } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql)

function square([lng, lat]: [number, number]) {
  return {
    type: 'Polygon' as const,
    coordinates: [
      [
        [lng, lat],
        [lng + 0.01, lat],
        [lng + 0.01, lat + 0.01],
        [lng, lat + 0.01],
        [lng, lat],
      ],
    ],
  }
}

beforeAll(async () => {
  const { sql } = db
  const box = ([lng, lat]: [number, number]) => sql`box(point(${lng}, ${lat}), point(${lng + 0.01}, ${lat + 0.01}))`
  for (const [id, level, parent, name, where] of [
    [
      `${town}001001`,
      'grid',
      `${town}001`,
      '第一网格',
      west,
    ],
    [
      town,
      'subdistrict',
      '990101',
      '镇街',
      west,
    ],
    [
      `${town}001`,
      'community',
      town,
      '西社区',
      west,
    ],
  ] as const) {
    await sql`
      insert into regions (subdistrict, id, level, parent, name, geometry, bounds, population, aged60)
      values (${town}, ${id}, ${level}, ${parent}, ${name}, ${sql.json(square([...where]))}, ${box([...where])}, 1000, 200)`
  }
  for (const [id, where, side] of [
    ['z1', west, '001'],
    ['z2', east, '002'],
  ] as const) {
    await sql`
      insert into renovation_zones (subdistrict, id, name, community, stage, progress, geometry, bounds, plan_start)
      values (${town}, ${id}, '改造区', ${town + side}, 'construction', 0.5, ${sql.json(square([...where]))}, ${box([...where])}, '2026-03-01')`
    await sql`
      insert into worksites (subdistrict, id, name, community, location, owed_yuan, owed_people, owed_since, warning)
      values (${town}, ${`s${id}`}, '工地', ${town + side}, point(${where[0]}, ${where[1]}), 120000, 12, '2026-09-30', 'red')`
    await sql`
      insert into care_facilities (subdistrict, id, name, kind, community, location, capacity)
      values (${town}, ${`f${id}`}, '日间照料中心', 'day-care', ${town + side}, point(${where[0]}, ${where[1]}), 30)`
    await sql`
      insert into officers (subdistrict, id, name, community, duty, location, seen_at)
      values (${town}, ${`o${id}`}, '网格员', ${town + side}, 'on', point(${where[0]}, ${where[1]}), now())`
  }
  await sql`insert into officers (subdistrict, id, name) values (${town}, 'unseen', '未上线')`
})

async function ids(path: string): Promise<string[]> {
  const response = await http.get(`/api/v1/${path}`)
  expect(response.headers.get('Content-Type')).toBe('application/geo+json')
  return ((await response.json()) as { features: { id: string }[] }).features.map(({ id }) => id)
}

it.each([
  ['regions', RegionCollection],
  ['renovation-zones', RenovationZoneCollection],
  ['worksites', WorksiteCollection],
  ['care-facilities', CareFacilityCollection],
  ['officers', OfficerCollection],
] as const)('%s are what the contract says', async (path, schema) => {
  const body = await (await http.get(`/api/v1/${path}`)).json()
  expect(schema.parse(body)).toEqual(body)
  expect((body as { features: unknown[] }).features).not.toHaveLength(0)
})

it('regions come coarse before fine and can be cut by level and parent', async () => {
  expect(await ids('regions')).toEqual([town, `${town}001`, `${town}001001`])
  expect(await ids('regions?level=grid')).toEqual([`${town}001001`])
  expect(await ids(`regions?parent=${town}`)).toEqual([`${town}001`])
})

it('layers can be cut by box and by region', async () => {
  const box = `${east[0] - 0.001},${east[1] - 0.001},${east[0] + 0.02},${east[1] + 0.02}`
  for (const [path, id] of [
    ['renovation-zones', 'z2'],
    ['worksites', 'sz2'],
    ['care-facilities', 'fz2'],
    ['officers', 'oz2'],
  ]) {
    expect(await ids(`${path}?bbox=${box}`)).toEqual([id])
    expect(await ids(`${path}?region=${town}002`)).toEqual([id])
  }
})

it('an officer who was never seen has no place', async () => {
  const { features } = OfficerCollection.parse(await (await http.get('/api/v1/officers')).json())
  expect(features.find(({ id }) => id === 'unseen')).toMatchObject({
    geometry: null,
    properties: { seenAt: null },
  })
})

describe('a facility', () => {
  const change = (body: object, id = 'fz1') => http.patch(`/api/v1/care-facilities/${id}`, body)
  const lastEvent = async () => (await readEvents(db.sql, 0, 1000)).at(-1)

  it('that closes is closed for everybody', async () => {
    const response = await change({ open: false })
    expect(CareFacilityFeature.parse(await response.json()).properties.open).toBe(false)
    expect(await lastEvent()).toMatchObject({
      type: 'facility.closed',
      id: 'fz1',
      regions: [town, `${town}001`],
      data: {
        set: { open: false },
      },
    })
  })

  it('that moves belongs to where it is', async () => {
    const response = await change({
      location: { lng: east[0], lat: east[1] },
    })
    expect(await response.json()).toMatchObject({
      geometry: { coordinates: east },
      properties: { community: `${town}002` },
    })
    expect(await lastEvent()).toMatchObject({
      type: 'facility.moved',
      leftRegions: [`${town}001`],
      data: {
        geometry: { coordinates: east },
        set: { community: `${town}002` },
      },
      whole: { id: 'fz1' },
    })
  })

  it('that opens with more places says both at once', async () => {
    await change({ open: true, capacity: 45 })
    expect(await lastEvent()).toMatchObject({
      type: 'facility.opened',
      data: {
        set: { open: true, capacity: 45 },
      },
    })
  })

  it('that stays as it is makes no event', async () => {
    const before = await lastEvent()
    expect((await change({ capacity: 45 })).status).toBe(200)
    expect(await lastEvent()).toEqual(before)
  })

  it('is not changed by what makes no sense', async () => {
    expect((await change({})).status).toBe(422)
    expect((await change({ capacity: -1 })).status).toBe(422)
    expect((await change({
      location: { lng: 2, lat: 48 },
    })).status).toBe(422)
    expect((await change({ open: true }, 'nowhere')).status).toBe(404)
  })
})

it('coverage passes its question on', async () => {
  const asked: unknown[] = []
  const rate = {
    numerator: 1,
    denominator: 2,
    unit: '人',
    source: 'test',
  }
  const coverage = {
    asOf: '2026-11-24T04:00:00Z',
    minutes: 10,
    speed: 0.64,
    wheelchair: true,
    crossing: 20,
    at: '6T18:30',
    kinds: ['meals' as const],
    rates: { facilities: rate, space: rate, people: rate },
    ages: [],
    bySubdistrict: [],
    byCommunity: [],
    byGrid: [],
    byKind: [],
    capacity: {
      places: 0,
      unknown: 0,
      perThousand: null,
      source: 'test',
    },
    byFacility: [],
    reach: { type: 'FeatureCollection' as const, features: [] },
    missed: { type: 'FeatureCollection' as const, features: [] },
  }
  const covered = testHttp(db.sql, {
    coverage: {
      compute: async (query) => { asked.push(query); return coverage },
    },
  })
  expect(await (await covered.get('/api/v1/coverage?minutes=10&speed=0.64&wheelchair=yes&crossing=20&at=6T18:30&kinds=meals,clinic&grids=yes')).json()).toEqual(coverage)
  await covered.get('/api/v1/coverage')
  expect(asked).toEqual([
    {
      minutes: 10,
      speed: 0.64,
      wheelchair: 'yes',
      crossing: 20,
      at: '6T18:30',
      kinds: ['meals', 'clinic'],
      grids: 'yes',
    },
    {
      minutes: 15,
      speed: 0.8,
      wheelchair: 'no',
      crossing: 0,
      at: '3T10:00',
      grids: 'no',
    },
  ])
  for (const wrong of [
    'minutes=0',
    'speed=0',
    'at=8T10:00',
    'at=24:00',
    'kinds=school',
    'kinds=',
    'wheelchair=1',
  ])
    expect((await covered.get(`/api/v1/coverage?${wrong}`)).status).toBe(422)
})
