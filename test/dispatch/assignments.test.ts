import type { AssignmentList, AssignmentShown, DispatchPlans, Suggestions } from '#contract/dispatch.ts'
import type { CaseFeature } from '#contract/case.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readEvents } from '../../db/queries/events.ts'
import { createLog } from '../../server/log.ts'
import { noticeArrivals } from '../../server/dispatch/notice-arrivals.ts'
import { runAssignmentTimers } from '../../server/dispatch/assignment-timers.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { east, town, west } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const noon = Date.parse('2026-11-24T12:00:00+08:00')
let minutes = 0
const cases = caseContext(db.sql, {
  now: () => new Date(noon + minutes * 60_000),
})
const http = testHttp(db.sql, { cases })
const dispatch = {
  ...cases,
  streets: http.context.streets,
  positionOf: http.context.positions.live.positionOf,
}
const wang = http.as('grid', { officer: 'w1', userId: 'u1' })
const li = http.as('grid', { officer: 'w2', userId: 'u2' })
const evidence = [
  { kind: 'text', text: '已修复' },
]

beforeAll(async () => {
  await db.sql`
    insert into officers (subdistrict, id, name, duty)
    values (${town}, 'w1', '王网格', 'on'), (${town}, 'w2', '李网格', 'on'), (${town}, 'w3', '赵网格', 'off'), (${town}, 'w4', '钱网格', 'on')`
})
beforeEach(async () => {
  minutes = 0
  await db.sql`update officers set location = null, seen_at = null, grid = null, community = ${`${town}001`}`
  await db.sql`delete from assignments where ended_at is null`
  await db.sql`update cases set assignee = null where status in ('registered', 'reopened')`
})

async function newCase(said: object = {}): Promise<string> {
  const response = await http.post('/api/v1/cases', {
    content: '电梯停运',
    location: { lng: west[0], lat: west[1] },
    ...said,
  })
  return (await response.json() as CaseFeature).id
}
const offer = (id: string, officer: string, more: object = {}) => http.post(`/api/v1/cases/${id}/assignments`, { officer, ...more })
async function offered(id: string, officer: string, more: object = {}): Promise<AssignmentShown> {
  const response = await offer(id, officer, more)
  const body = await response.json() as AssignmentShown
  expect(response.status, JSON.stringify(body)).toBe(201)
  return body
}
function step(asker: typeof http, id: string, name: string, input: object = {}, headers = {}) {
  return asker.post(`/api/v1/assignments/${id}/steps/${name}`, input, headers)
}
async function stepped(asker: typeof http, id: string, name: string, input: object = {}): Promise<AssignmentShown> {
  const response = await step(asker, id, name, input)
  const body = await response.json() as AssignmentShown
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body
}
const list = async (asker: typeof http, query = '') => (await (await asker.get(`/api/v1/assignments${query}`)).json() as AssignmentList).assignments
const caseNow = async (id: string) => (await (await http.get(`/api/v1/cases/${id}`)).json() as CaseFeature).properties
const suggestedFor = async (id: string) => (await (await http.get(`/api/v1/cases/${id}/suggestions`)).json() as Suggestions).suggested.map(({ officer }) => officer)
const act = (id: string, action: string, input: object = {}) => http.post(`/api/v1/cases/${id}/actions/${action}`, input)
const eventTypes = async (id: string) => (await readEvents(db.sql, 0, 5000)).filter(event => event.id === id).map(({ type }) => type)

it('an officer is sent, accepts, goes, arrives and reports done; the case goes with him', async () => {
  const id = await newCase()
  const { id: assignment, answerBy, possible } = await offered(id, 'w1', { note: '找3号楼楼长' })
  expect(answerBy).toBe('2026-11-24T04:15:00.000Z')
  expect(possible).toEqual(['recall', 'reassign'])
  expect(await caseNow(id)).toMatchObject({ status: 'dispatched', assignee: 'w1' })

  minutes = 3
  expect(await stepped(wang, assignment, 'accept')).toMatchObject({ state: 'accepted', answerBy: null, acceptedAt: '2026-11-24T04:03:00.000Z' })
  expect(await caseNow(id)).toMatchObject({ status: 'accepted' })
  expect(await stepped(wang, assignment, 'en-route')).toMatchObject({ state: 'en-route' })
  minutes = 12
  expect(await stepped(wang, assignment, 'arrive')).toMatchObject({
    state: 'arrived',
    possible: ['done', 'help'],
  })
  expect(await caseNow(id)).toMatchObject({ status: 'in-progress' })
  expect(await stepped(wang, assignment, 'done', { evidence })).toMatchObject({ state: 'done', possible: [] })
  expect(await caseNow(id)).toMatchObject({ status: 'resolved', assignee: 'w1' })
  expect(await eventTypes(assignment)).toEqual([
    'assignment.offered',
    'assignment.accepted',
    'assignment.en-route',
    'assignment.arrived',
    'assignment.done',
  ])
})

