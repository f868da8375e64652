import type { CaseFeature } from '#contract/case.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readEvents } from '../../db/queries/events.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { east, town, west } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql)

beforeAll(async () => {
  await db.sql`
    insert into officers (subdistrict, id, name)
    values (${town}, 'w1', '王网格'), (${town}, 'w2', '李网格')`
})

const evidence = [
  { kind: 'text', text: '已修复' },
]

async function newCase(said: object = {}): Promise<CaseFeature> {
  return await (await http.post('/api/v1/cases', {
    content: '电梯停运',
    location: { lng: west[0], lat: west[1] },
    ...said,
  })).json() as CaseFeature
}

// Two people at the desk: the one who sends out and reports done does not call back, and does not close what he asked to close.
const colleague = http.as('duty', { userId: 'colleague' })
function act(id: string, action: string, input: object = {}, headers = {}) {
  return (action === 'call-back' || action === 'close'
    ? colleague
    : http).post(`/api/v1/cases/${id}/actions/${action}`, input, headers)
}

async function done(id: string, ...steps: [action: string, input?: object][]): Promise<CaseFeature> {
  let feature: CaseFeature | undefined
  for (const [action, input] of steps) {
    const response = await act(id, action, input)
    feature = await response.json() as CaseFeature
    expect(response.status, JSON.stringify(feature)).toBe(200)
  }
  return feature!
}

const eventsOf = async (id: string) => (await readEvents(db.sql, 0, 5000)).filter(event => event.id === id)

it('a case goes from the call to the archive, each step on record', async () => {
  const { id } = await newCase()
  const archived = await done(id, [
    'dispatch',
    { assignee: 'w1' },
  ], ['accept'], ['start'], [
    'resolve',
    { evidence },
  ], [
    'call-back',
    { satisfied: true },
  ], ['propose-close'], ['close'], ['archive'])
  expect(archived.properties).toMatchObject({
    status: 'archived',
    assignee: 'w1',
    satisfied: true,
    version: 9,
  })
  const steps = await db.sql`select action, actor, from_status, to_status, evidence, satisfied, seq from case_steps where case_id = ${id} order by seq`
  expect(steps.map(step => `${step.from_status} ${step.action} ${step.to_status}`)).toEqual([
    'registered dispatch dispatched',
    'dispatched accept accepted',
    'accepted start in-progress',
    'in-progress resolve resolved',
    'resolved call-back resolved',
    'resolved propose-close resolved',
    'resolved close closed',
    'closed archive archived',
  ])
  expect(steps[3]).toMatchObject({ evidence, actor: 'user-duty' })
  expect((await eventsOf(id)).slice(1).map(({ seq }) => seq)).toEqual(steps.map(({ seq }) => seq))
})

it('an event says only what changed', async () => {
  const { id } = await newCase()
  await done(id, [
    'dispatch',
    { assignee: 'w1' },
  ], ['accept'])
  const [dispatched, accepted] = (await eventsOf(id)).slice(-2)
  expect(dispatched).toMatchObject({
    type: 'case.dispatched',
    data: {
      set: { status: 'dispatched', assignee: 'w1', version: 2 },
    },
    whole: { id }, // the one who gets it did not have it before
  })
  expect(accepted).toMatchObject({
    type: 'case.accepted',
    data: {
      set: { status: 'accepted', version: 3 },
    },
    whole: null,
  })
})

it('what is not possible now is a conflict that says from where it is', async () => {
  const { id } = await newCase()
  const response = await act(id, 'close')
  expect(response.status).toBe(409)
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({ type: 'urn:huizhi:problem:conflict', detail: 'A case that is registered cannot close; possible from resolved.' })
  expect(await eventsOf(id)).toHaveLength(1)
})

it('what is missing is named', async () => {
  const { id } = await newCase()
  expect(await (await act(id, 'dispatch')).json()).toMatchObject({
    status: 422,
    errors: [
      { path: 'assignee' },
    ],
  })
  expect(await (await act(id, 'dispatch', { assignee: 'nobody' })).json()).toMatchObject({
    status: 422,
    errors: [
      { path: 'assignee', message: 'there is no such officer' },
    ],
  })
})

it('an action without a body is one without input', async () => {
  const { id } = await newCase()
  await done(id, [
    'dispatch',
    { assignee: 'w1' },
  ])
  expect((await http.request(`/api/v1/cases/${id}/actions/accept`, { method: 'POST' })).status).toBe(200)
})

it('an unknown case is 404, an unknown action 422, reading an action 405', async () => {
  expect((await act('GD0000', 'accept')).status).toBe(404)
  expect((await act((await newCase()).id, 'explode')).status).toBe(422)
  const read = await http.get('/api/v1/cases/GD1/actions/accept')
  expect([
    read.status,
    read.headers.get('Allow'),
  ]).toEqual([405, 'POST'])
})

