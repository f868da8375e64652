import type { CaseFeature } from '#contract/case.ts'
import type { LedgerBulkResult } from '#contract/ledger.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readEvents } from '../../db/queries/events.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { east, town, west } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql)

beforeAll(async () => {
  await db.sql`insert into officers (subdistrict, id, name) values (${town}, 'w1', '王网格'), (${town}, 'w2', '李网格')`
})

async function newCase([lng, lat] = west): Promise<{ id: string, version: number }> {
  const { id, properties } = await (await http.post('/api/v1/cases', {
    content: '电梯停运',
    location: { lng, lat },
  })).json() as CaseFeature
  return { id, version: properties.version }
}
async function bulk(body: object, { as = http, headers = {} } = {}): Promise<LedgerBulkResult[]> {
  const response = await as.post('/api/v1/ledger/actions', body, headers)
  expect(response.status, await response.clone().text()).toBe(200)
  return (await response.json() as { results: LedgerBulkResult[] }).results
}
function dispatch(cases: object[], assignee = 'w1') {
  return {
    action: 'dispatch',
    input: { assignee },
    cases,
  }
}

it('cases are given out together, each with its own event, step and audit entry', async () => {
  const cases = [await newCase(), await newCase()]
  const results = await bulk(dispatch(cases))
  expect(results).toEqual(cases.map(({ id }) => ({
    id,
    done: { status: 'dispatched', version: 2 },
    refused: null,
  })))
  for (const { id } of cases) {
    expect((await readEvents(db.sql, 0, 5000)).filter(event => event.id === id).map(({ type }) => type)).toEqual(['case.registered', 'case.dispatched'])
    expect(await db.sql`select action from audit where target = ${id} order by seq`).toEqual([
      { action: 'case.register' },
      { action: 'case.dispatch' },
    ])
  }
})

it('what one is refused, another still gets, and each refusal is said', async () => {
  const fresh = await newCase()
  const stale = {
    ...await newCase(),
    version: 7,
  }
  const given = await newCase()
  await bulk({
    action: 'supervise',
    input: { reason: '重点' },
    cases: [given],
  })
  const unassigned = { ...given, version: 2 }
  const missing = { id: 'GD0000000000', version: 1 }
  const results = await bulk({
    action: 'accept',
    cases: [fresh, stale, missing],
  })
  expect(results.map(({ refused }) => refused?.reason)).toEqual(['illegal-transition', 'stale', 'not-found'])
  const [suspended] = await bulk({
    action: 'dispatch',
    cases: [unassigned],
  })
  expect(suspended!.refused).toMatchObject({ reason: 'missing', detail: 'dispatch needs assignee' })
  const mixed = await bulk(dispatch([stale, fresh]))
  expect(mixed.map(({ done }) => done?.status ?? null)).toEqual([null, 'dispatched'])
})

it('a whole bulk is taken back by the table\'s own steps: the log shows both', async () => {
  const cases = [await newCase(), await newCase()]
  const sent = await bulk(dispatch(cases))
  const back = await bulk({
    action: 'recall',
    input: { reason: '误操作' },
    cases: sent.map(({ id, done }) => ({ id, version: done!.version })),
  })
  expect(back.map(({ done }) => done)).toEqual([
    { status: 'registered', version: 3 },
    { status: 'registered', version: 3 },
  ])
  const steps = await db.sql`select action from case_steps where case_id = ${cases[0]!.id} order by seq`
  expect(steps.map(({ action }) => action)).toEqual(['dispatch', 'recall'])
})

it('sent again with its key it is done once and answers the same', async () => {
  const cases = [await newCase(), await newCase()]
  const headers = { 'Idempotency-Key': 'bulk-1' }
  const first = await bulk(dispatch(cases), { headers })
  expect(await bulk(dispatch(cases), { headers })).toEqual(first)
  expect((await db.sql`select from case_steps where case_id = ${cases[0]!.id}`).count).toBe(1)
  expect((await bulk(dispatch(cases, 'w2'), { headers })).map(({ refused }) => refused?.reason)).toEqual(['key-reused', 'key-reused'])
})

it('a handler reaches his own community only, and does not learn of others', async () => {
  const here = await newCase()
  const there = await newCase(east)
  const results = await bulk({
    action: 'contact',
    cases: [here, there],
  }, {
    as: http.as('community', { region: `${town}001` }),
  })
  expect(results.map(({ refused }) => refused?.reason ?? null)).toEqual([null, 'not-found'])
})

it.each([
  [
    {
      action: 'fly',
      cases: [
        { id: 'x', version: 1 },
      ],
    },
    'action',
  ],
  [
    { action: 'accept', cases: [] },
    'cases',
  ],
  [
    {
      action: 'accept',
      cases: [
        { id: 'x', version: 1 },
        { id: 'x', version: 1 },
      ],
    },
    'cases',
  ],
  [
    {
      action: 'accept',
      cases: [
        { id: 'x' },
      ],
    },
    'cases.0.version',
  ],
  [
    {
      action: 'suspend',
      input: { planDate: 'soon' },
      cases: [
        { id: 'x', version: 1 },
      ],
    },
    'input.planDate',
  ],
])('answers %j with what is wrong', async (body, path) => {
  const response = await http.post('/api/v1/ledger/actions', body)
  expect(response.status).toBe(422)
  expect((await response.json() as { errors: { path: string }[] }).errors[0]!.path).toBe(path)
})