it('whoever had no line reports it done in one step, with the time at which he did it', async () => {
  const id = await newCase()
  const { id: assignment } = await offered(id, 'w1')
  await stepped(wang, assignment, 'accept')
  minutes = 50
  const done = await stepped(wang, assignment, 'done', { evidence, at: '2026-11-24T04:30:00Z' })
  expect(done).toMatchObject({ state: 'done', endedAt: '2026-11-24T04:30:00.000Z' })
  expect(await caseNow(id)).toMatchObject({ status: 'resolved' })
})

it('a clock of a phone that is wrong does not move a step before what it follows', async () => {
  const { id: assignment } = await offered(await newCase(), 'w1')
  minutes = 1
  expect(await stepped(wang, assignment, 'accept', { at: '2031-01-01T00:00:00Z' })).toMatchObject({ acceptedAt: '2026-11-24T04:01:00.000Z' })
  expect(await stepped(wang, assignment, 'en-route', { at: '2001-01-01T00:00:00Z' })).toMatchObject({ setOutAt: '2026-11-24T04:01:00.000Z' })
})

it('declined with a reason, the case waits again, another is proposed, and its text is no longer the worker\'s to see', async () => {
  const id = await newCase()
  const { id: assignment } = await offered(id, 'w1')
  expect((await step(wang, assignment, 'decline')).status).toBe(422)
  const declined = await stepped(wang, assignment, 'decline', { reason: '在另一处走不开' })
  expect(declined).toMatchObject({ state: 'declined', reason: '在另一处走不开', task: null })
  expect(['w2', 'w4']).toContain(declined.next)
  expect(await caseNow(id)).toMatchObject({ status: 'registered', assignee: null })
  expect((await wang.get(`/api/v1/cases/${id}`)).status).toBe(404)

  const again = await offer(id, 'w1')
  expect(again.status).toBe(409)
  expect(await again.json()).toMatchObject({ reason: 'asked-before' })
  expect(await offered(id, 'w1', {
    despite: ['asked-before'],
  })).toMatchObject({ state: 'offered' })
})

it('the next is proposed as the first was, by what he has in hand and whether he answers for the place, never who would not', async () => {
  await db.sql`update officers set grid = ${`${town}001001`} where id = 'w4'`
  const id = await newCase()
  expect((await suggestedFor(id))[0]).toBe('w4')
  const { id: first } = await offered(id, 'w4')
  const qian = http.as('grid', { officer: 'w4', userId: 'u4' })
  // Meanwhile the second best gets something in hand, so that the third comes before him.
  const [second, third] = (await suggestedFor(id)).filter(officer => officer !== 'w4')
  for (let more = 0; more < 3; more++)
    await offered(await newCase(), second!)
  expect((await stepped(qian, first, 'decline', { reason: '在开会' })).next).toBe(third)
  expect(await suggestedFor(id)).toEqual([third, second])
})

it('whoever declines everything is asked once a case, the desk reads how often, and when nobody is left it is said why', async () => {
  const ids = [await newCase(), await newCase(), await newCase()]
  for (const id of ids) {
    const { id: assignment } = await offered(id, 'w1')
    await stepped(wang, assignment, 'decline', { reason: '不去' })
  }
  const { suggested } = await (await http.get(`/api/v1/cases/${await newCase()}/suggestions`)).json() as Suggestions
  expect(suggested.find(({ officer }) => officer === 'w1')?.words.zh).toMatch(/近 7 日拒接或未接 [3-9]\/\d+/)

  const [id] = ids
  expect(await stepped(li, (await offered(id!, 'w2')).id, 'decline', { reason: '不去' })).toMatchObject({ next: 'w4' })
  const qian = http.as('grid', { officer: 'w4', userId: 'u4' })
  expect(await stepped(qian, (await offered(id!, 'w4')).id, 'decline', { reason: '不去' })).toMatchObject({ state: 'declined', next: null })
  const left = await (await http.get(`/api/v1/cases/${id}/suggestions`)).json() as Suggestions
  expect(left.suggested).toEqual([])
  expect(left.leftOut.filter(({ reason }) => reason === 'asked-before').map(({ officer }) => officer).sort()).toEqual(['w1', 'w2', 'w4'])
  expect(await caseNow(id!)).toMatchObject({ status: 'registered' })
})

