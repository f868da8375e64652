import type { Handover, HandoverNote, Handovers } from '#contract/handover.ts'
import type { CaseFeature } from '#contract/case.ts'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { readEvents } from '../../db/queries/events.ts'
import { listHandoverItems } from '../../db/queries/handover.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { west } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql)
const wang = http.as('duty', { userId: 'u-wang', name: '王敏' })
const li = http.as('duty', { userId: 'u-li', name: '李强' })
const notes = '/api/v1/handover-notes'
const handovers = '/api/v1/handovers'

beforeEach(async () => {
  await db.sql`truncate handover_notes, handovers`
})

async function read<T>(answer: Response, status = 200): Promise<T> {
  const told = await answer.json()
  expect(answer.status, JSON.stringify(told)).toBe(status)
  return told as T
}
const newCase = async (said: object) => (await read<CaseFeature>(await wang.post('/api/v1/cases', { content: '电梯停运', ...said }), 201)).id
const followed = async () => (await listHandoverItems(db.sql)).map(({ properties }) => properties as unknown as HandoverNote | Handover)

it('the next officer takes over what is open at that moment: cases, unlocated ones, who is on the way, notes', async () => {
  await db.sql`insert into officers (subdistrict, id, name, duty) values ('990101001', 'w1', '赵网格', 'on')`
  const gas = await newCase({
    urgency: 'emergency',
    location: { lng: west[0], lat: west[1] },
  })
  const lost = await newCase({ address: '没人知道的地方' })
  const sent = await newCase({
    location: { lng: west[0], lat: west[1] },
  })
  await read(await wang.post(`/api/v1/cases/${sent}/assignments`, { officer: 'w1' }), 201)
  const note = await read<HandoverNote>(await wang.post(notes, { said: '3号楼长约十点回电', caseId: lost }), 201)
  const { id } = await read<Handover>(await wang.post(handovers, { remark: '雨大，先看地下车库' }), 201)
  expect(await followed()).toMatchObject([
    { kind: 'note', id: note.id },
    { kind: 'handover', id, takenBy: null },
  ])

  const late = await newCase({
    location: { lng: west[0], lat: west[1] },
  })
  // A worker asks to give it back: the desk has to decide.
  await db.sql`update cases set status = 'return-requested' where id = ${late}`
  const { taken, takenBy } = await read<Handover>(await li.post(`${handovers}/${id}/taking`, {}))

  expect(takenBy).toEqual({ id: 'u-li', name: '李强' })
  expect(taken).toEqual({
    waiting: 3,
    overdue: 0,
    emergencies: [gas],
    unlocated: [lost],
    assignments: [sent],
    notes: ['3号楼长约十点回电'],
  })
  expect(late).toBeTruthy()
  expect((await read<Handovers>(await li.get(handovers))).handovers).toMatchObject([
    {
      id,
      remark: '雨大，先看地下车库',
      by: { name: '王敏' },
    },
  ])
  const types = (await readEvents(db.sql, 0, 1000)).map(({ type }) => type).filter(type => type.startsWith('handover.'))
  expect(types).toEqual(['handover.noted', 'handover.offered', 'handover.taken'])
})

it('nobody takes over from himself, a shift is taken once, and one is handed over at a time', async () => {
  const { id } = await read<Handover>(await wang.post(handovers, {}), 201)
  expect(await read(await wang.post(`${handovers}/${id}/taking`, {}), 409)).toMatchObject({ reason: 'own' })
  expect(await read(await li.post(handovers, {}), 409)).toMatchObject({ reason: 'pending' })
  expect(await read(await li.remove(`${handovers}/${id}`), 409)).toMatchObject({ reason: 'not-own' })

  const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => http.as('duty', { userId: `u${index}`, name: `${index}` }).post(`${handovers}/${id}/taking`, {})))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409])
  await read(await wang.post(handovers, {}), 201)
})

it('who handed over may take it back until it is taken', async () => {
  const { id } = await read<Handover>(await wang.post(handovers, {}), 201)
  expect((await wang.remove(`${handovers}/${id}`)).status).toBe(204)
  expect(await followed()).toEqual([])
  expect((await li.post(`${handovers}/${id}/taking`, {})).status).toBe(404)
})

it('a note is open until somebody has seen to it, on every desk', async () => {
  const { id } = await read<HandoverNote>(await wang.post(notes, { said: '通知物业' }), 201)
  expect((await li.remove(`${notes}/${id}`)).status).toBe(204)
  expect((await li.remove(`${notes}/${id}`)).status).toBe(404)
  expect(await followed()).toEqual([])
  const [last] = (await readEvents(db.sql, 0, 1000)).slice(-1)
  expect(last).toMatchObject({
    type: 'handover.settled',
    id,
    data: { gone: true },
  })
})

it('bad input is named, and nothing is kept', async () => {
  for (const [input, path] of [
    [
      { said: ' ' },
      'said',
    ],
    [
      {
        said: '长'.repeat(501),
      },
      'said',
    ],
    [
      { said: '看看', caseId: 'GD000' },
      'caseId',
    ],
  ] as const) {
    expect(await read(await wang.post(notes, input), 422)).toMatchObject({
      errors: [
        { path },
      ],
    })
  }
  expect(await followed()).toEqual([])
})
