import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { CallForecast } from '#contract/forecast.ts'
import { createRandom } from '../../server/demo/random.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { drawn } from '../world/drawn.ts'
import { testHttp } from '../world/http.ts'
import { town } from '../world/places.ts'
import { plantZone } from '../world/renovation.ts'
import { plantWorksite } from '../world/wages.ts'

const db = await testDatabase()
afterAll(db.drop)
// Half past midnight of 24 November in China is still the 23rd in UTC.
const http = testHttp(db.sql, {
  cases: {
    ...caseContext(db.sql),
    now: () => new Date('2026-11-24T00:30:00+08:00'),
  },
})

async function read(subject: string, as = http): Promise<CallForecast[]> {
  const response = await as.get(`/api/v1/forecasts/${subject}`)
  expect(response.status).toBe(200)
  return z.array(CallForecast).parse(await response.json())
}
let number = 0
async function call(place: { zone?: string, worksite?: string }, at: string, count = 1) {
  for (let i = 0; i < count; i++) {
    await db.sql`
      insert into cases (subdistrict, id, kind, source, status, topic, content, zone, worksite, reported_at)
      values (${town}, ${`f${number++}`}, 'property', 'hotline', 'closed', 'unspecified', '居民来电', ${place.zone ?? null},
        ${place.worksite ?? null}, ${at})`
  }
}

beforeAll(async () => {
  await plantZone(db.sql, 'a', 1)
  await plantZone(db.sql, 'b', 2, { community: `${town}002`, realStart: '2026-08-20' })
})

it('without a call nothing is forecast, and it is said why', async () => {
  const [forecast] = await read('zones')
  expect(forecast).toMatchObject({
    subdistrict: town,
    month: '2026-12',
    months: 0,
    outcome: 'too-few-months',
    rows: [],
  })
  expect(await read('worksites')).toEqual([])
})

it('months are China\'s, the running one is not counted, and neither is one that is known in part', async () => {
  // The last hours of December 2025 begin the history: January is its first whole month.
  await call({ zone: 'a' }, '2025-12-31T23:30:00+08:00')
  await call({ zone: 'a' }, '2026-01-01T00:10:00+08:00')
  for (let month = 1; month <= 10; month++) {
    await call({
      zone: month % 2
        ? 'a'
        : 'b',
    }, `2026-${String(month).padStart(2, '0')}-15T10:00:00+08:00`, 4)
  }
  await call({ zone: 'a' }, '2026-10-31T23:50:00+08:00', 2)
  await call({ zone: 'a' }, '2026-11-01T00:10:00+08:00', 9)
  const [forecast] = await read('zones')
  expect(forecast).toMatchObject({
    month: '2026-12',
    through: '2026-10',
    months: 10,
    calls: 1 + 40 + 2,
    level: 0.8,
  })
  expect(forecast!.rows.map(({ id, lastMonth, state }) => ({ id, lastMonth, state })).sort((a, b) => a.id < b.id
    ? -1
    : 1)).toEqual([
    { id: 'a', lastMonth: 2, state: 'unknown' },
    { id: 'b', lastMonth: 4, state: 'construction' },
  ])
  expect(forecast!.backtest!.months).toEqual([
    '2026-06',
    '2026-07',
    '2026-08',
    '2026-09',
    '2026-10',
  ])
})

it('a community sees its own zones, with the errors over all', async () => {
  const community = http.as('community', { region: `${town}002` })
  const [own] = await read('zones', community)
  const [all] = await read('zones')
  expect(own!.rows.map(({ id }) => id)).toEqual(['b'])
  expect(own!.backtest).toEqual(all!.backtest)
  expect(own!.total!.expected).toBeCloseTo(own!.rows[0]!.expected)
  expect(await read('zones', http.as('community', { region: `${town}009` }))).toEqual([])
})

it('a screen on the wall gets no forecast that is no better than a naive one; who sits at a desk gets it with what it is worth', async () => {
  const [forecast] = await read('zones')
  expect(forecast!.outcome).toBe('no-better')
  expect(await read('zones', http.as('wall'))).toEqual([])
})

it('sites are forecast from how far they are behind; a subject that there is not is refused', async () => {
  await plantWorksite(db.sql, 's1')
  await call({ worksite: 's1' }, '2026-03-03T10:00:00+08:00', 40)
  const [forecast] = await read('worksites')
  expect(forecast).toMatchObject({ subject: 'worksites', calls: 40 })
  expect(forecast!.rows).toMatchObject([
    { id: 's1', state: 'unknown', lastMonth: 0 },
  ])
  expect((await http.get('/api/v1/forecasts/officers')).status).toBe(422)
  expect((await http.as('grid').get('/api/v1/forecasts/zones')).status).toBe(403)
})

it('where stages tell the calls, the wall gets the forecast too', async () => {
  // Works bring about ten calls a month instead of one, in 16 zones that begin one after the other.
  const random = createRandom('wall')
  for (let zone = 0; zone < 16; zone++) {
    const begins = `2026-${String(1 + zone % 8).padStart(2, '0')}`
    await plantZone(db.sql, `w${zone}`, 4 + zone, { realStart: `${begins}-01` })
    for (let month = 1; month <= 10; month++) {
      const name = `2026-${String(month).padStart(2, '0')}`
      await call({ zone: `w${zone}` }, `${name}-10T09:00:00+08:00`, drawn(name < begins
        ? 1
        : 10, random))
    }
  }
  const [forecast] = await read('zones', http.as('wall'))
  expect(forecast).toMatchObject({ outcome: 'better', month: '2026-12' })
  expect(forecast!.backtest!.naive.every(({ beaten }) => beaten)).toBe(true)
})