it('an offer that nobody answers runs out, once, however many processes look', async () => {
  const id = await newCase({ urgency: 'emergency' })
  const { id: assignment } = await offered(id, 'w1')
  minutes = 1
  await runAssignmentTimers(dispatch, cases.now())
  expect(await caseNow(id)).toMatchObject({ status: 'dispatched' })
  minutes = 2
  await Promise.all(Array.from({ length: 4 }, () => runAssignmentTimers(dispatch, cases.now())))
  expect(await caseNow(id)).toMatchObject({ status: 'registered', assignee: null })
  expect(await eventTypes(assignment)).toEqual(['assignment.offered', 'assignment.expired'])
  const [{ proposed }] = await db.sql<[{ proposed: string }]>`select proposed from assignments where id = ${assignment}`
  expect(['w2', 'w4']).toContain(proposed)
  expect((await suggestedFor(id))[0]).toBe(proposed)

  // Accepted without a line in time, it came too late: what happened meanwhile is told.
  const late = await step(wang, assignment, 'accept', { at: '2026-11-24T04:01:00Z' })
  expect(late.status).toBe(409)
  expect(await late.json()).toMatchObject({
    type: 'urn:huizhi:problem:stale',
    current: { state: 'expired' },
    changes: [
      { step: 'offer', to: 'offered' },
      { step: 'expire', from: 'offered', to: 'expired' },
    ],
  })
})

it('two desks that send at once send one', async () => {
  const id = await newCase()
  const answers = await Promise.all(['w1', 'w2', 'w4'].map(officer => offer(id, officer)))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  expect(await list(http, `?case=${id}`)).toHaveLength(1)
})

