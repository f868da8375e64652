import type { CareFacilityFeature } from '#contract/places.ts'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { readEvents } from '../../db/queries/events.ts'
import { changeFacility } from '../../server/care/change-facility.ts'
import { startCoverageService, usualQuery } from '../../server/care/coverage-service.ts'
import { createLog } from '../../server/log.ts'
import { loadPlaces } from '../../server/places/locate.ts'
import { testDatabase } from '../world/database.ts'
import { eventually } from '../world/eventually.ts'

/**
 * One street of 1,000 m, due east. A house with 30 elders at its west end, one with 20 at its east end, a facility beside the
 * first: at 0.8 m/s 15 minutes reach 720 m, so the 20 are outside until a second facility opens at their end.
 */
const degree = 111_320
const west = 117.05
const lat = 36.66
const metres = Math.cos(lat * Math.PI / 180) * degree
const east = west + 1000 / metres

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
  const { sql } = database
  await sql`
    insert into streets (subdistrict, id, class, foot, nodes, lngs, lats, bounds)
    values ('990101001', 1, 'residential', true, '{1,2}', ${[west, east]}, ${[lat, lat]}, box(point(${west}, ${lat}), point(${east}, ${lat})))`
  await house(1, west, 30)
  await house(2, east, 20)
  await sql`
    insert into care_facilities (subdistrict, id, name, kind, location, open)
    values ('990101001', 'a', '西头日间照料中心', 'day-care', point(${west + 5 / metres}, ${lat}), true),
           ('990101001', 'b', '东头助餐点', 'meals', point(${east - 5 / metres}, ${lat}), false)`
})
afterAll(() => database.drop())

async function house(id: number, lng: number, aged60: number) {
  const size = 5 / degree
  const south = lat + 2 * size
  const ring = [
    [lng, south],
    [lng + size, south],
    [lng + size, south + size],
    [lng, south + size],
    [lng, south],
  ]
  await database.sql`
    insert into buildings (subdistrict, id, geometry, centre, bounds, households, population, aged60)
    values (
      '990101001', ${id}, ${database.sql.json({
        type: 'Polygon',
        coordinates: [ring],
      })},
      point(${lng + size / 2}, ${south + size / 2}), box(point(${lng}, ${south}), point(${lng + size}, ${south + size})), 20, 60, ${aged60}
    )`
}

/** Ends with the test, so that the next one's service is the one that publishes. */
function start() {
  const service = startCoverageService({
    sql: database.sql,
    databaseUrl: database.url,
    log: createLog('silent'),
  })
  onTestFinished(service.stop)
  return service
}

async function stored() {
  return (await database.sql<{ id: string }[]>`select id from coverage_features order by id`).map(({ id }) => id)
}

it('the house at the far end is missed, and a screen that follows the log learns it', async () => {
  const service = start()
  await service.idle()
  const { rates, missed } = await service.compute(usualQuery)
  expect(rates.people).toMatchObject({ numerator: 30, denominator: 50 })
  expect(missed.features.map(({ properties }) => properties.people)).toEqual([20])
  expect(await stored()).toEqual([
    'missed-2',
    'reach-10',
    'reach-15',
    'reach-5',
    'summary',
  ])
  const events = await readEvents(database.sql, 0, 100)
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['coverage.computed']))
})

it('who walks faster gets there', async () => {
  const { rates } = await start().compute({ ...usualQuery, speed: 1.2 })
  expect(rates.people).toMatchObject({ numerator: 50, denominator: 50 })
})

it('a second process that computes the same publishes nothing', async () => {
  const before = await readEvents(database.sql, 0, 1000)
  await start().idle()
  expect(await readEvents(database.sql, 0, 1000)).toHaveLength(before.length)
})

it('a facility that opens takes its house out of the missed, as events', async () => {
  const service = start()
  await service.idle()
  const head = (await readEvents(database.sql, 0, 1000)).at(-1)!.seq
  const changed = await changeFacility({ sql: database.sql, places: await loadPlaces(database.sql) }, 'b', { open: true }) as { changed: CareFacilityFeature }
  expect(changed.changed.properties.open).toBe(true)
  service.onEvents([
    { type: 'facility.opened' },
  ])
  await eventually(async () => !(await stored()).includes('missed-2'), { what: 'the house is still missed' })
  const events = (await readEvents(database.sql, head, 1000)).filter(({ type }) => type.startsWith('coverage.'))
  expect(events.find(({ id }) => id === 'missed-2')?.data).toEqual({ gone: true })
  expect(events.find(({ id }) => id === 'summary')?.data.feature?.properties.rates).toMatchObject({
    people: { numerator: 50, denominator: 50 },
  })
})

it('a facility that closes, or has more places, is in the figures of every screen at once', async () => {
  const service = start()
  await service.idle()
  const places = await loadPlaces(database.sql)
  const summary = async () => {
    const [row] = await database.sql<{ properties: { rates: { people: { numerator: number } } } }[]>`
      select properties
      from coverage_features
      where id = 'summary'`
    return row!.properties.rates.people.numerator
  }
  expect(await summary()).toBe(50)
  const before = (await service.compute(usualQuery)).capacity.places
  await changeFacility({ sql: database.sql, places }, 'b', { capacity: 77 })
  service.onEvents([
    { type: 'facility.changed' },
  ])
  await eventually(async () => (await service.compute(usualQuery)).capacity.places > before, { what: 'the new places are not counted' })
  await changeFacility({ sql: database.sql, places }, 'b', { open: false })
  service.onEvents([
    { type: 'facility.closed' },
  ])
  await eventually(async () => await summary() < 50, { what: 'the wall still counts the closed facility' })
  expect(await stored()).toContain('missed-2')
})

it('an event that cannot change the answer costs nothing', async () => {
  const service = start()
  await service.idle()
  const asked = await service.compute(usualQuery)
  service.onEvents([
    { type: 'case.registered' },
  ])
  expect(await service.compute(usualQuery)).toBe(asked)
})
