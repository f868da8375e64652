import type { CaseWork, PlaceProposal, SimilarCases } from '#contract/case-work.ts'
import type { CaseFeature } from '#contract/case.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchedRegistration } from '../../server/cases/batched-registration.ts'
import { keepCurrent } from '../../server/keep-current.ts'
import { createLog } from '../../server/log.ts'
import { knownRoster } from '../../server/positions/roster.ts'
import { loadPlaces } from '../../server/places/locate.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { eventually } from '../world/eventually.ts'
import { testHttp } from '../world/http.ts'
import { imported } from '../world/import.ts'
import { east, town, west } from '../world/places.ts'
import { smallTown } from '../world/regions.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql)
const evidence = [
  { kind: 'text', text: '已修复' },
]

beforeAll(async () => {
  await db.sql`
    insert into officers (subdistrict, id, name, community, grid, duty, location, seen_at)
    values
      (${town}, 'near', '王网格', ${`${town}001`}, ${`${town}001001`}, 'on', point(${west[0]}, ${west[1]}), ${new Date('2026-11-24T11:50:00+08:00')}),
      (${town}, 'far', '李网格', ${`${town}002`}, ${`${town}002001`}, 'on', point(${east[0]}, ${east[1]}), ${new Date('2026-11-24T11:50:00+08:00')}),
      (${town}, 'off', '赵网格', ${`${town}001`}, ${`${town}001001`}, 'off', point(${west[0]}, ${west[1]}), ${new Date('2026-11-24T08:00:00+08:00')})`
})

async function newCase(said: object = {}): Promise<CaseFeature> {
  const response = await http.post('/api/v1/cases', {
    content: '电梯停运',
    location: { lng: west[0], lat: west[1] },
    ...said,
  })
  expect(response.status).toBe(201)
  return await response.json() as CaseFeature
}
async function act(id: string, action: string, input: object = {}) {
  const response = await http.post(`/api/v1/cases/${id}/actions/${action}`, input)
  expect(response.status, await response.clone().text()).toBe(200)
}
const workOf = async (id: string, as = http) => await (await as.get(`/api/v1/cases/${id}/work`)).json() as CaseWork
function actionsOf({ possible }: CaseWork) {
  return possible.map(({ action, outcome }) => outcome
    ? `${action}:${outcome}`
    : action)
}

describe('what may be done next', () => {
  it('follows the state of the case and the role of the asker', async () => {
    const { id } = await newCase()
    expect(actionsOf(await workOf(id))).toEqual([
      'locate',
      'dispatch',
      'contact',
      'add-evidence',
      'supervise',
      'merge',
    ])
    expect(actionsOf(await workOf(id, http.as('inspector')))).toEqual(['supervise'])
    expect((await http.as('grid', { officer: 'near' }).get(`/api/v1/cases/${id}/work`)).status).toBe(404)

    await act(id, 'dispatch', { assignee: 'near' })
    expect(actionsOf(await workOf(id, http.as('grid', { officer: 'near' })))).toEqual([
      'locate',
      'accept',
      'contact',
      'add-evidence',
      'request-return',
      'suspend',
    ])
    expect((await http.as('community', { region: `${town}002` }).get(`/api/v1/cases/${id}/work`)).status).toBe(404)
  })

  it('names the rule that still stands in the way, and the same rule refuses the action', async () => {
    const { id } = await newCase()
    await act(id, 'dispatch', { assignee: 'near' })
    await act(id, 'accept')
    await act(id, 'start')
    await act(id, 'resolve', { evidence })
    const work = await workOf(id)
    expect(work.possible.find(({ action, outcome }) => action === 'call-back' && outcome === 'satisfied')).toMatchObject({
      guard: 'independent',
      needs: ['satisfied'],
    })
    const refused = await http.post(`/api/v1/cases/${id}/actions/call-back`, { satisfied: true })
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({ reason: 'not-yet', guard: 'independent' })
    const colleague = http.as('duty', { userId: 'colleague' })
    expect((await workOf(id, colleague)).possible.find(({ outcome }) => outcome === 'satisfied')).toMatchObject({ guard: null, refusal: null })
  })
})