it('of two officers at once the second is told what changed, and overwrites nothing', async () => {
  const { id } = await newCase()
  const [first, second] = await Promise.all([
    act(id, 'dispatch', { assignee: 'w1', version: 1 }),
    act(id, 'dispatch', { assignee: 'w2', version: 1 }),
  ])
  const stale = first.status === 409
    ? first
    : second
  expect([first.status, second.status].sort()).toEqual([200, 409])
  const problem = await stale.json() as { current: CaseFeature, changes: object[] }
  expect(problem).toMatchObject({
    type: 'urn:huizhi:problem:stale',
    current: {
      properties: { status: 'dispatched', version: 2 },
    },
    changes: [
      {
        type: 'case.dispatched',
        set: { status: 'dispatched', version: 2 },
      },
    ],
  })
  const now = await (await http.get(`/api/v1/cases/${id}`)).json() as CaseFeature
  expect(now).toEqual(problem.current)
})

it('If-Match says the same as version', async () => {
  const { id } = await newCase()
  expect((await act(id, 'dispatch', { assignee: 'w1' }, { 'If-Match': '"7"' })).status).toBe(409)
  const response = await act(id, 'dispatch', { assignee: 'w1' }, { 'If-Match': 'W/"1"' })
  expect([
    response.status,
    response.headers.get('ETag'),
  ]).toEqual([200, '"2"'])
})

it('an action with an Idempotency-Key is done once', async () => {
  const { id } = await newCase()
  const both = await Promise.all([1, 2].map(() => act(id, 'dispatch', { assignee: 'w1' }, { 'Idempotency-Key': 'act-1' })))
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  const [one, two] = await Promise.all(both.map(answer => answer.json()))
  expect(one).toEqual(two)
  expect((await act(id, 'dispatch', { assignee: 'w2' }, { 'Idempotency-Key': 'act-1' })).status).toBe(422)
  expect(await eventsOf(id)).toHaveLength(2)
})

it('a case that is placed moves its pin, its regions and its screens', async () => {
  const { id } = await newCase()
  const moved = await done(id, [
    'locate',
    {
      location: { lng: east[0], lat: east[1] },
      address: '历山路 3 号',
    },
  ])
  expect(moved).toMatchObject({
    geometry: { coordinates: east },
    properties: { community: `${town}002`, address: '历山路 3 号' },
  })
  expect((await eventsOf(id)).at(-1)).toMatchObject({
    type: 'case.located',
    regions: [town, `${town}002`, `${town}002001`],
    leftRegions: [`${town}001`, `${town}001001`],
    data: {
      geometry: { coordinates: east },
      set: { community: `${town}002`, version: 2 },
    },
    whole: { id },
  })
  expect((await act(id, 'locate', {
    location: { lng: 121.5, lat: 31.2 },
  })).status).toBe(422)
})

it('a case that is reopened after its closing comes back to the screens whole', async () => {
  const { id } = await newCase()
  await done(id, [
    'dispatch',
    { assignee: 'w1' },
  ], ['accept'], ['start'], [
    'resolve',
    { evidence },
  ], [
    'call-back',
    { satisfied: true },
  ], ['propose-close'], ['close'], [
    'call-back',
    { satisfied: false },
  ])
  expect((await eventsOf(id)).at(-1)).toMatchObject({
    type: 'case.called-back',
    data: {
      feature: {
        id,
        properties: { status: 'reopened', closedAt: null, dissatisfiedInRow: 1 },
      },
    },
  })
})

it('merging keeps every complainant, also through two merges', async () => {
  const [first, second, third] = [await newCase(), await newCase(), await newCase()]
  await done(third.id, [
    'merge',
    { into: second.id },
  ])
  await done(second.id, [
    'merge',
    { into: first.id },
  ])
  const merged = await (await http.get(`/api/v1/cases/${third.id}`)).json() as CaseFeature
  expect(merged.properties).toMatchObject({ status: 'merged', mergedInto: first.id, version: 3 })
  expect((await eventsOf(third.id)).at(-1)).toMatchObject({
    type: 'case.merged',
    data: {
      set: { mergedInto: first.id, version: 3 },
    },
  })

  await done(first.id, [
    'dispatch',
    { assignee: 'w1' },
  ], ['accept'], ['start'], [
    'resolve',
    { evidence },
  ], [
    'call-back',
    { satisfied: true },
  ])
  expect(await (await act(first.id, 'propose-close')).json()).toMatchObject({ detail: '2 merged complainant(s) must be called back first.' })
  await done(second.id, [
    'call-back',
    { satisfied: true },
  ])
  await done(third.id, [
    'call-back',
    { satisfied: false },
  ])
  const closed = await done(first.id, ['propose-close'], ['close'])
  expect(closed.properties.status).toBe('closed')
  const back = await (await http.get(`/api/v1/cases/${third.id}`)).json() as CaseFeature
  expect(back.properties).toMatchObject({ status: 'reopened', mergedInto: null })
})

it('two merges into each other at once leave one head', async () => {
  const [one, two] = [await newCase(), await newCase()]
  const answers = await Promise.all([
    act(one.id, 'merge', { into: two.id }),
    act(two.id, 'merge', { into: one.id }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
})
