import type { BoardAt, BoardPositions } from '#contract/board.ts'
import type { CaseFeature } from '#contract/case.ts'
import type { LogEvent } from '#contract/live.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { applyEvents, emptyLayers, replaceLayers } from '../../client/state/layers.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town, west } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql, {
  cases: {
    ...caseContext(db.sql),
    now: () => new Date(),
  },
})
beforeAll(async () => {
  await db.sql`
    insert into events (subdistrict, seq, at, type, id, data)
    values (${town}, 1, '2026-01-04T00:00:00Z', 'case.removed', 'nothing', '{"gone": true}')`
})
const location = { lng: west[0], lat: west[1] }

async function newCase(content: string): Promise<string> {
  return (await (await http.post('/api/v1/cases', { content, location })).json() as CaseFeature).id
}
async function act(id: string, action: string, input: object = {}) {
  const answer = await http.post(`/api/v1/cases/${id}/actions/${action}`, input)
  expect(answer.status, await answer.clone().text()).toBe(200)
}
/** A moment that lies between what was done before and after. */
async function mark(): Promise<string> {
  await new Promise(resolve => setTimeout(resolve, 15))
  const [{ at }] = await db.sql<[{ at: Date }]>`select clock_timestamp() as at`
  await new Promise(resolve => setTimeout(resolve, 15))
  return at.toISOString()
}
async function boardAt(at: string): Promise<BoardAt> {
  const answer = await http.get(`/api/v1/board?at=${at}`)
  expect(answer.status, await answer.clone().text()).toBe(200)
  return await answer.json() as BoardAt
}
function statuses({ layers }: BoardAt) {
  return Object.fromEntries(layers.cases!.features.map(({ id, properties }) => [id, properties.status]))
}

it('a moment of the past shows each case as it stood then, and its events lead on to the present', async () => {
  await db.sql`insert into officers (subdistrict, id, name, duty) values (${town}, 'w1', '王网格', 'on')`
  const before = await newCase('楼道灯不亮')
  const first = await mark()
  const later = await newCase('电梯停运')
  await act(before, 'dispatch', { assignee: 'w1' })
  const second = await mark()
  await act(before, 'accept')

  const board = await boardAt(first)
  expect(statuses(board)).toEqual({ [before]: 'registered' })
  expect(statuses(await boardAt(second))).toEqual({ [before]: 'dispatched', [later]: 'registered' })
  expect(statuses(await boardAt(await mark()))).toEqual({ [before]: 'accepted', [later]: 'registered' })

  // The same reducer as on every screen brings it to what is now.
  const layers = emptyLayers()
  replaceLayers(layers, board.layers, new Map())
  const { events } = await (await http.get(`/api/v1/events?after=${board.seq}&limit=5000`)).json() as { events: LogEvent[] }
  applyEvents(layers, events, new Map())
  const now = await boardAt(await mark())
  expect(layers.cases.get(before)).toEqual(now.layers.cases!.features.find(({ id }) => id === before))
  expect([
    ...layers.cases.keys(),
  ].sort()).toEqual(Object.keys(statuses(now)).sort())
})

it('what was closed that day is on the board of that day though nothing happened to it since, and on no other', async () => {
  const id = await newCase('井盖松动')
  await db.sql`
    insert into cases
    select (jsonb_populate_record(cases, '{"id": "OLD1", "status": "closed", "reported_at": "2026-01-05T02:00:00Z", "closed_at": "2026-01-05T06:00:00Z"}')).*
    from cases where id = ${id}`

  expect(statuses(await boardAt('2026-01-05T08:00:00Z'))).toEqual({ OLD1: 'closed' })
  expect(statuses(await boardAt('2026-01-05T17:00:00Z'))).toEqual({}) // midnight in China has passed
  expect(statuses(await boardAt(await mark()))).not.toHaveProperty('OLD1')
})

it('before the log began there is nothing to show, and the future is refused', async () => {
  expect((await http.get('/api/v1/board?at=2001-01-01T00:00:00Z')).status).toBe(404)
  const answer = await http.get('/api/v1/board?at=2999-01-01T00:00:00Z')
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({
    errors: [
      { path: 'at' },
    ],
  })
  expect((await http.get('/api/v1/board?at=yesterday')).status).toBe(422)
})

it('an officer stands in the past without a place: where he is now is not where he was', async () => {
  await db.sql`
    insert into officers (subdistrict, id, name, duty, location, seen_at)
    values (${town}, 'w9', '李网格', 'on', point(${west[0]}, ${west[1]}), now())`
  const { layers } = await boardAt(await mark())
  expect(layers.officers!.features.find(({ id }) => id === 'w9')).toMatchObject({
    geometry: null,
    properties: { duty: 'on', seenAt: null },
  })
})

it('where everybody was comes from the tracks, a place every half minute, for whoever may read tracks, and each look is on record', async () => {
  await db.sql`create table if not exists officer_tracks_20261101 partition of officer_tracks for values from ('2026-11-01T00:00:00+08:00') to ('2026-11-02T00:00:00+08:00')`
  const row = (officer: string, at: string, lng: number) => db.sql`
    insert into officer_tracks (subdistrict, officer, seen_at, location, device)
    values (${town}, ${officer}, ${`2026-11-01T09:${at}+08:00`}, point(${lng}, 36.65), 'd')`
  await row('w1', '00:00', 116.95)
  await row('w1', '00:10', 116.96)
  await row('w1', '00:40', 116.97)
  await row('w2', '00:05', 117.05)
  await row('w2', '59:00', 117.06)
  const asked = (from: string, to: string, as = http) => as.get(`/api/v1/board/positions?from=2026-11-01T${from}%2B08:00&to=2026-11-01T${to}%2B08:00`)

  const { rows, keptDays } = await (await asked('09:00:00', '09:30:00')).json() as BoardPositions
  expect(rows.map(([officer, lng]) => [officer, lng])).toEqual([
    ['w2', 117.05],
    ['w1', 116.96],
    ['w1', 116.97],
  ])
  expect(keptDays).toBe(30)
  expect((await db.sql`select action, after from audit order by seq desc limit 1`)[0]).toEqual({
    action: 'officer.tracks',
    after: { officers: 2, places: 3 },
  })
  expect((await asked('09:00:00', '09:30:00', http.as('community', { region: town }))).status).toBe(403)
  expect((await asked('09:00:00', '09:30:00', http.as('wall'))).status).toBe(403)
  for (const [from, to] of [
    ['09:00:00', '09:00:00'],
    ['09:00:00', '11:00:00'],
  ] as const)
    expect((await asked(from, to)).status).toBe(422)
})