it('the history says who did what when, and the clock by which term it runs', async () => {
  await db.sql`insert into users (id, name, email, "emailVerified") values ('user-duty', '周值班', 'a@local.invalid', true)`
  const { id, properties } = await newCase({ urgency: 'urgent' })
  await act(id, 'dispatch', { assignee: 'near' })
  await act(id, 'supervise', { reason: '同一楼道第三次' })
  const work = await workOf(id)
  expect(work.steps).toMatchObject([
    {
      action: 'dispatch',
      actor: 'user-duty',
      actorName: '周值班',
      from: 'registered',
      to: 'dispatched',
      at: '2026-11-24T04:00:00.000Z',
    },
    {
      action: 'supervise',
      reason: '同一楼道第三次',
      from: 'dispatched',
      to: 'dispatched',
    },
  ])
  expect(work.clock).toMatchObject({
    state: 'running',
    dueAt: properties.dueAt,
    promised: false,
    term: { id: '24h' },
  })
  expect(work.contactDueAt).toBe('2026-11-24T06:00:00.000Z')
  await act(id, 'suspend', { reason: '待厂家配件', planDate: '2026-12-10' })
  expect((await workOf(id)).clock.state).toBe('paused')
})

it('what the demo\'s day did is told with the name of the demo\'s account', async () => {
  const { id } = await newCase()
  await db.sql`insert into users (id, name, email, "emailVerified", role, username, demo) values ('a1', '值班员', 'a1', false, 'duty', 'duty', true)`
  await http.as('duty', { userId: 'demo-duty' }).post(`/api/v1/cases/${id}/actions/supervise`, { reason: '第三次' })
  expect((await workOf(id)).steps.at(-1)).toMatchObject({ actor: 'demo-duty', actorName: '值班员' })
  await db.sql`delete from users where id = 'a1'`
})

describe('the same matter', () => {
  const water = {
    content: '三号楼从早上开始停水，整栋楼都没有水',
    kind: 'utilities',
    location: { lng: east[0], lat: east[1] },
    contact: { name: '李女士', phone: '13900000001' },
  }
  const similarTo = async (id: string) => await (await http.get(`/api/v1/cases/${id}/similar`)).json() as SimilarCases

  it('is proposed for a call that is being taken, before it is on record, and the complainant is not', async () => {
    const first = await newCase(water)
    await newCase({ content: '广场舞音响太吵，影响孩子学习', kind: 'noise', location: water.location })
    await newCase({
      ...water,
      location: { lng: west[0], lat: west[1] },
      contact: { phone: '13900000009' },
    })
    const asked = await http.post('/api/v1/cases/similar', {
      content: '我们三号楼停水了，整栋楼没水',
      kind: 'utilities',
      location: water.location,
      contact: { phone: '139 0000 0001' },
    })
    const text = await asked.text()
    const { similar, flood } = JSON.parse(text) as SimilarCases
    expect(similar.map(({ id }) => id)).toEqual([first.id])
    expect(similar[0]).toMatchObject({ sameCaller: true, sameTopic: true, metres: 0 })
    expect(flood).toBe(false)
    expect(text).not.toMatch(/李女士|1390000/)
    expect((await http.as('community', { region: `${town}001` }).post('/api/v1/cases/similar', { ...water }).then(answer => answer.json()) as SimilarCases).similar.map(({ id }) => id)).not.toContain(first.id)
  })

  it('on one house is a flood from the fifth call within two hours on, and is no longer proposed once gathered', async () => {
    const calls = [
      await newCase(water),
      await newCase(water),
      await newCase(water),
      await newCase(water),
      await newCase(water),
    ]
    await db.sql`update cases set building = 42 where id = any(${calls.map(({ id }) => id)})`
    const head = calls[0]!.id
    const before = await similarTo(head)
    expect(before.flood).toBe(true)
    for (const { id } of calls.slice(1))
      await act(id, 'merge', { into: head })
    const after = await similarTo(head)
    expect(after.similar.map(({ id }) => id)).not.toContain(calls[1]!.id)
    expect((await workOf(head)).merged.map(({ id }) => id).sort()).toEqual(calls.slice(1).map(({ id }) => id).sort())
  })
})