it('a step that is sent twice with its key is taken once and answered twice', async () => {
  const { id: assignment } = await offered(await newCase(), 'w1')
  const key = { 'Idempotency-Key': `k-${assignment}` }
  const answers = await Promise.all([1, 2, 3].map(() => step(wang, assignment, 'accept', {}, key)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await eventTypes(assignment)).toEqual(['assignment.offered', 'assignment.accepted'])
  expect((await step(wang, assignment, 'accept')).status).toBe(409)
})

describe('a case that changes while its worker walks', () => {
  async function walking() {
    const id = await newCase()
    const { id: assignment } = await offered(id, 'w1')
    await stepped(wang, assignment, 'accept')
    await stepped(wang, assignment, 'en-route')
    return { id, assignment }
  }
  const after = async (assignment: string) => (await list(http, '?state=all')).find(({ id }) => id === assignment)

  it('solved at the desk: he is told that it was, and his next step says so', async () => {
    const { id, assignment } = await walking()
    await act(id, 'start')
    expect((await act(id, 'resolve', { evidence })).status).toBe(200)
    expect(await after(assignment)).toMatchObject({ state: 'overtaken', end: 'resolved' })
    expect(await (await step(wang, assignment, 'arrive')).json()).toMatchObject({
      status: 409,
      current: { state: 'overtaken', end: 'resolved' },
    })
  })

  it('merged into another', async () => {
    const { id, assignment } = await walking()
    const into = await newCase()
    expect((await act(id, 'merge', { into })).status).toBe(200)
    expect(await after(assignment)).toMatchObject({ state: 'overtaken', end: 'merged' })
  })

  it('put on account', async () => {
    const { id, assignment } = await walking()
    expect((await act(id, 'suspend', { reason: '等配件', planDate: '2026-12-10' })).status).toBe(200)
    expect(await after(assignment)).toMatchObject({ state: 'overtaken', end: 'suspended' })
  })

  it('changed by an import that says it is somebody else\'s', async () => {
    const { id, assignment } = await walking()
    await db.sql`update cases set assignee = 'w2' where id = ${id}`
    await runAssignmentTimers(dispatch, cases.now())
    expect(await after(assignment)).toMatchObject({ state: 'overtaken', end: 'given-to-other' })
  })

  it('recalled by the desk: it waits again', async () => {
    const { id, assignment } = await walking()
    await stepped(http, assignment, 'recall', { reason: '居民说已好' })
    expect(await after(assignment)).toMatchObject({ state: 'recalled', end: 'recalled', reason: '居民说已好' })
    expect(await caseNow(id)).toMatchObject({ status: 'registered', assignee: null })
  })

  it('reassigned: the first is told, the second has it, in one step', async () => {
    const { id, assignment } = await walking()
    const second = await stepped(http, assignment, 'reassign', { reason: '离得更近', officer: 'w2' })
    expect(second).toMatchObject({ state: 'offered', officer: 'w2', case: id })
    expect(await after(assignment)).toMatchObject({ state: 'recalled', end: 'reassigned' })
    expect(await caseNow(id)).toMatchObject({ status: 'dispatched', assignee: 'w2' })
    expect((await list(li)).filter(one => one.case === id)).toMatchObject([
      { id: second.id },
    ])
  })

  it('a reassignment that cannot be made leaves everything as it was', async () => {
    const { id, assignment } = await walking()
    const refused = await step(http, assignment, 'reassign', { reason: '换人', officer: 'w3' })
    expect(await refused.json()).toMatchObject({ status: 409, reason: 'off-duty' })
    expect(await after(assignment)).toMatchObject({ state: 'en-route' })
    expect(await caseNow(id)).toMatchObject({ status: 'accepted', assignee: 'w1' })
  })
})

it('a position at the case proposes the arrival, once; the worker confirms it', async () => {
  const { id: assignment } = await offered(await newCase(), 'w1')
  await stepped(wang, assignment, 'accept')
  await db.sql`update officers set location = point(${west[0] + 0.01}, ${west[1]}), seen_at = ${cases.now()} where id = 'w1'`
  await runAssignmentTimers(dispatch, cases.now())
  expect(await eventTypes(assignment)).not.toContain('assignment.near')
  await db.sql`update officers set location = point(${west[0] + 0.0003}, ${west[1]}) where id = 'w1'`
  await runAssignmentTimers(dispatch, cases.now())
  await runAssignmentTimers(dispatch, cases.now())
  expect((await eventTypes(assignment)).filter(type => type === 'assignment.near')).toHaveLength(1)
  expect(await stepped(wang, assignment, 'arrive')).toMatchObject({
    state: 'arrived',
    nearAt: cases.now().toISOString(),
  })
})

it('an arrival goes on record with the position that shows it, not before he has accepted, once', async () => {
  const arrivals = noticeArrivals(cases, createLog('silent'))
  const seen = (place: readonly [number, number], seenAt = cases.now().getTime(), id = 'w1') => arrivals.seen([
    {
      id,
      lng: place[0],
      lat: place[1],
      seenAt,
      subdistrict: town,
      regions: [],
    },
  ])
  minutes = 5
  const { id: assignment } = await offered(await newCase(), 'w1')
  const nears = async () => (await eventTypes(assignment)).filter(type => type === 'assignment.near').length
  await seen(west)
  await stepped(wang, assignment, 'accept')
  arrivals.forget()
  await seen(east)
  await seen(west, cases.now().getTime() - 1000)
  await seen(west, cases.now().getTime(), 'w2')
  expect(await nears()).toBe(0)
  await Promise.all([
    seen(west),
    seen(west),
    noticeArrivals(cases, createLog('silent')).seen([
      {
        id: 'w1',
        lng: west[0],
        lat: west[1],
        seenAt: cases.now().getTime(),
        subdistrict: town,
        regions: [],
      },
    ]),
  ])
  expect(await nears()).toBe(1)
  expect(await stepped(wang, assignment, 'arrive')).toMatchObject({
    nearAt: cases.now().toISOString(),
  })
})

it('help is wanted until the desk says that it comes', async () => {
  const { id: assignment } = await offered(await newCase(), 'w1')
  await stepped(wang, assignment, 'accept')
  expect(await stepped(wang, assignment, 'help', { reason: '需要电工' })).toMatchObject({ helpReason: '需要电工', state: 'accepted' })
  expect((await step(wang, assignment, 'helped')).status).toBe(403)
  expect(await stepped(http, assignment, 'helped')).toMatchObject({ helpAt: null })
})

it('a dismissed worker is not sent, and what he had is called back', async () => {
  const id = await newCase()
  const { id: assignment } = await offered(id, 'w4')
  await db.sql`insert into users (id, name, email, "emailVerified", role, officer, banned) values ('u4', '钱', 'u4', false, 'grid', 'w4', true)`
  await runAssignmentTimers(dispatch, cases.now())
  expect(await eventTypes(assignment)).toEqual(['assignment.offered', 'assignment.recalled'])
  expect(await caseNow(id)).toMatchObject({ status: 'registered' })
  expect(await (await offer(id, 'w4')).json()).toMatchObject({ status: 409, reason: 'dismissed' })
  await db.sql`delete from users where id = 'u4'`
})

it('nobody takes a step of another, and nobody sees another\'s', async () => {
  const { id: assignment } = await offered(await newCase(), 'w1')
  expect((await step(li, assignment, 'accept')).status).toBe(404)
  expect((await step(http, assignment, 'accept')).status).toBe(403)
  expect((await list(li)).map(({ id }) => id)).not.toContain(assignment)
  expect((await list(wang)).find(({ id }) => id === assignment)).toMatchObject({
    officerName: '王网格',
    task: {
      properties: { content: '电梯停运' },
    },
    possible: ['accept', 'decline'],
  })
  expect((await li.get(`/api/v1/assignments/${assignment}/steps`)).status).toBe(404)
  expect(await (await wang.get(`/api/v1/assignments/${assignment}/steps`)).json()).toMatchObject({
    steps: [
      { step: 'offer', to: 'offered' },
    ],
  })
})

it.each([
  [
    { officer: 'nobody' },
    422,
  ],
  [
    { officer: 'w3' },
    409,
  ],
  [{}, 422],
  [
    { officer: 'w1', answerMinutes: -1 },
    422,
  ],
  [
    { officer: 'w1', version: 99 },
    409,
  ],
])('an offer of %j is answered %i and writes nothing', async (input, status) => {
  const id = await newCase()
  expect((await http.post(`/api/v1/cases/${id}/assignments`, input)).status).toBe(status)
  expect(await caseNow(id)).toMatchObject({ status: 'registered', version: 1 })
})

it('a case that is over, or is not there, gets nobody', async () => {
  const id = await newCase()
  await act(id, 'merge', { into: await newCase() })
  expect((await offer(id, 'w1')).status).toBe(409)
  expect((await offer('none', 'w1')).status).toBe(404)
  expect((await step(http, 'none', 'recall', { reason: 'x' })).status).toBe(404)
})

it('what was proposed is kept with the decision, ids and reasons only', async () => {
  await db.sql`update officers set community = null`
  const id = await newCase()
  const suggestions = await (await http.get(`/api/v1/cases/${id}/suggestions`)).json() as Suggestions
  expect([
    ...suggestions.suggested,
    ...suggestions.leftOut,
  ].map(one => one.officer).sort()).toEqual(['w1', 'w2', 'w3', 'w4'])
  expect(suggestions.leftOut.find(one => one.officer === 'w3')).toMatchObject({
    reason: 'off-duty',
    words: { zh: '不在岗', en: 'off duty' },
  })
  expect((await http.get('/api/v1/cases/none/suggestions')).status).toBe(404)
  const { id: assignment } = await offered(id, 'w1')
  const [decision] = await db.sql`select officer, place, left_out, weights from dispatch_decisions where assignment_id = ${assignment}`
  expect(decision).toMatchObject({ officer: 'w1', place: null, weights: suggestions.weights })
  expect(decision!.left_out).toContainEqual({ officer: 'w1', reason: 'unreachable' })
})

it('a plan for many cases names whom to send where and sends nobody; what does not wait is told', async () => {
  const [first, second] = [await newCase(), await newCase()]
  const { id: sent } = await offered(await newCase(), 'w4').then(({ case: id }) => ({ id }))
  await db.sql`update officers set community = ${`${town}001`} where id in ('w1', 'w2')`
  const answer = await http.post('/api/v1/dispatch/plans', {
    cases: [first, second, sent, 'GD000', first],
  })
  expect(answer.status).toBe(200)
  const { best, inTurn, notWaiting } = await answer.json() as DispatchPlans

  for (const plan of [best, inTurn]) {
    expect(plan.given.map(({ case: id }) => id)).toEqual([first, second])
    expect(new Set(plan.given.map(({ officer }) => officer)).size).toBe(2)
    expect(plan.score).toBeCloseTo(plan.given.reduce((sum, { score }) => sum + score, 0))
  }
  expect(notWaiting).toEqual([sent, 'GD000'])
  expect(await caseNow(first)).toMatchObject({ status: 'registered', assignee: null })
  await db.sql`update officers set community = null`
})
