import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let planner: ReturnType<ReturnType<typeof testHttp>['as']>
beforeAll(async () => {
  database = await testDatabase()
  planner = testHttp(database.sql).as('planner')
  for (const [code, west] of [
    ['990101001', 117],
    ['990101002', 117.5],
  ] as const) {
    const ring = [
      [west, 36],
      [west + 0.01, 36],
      [west + 0.01, 36.01],
      [west, 36.01],
      [west, 36],
    ]
    await database.sql`
      insert into regions (subdistrict, id, level, name, geometry, bounds, aged60)
      select ${code}, ${code} || suffix, level, level, ${database.sql.json({
        type: 'Polygon',
        coordinates: [ring],
      })}, box(point(${west}, 36), point(${west + 0.01}, 36.01)), 9
      from (values ('', 'subdistrict'), ('001', 'community'), ('001001', 'grid')) as given (suffix, level)`
    await database.sql`
      insert into buildings (subdistrict, id, geometry, centre, bounds, aged60)
      values (${code}, ${west * 10}, ${database.sql.json({
        type: 'Polygon',
        coordinates: [ring],
      })}, point(${west}, 36), box(point(${west}, 36), point(${west + 0.01}, 36.01)), 7)`
    await database.sql`
      insert into care_facilities (subdistrict, id, name, kind, location)
      values (${code}, ${`F${code}`}, '日间照料中心', 'day-care', point(${west + 0.005}, 36.005))`
  }
})
afterAll(() => database.drop())

const content = {
  settings: {
    minutes: 15,
    speed: 0.8,
    wheelchair: false,
    crossing: 0,
    at: '3T10:00',
    kinds: ['day-care'],
    decay: {
      shape: 'steps',
      steps: [1, 0.68, 0.22],
    },
  },
  changes: [
    {
      do: 'move',
      facility: 'F1',
      lng: 117.001,
      lat: 36.002,
    },
    {
      do: 'bridge',
      from: [117, 36],
      to: [117.001, 36.001],
    },
  ],
}

it('a plan is saved under a name, found by its link, replaced and removed', async () => {
  const input = {
    name: ' 北岸加一处 ',
    subdistrict: null,
    basis: 'b',
    content,
  }
  const created = await planner.post('/api/v1/plan-scenarios', input)
  expect(created.status).toBe(201)
  const saved = await created.json()
  expect(saved).toMatchObject({ name: '北岸加一处', author: 'planner', content })
  const path = `/api/v1/plan-scenarios/${saved.id}`
  expect(await (await planner.get(path)).json()).toEqual(saved)
  const put = (path: string, body: unknown) => planner.request(path, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  })
  expect((await put(path, { ...input, name: '改名' })).status).toBe(200)
  expect((await (await planner.get('/api/v1/plan-scenarios')).json()).map(({ name }: { name: string }) => name)).toEqual(['改名'])
  expect((await put('/api/v1/plan-scenarios/none', input)).status).toBe(404)
  expect((await planner.request(path, { method: 'DELETE' })).status).toBe(204)
  expect((await planner.get(path)).status).toBe(404)
})

it('a plan with a walking speed of zero, or with changes that nobody knows, is refused', async () => {
  const refused = async (content: unknown) => (await planner.post('/api/v1/plan-scenarios', {
    name: 'x',
    subdistrict: null,
    basis: 'b',
    content,
  })).status
  expect(await refused({
    ...content,
    settings: { ...content.settings, speed: 0 },
  })).toBe(422)
  expect(await refused({
    ...content,
    changes: [
      { do: 'fly' },
    ],
  })).toBe(422)
  expect(await refused({
    ...content,
    changes: [
      {
        do: 'move',
        facility: 'F1',
        lng: 300,
        lat: 0,
      },
    ],
  })).toBe(422)
})

it('only planners change plans; the duty desk reads them, the others do not', async () => {
  const input = {
    name: 'x',
    subdistrict: null,
    basis: 'b',
    content,
  }
  const duty = testHttp(database.sql).as('duty')
  expect((await duty.post('/api/v1/plan-scenarios', input)).status).toBe(403)
  expect((await duty.get('/api/v1/plan-scenarios')).status).toBe(200)
  const grid = testHttp(database.sql).as('grid')
  expect((await grid.get('/api/v1/plan-data')).status).toBe(403)
})

it('the data of one subdistrict hold its people, of all hold everybody\'s, and the basis changes with a facility', async () => {
  const read = async (query = '') => await (await planner.get(`/api/v1/plan-data${query}`)).json()
  const all = await read()
  expect(all.records.buildings).toHaveLength(2)
  expect(all.communities.map(({ id, aged60 }: any) => [id, aged60])).toEqual([
    ['990101001001', 9],
    ['990101002001', 9],
  ])
  const one = await read('?subdistrict=990101001')
  expect(one.records.buildings.map(({ aged60 }: any) => aged60)).toEqual([7])
  expect(one.facilities.map(({ id, grid }: any) => [id, grid])).toEqual([
    ['F990101001', '990101001001001'],
  ])
  expect(one.grids).toHaveLength(1)
  expect(one.basis).toBe(all.basis)
  await database.sql`update care_facilities set open = false where id = 'F990101001'`
  expect((await read()).basis).not.toBe(all.basis)
  expect((await planner.get('/api/v1/plan-data?subdistrict=1')).status).toBe(404)
})

it('a browser\'s layers come back as a GeoPackage; a layer with a name that the file keeps for itself is refused at its field', async () => {
  const feature = (layer: string) => ({
    type: 'Feature',
    id: 'a',
    geometry: {
      type: 'Point',
      coordinates: [117, 36],
    },
    properties: { layer, people: 3 },
  })
  const ask = (layer: string) => planner.post('/api/v1/plan-geopackages', {
    name: '方案一',
    facts: { minutes: 15 },
    features: [
      feature(layer),
    ],
  })
  const answer = await ask('missed')
  expect(answer.status).toBe(200)
  expect(new TextDecoder().decode((await answer.arrayBuffer()).slice(0, 15))).toBe('SQLite format 3')
  for (const layer of ['plan', 'gpkg_contents', 'a"b', '']) {
    const refused = await ask(layer)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      errors: [
        { path: 'features.0.properties.layer' },
      ],
    })
  }
})