it('a case placed by hand teaches its words: the next one who says so is found; words that fit anywhere teach nothing', async () => {
  await imported(db.sql, 'regions', smallTown())
  const places = await loadPlaces(db.sql)
  const { onEvents } = keepCurrent({
    places,
    arrivals: {
      seen: async () => {},
      forget: () => {},
    },
    coverage: {
      onEvents: () => {},
    } as never,
    roster: knownRoster(db.sql),
    log: createLog('silent'),
  })
  const cases = caseContext(db.sql, { places })
  const local = testHttp(db.sql, {
    cases,
    register: batchedRegistration(cases),
  })
  const propose = async (address: string) => (await (await local.post('/api/v1/place-proposals', { address })).json() as { proposals: PlaceProposal[] }).proposals
  const at = { lng: 117.0021, lat: 36.6021 }
  async function place(address: string) {
    const { id, geometry } = await (await local.post('/api/v1/cases', { content: '路灯不亮', address })).json() as CaseFeature
    if (geometry === null)
      expect((await local.post(`/api/v1/cases/${id}/actions/locate`, { location: at })).status).toBe(200)
    return geometry
  }
  expect(await propose('老供销社院里')).toEqual([])
  expect(await place('老供销社院里')).toBeNull()
  expect(await place('3号楼门口')).toBeNull()
  onEvents([
    { type: 'case.located' } as never,
  ])
  await eventually(async () => (await propose('老供销社院里')).length === 1)
  expect(await propose('老供销社院里')).toMatchObject([
    {
      at: [at.lng, at.lat],
      taught: true,
      by: 'address',
    },
  ])
  expect(await place('老供销社院里')).toMatchObject({
    coordinates: [at.lng, at.lat],
  })
  expect(await propose('3号楼门口')).toEqual([])
})

describe('files of a case', () => {
  it('photos can be added at any time, stand in the history and in the list, and belong to one case only', async () => {
    const { id } = await newCase()
    await db.sql`
      insert into uploads (id, kind, type, bytes, sha256, uploaded_by)
      values ('u-1', 'image', 'image/jpeg', 10, 'x', 'user-duty'), ('u-2', 'image', 'image/jpeg', 10, 'x', 'somebody')`
    await act(id, 'add-evidence', {
      evidence: [
        { kind: 'photo', upload: 'u-1' },
      ],
    })
    const work = await workOf(id)
    expect(work.files).toMatchObject([
      { id: 'u-1', kind: 'image', purpose: 'evidence' },
    ])
    expect(work.steps.at(-1)).toMatchObject({ action: 'add-evidence', to: 'registered' })
    const taken = await http.post(`/api/v1/cases/${(await newCase()).id}/actions/add-evidence`, {
      evidence: [
        { kind: 'photo', upload: 'u-1' },
        { kind: 'photo', upload: 'u-2' },
      ],
    })
    expect(taken.status).toBe(422)
    expect((await taken.json() as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual(['evidence.0.upload', 'evidence.1.upload'])
  })

  it('photos that staff took go with the case they register, those that are gone are named, and nothing is lost or doubled', async () => {
    await db.sql`
      insert into uploads (id, kind, type, bytes, sha256, uploaded_by)
      values ('v-1', 'image', 'image/jpeg', 10, 'x', 'user-grid')`
    const worker = http.as('grid', { officer: 'near' })
    const send = () => worker.post('/api/v1/cases', {
      content: '楼道堆物',
      source: 'visit',
      photos: ['v-1', 'gone'],
    }, { 'Idempotency-Key': 'visit-1' })
    const first = await (await send()).json() as CaseFeature
    expect(first).toMatchObject({
      missingPhotos: ['gone'],
    })
    expect(await (await send()).json()).toEqual(first)
    expect((await workOf(first.id)).files).toMatchObject([
      { id: 'v-1', purpose: 'report' },
    ])
  })
})
