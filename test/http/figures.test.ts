import { afterAll, beforeAll, expect, it } from 'vitest'
import { Figures } from '#contract/figures.ts'
import { dayOf, startOfDay } from '../../client/state/china-time.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql)

const today = startOfDay(Date.now())
const minute = 60_000
const hour = 60 * minute
const at = (ms: number) => new Date(ms)

async function addCase(id: string, said: { reported: number, closed?: number, calledBack?: number, satisfied?: boolean }) {
  await db.sql`
    insert into cases (subdistrict, id, kind, source, status, content, reported_at, closed_at, called_back_at, satisfied)
    values (${town}, ${id}, 'noise', 'hotline', ${said.closed ? 'closed' : 'registered'}, '…', ${at(said.reported)},
      ${said.closed
        ? at(said.closed)
        : null}, ${said.calledBack
        ? at(said.calledBack)
        : null}, ${said.satisfied ?? null})`
}

async function addCallBack(id: string, seq: number, when: number, satisfied: boolean | null) {
  await db.sql`
    insert into case_steps (subdistrict, case_id, seq, at, action, actor, to_status, satisfied)
    values (${town}, ${id}, ${seq}, ${at(when)}, 'call-back', 'duty', 'reopened', ${satisfied})`
}

beforeAll(async () => {
  await addCase('late', { reported: today - minute })
  await addCase('today', { reported: today + minute })
  await addCase('twice', {
    reported: today - 50 * hour,
    closed: today - 2 * hour,
    calledBack: today - 2 * hour,
    satisfied: true,
  })
  await addCallBack('twice', 1, today - 30 * hour, false)
  await addCallBack('twice', 2, today - 3 * hour, null)
  await addCallBack('twice', 3, today - 2 * hour, true)
  await addCase('imported', {
    reported: today - 90 * hour,
    closed: today - 40 * hour,
    calledBack: today - 26 * hour,
    satisfied: false,
  })
  await addCase('undated', { reported: today - 80 * hour, closed: today - 60 * hour, satisfied: true })
})

it('tells every day before today, in China, with the empty ones', async () => {
  const answer = await http.get('/api/v1/figures?days=5')
  expect(answer.status).toBe(200)
  const { days } = Figures.parse(await answer.json())
  expect(days.map(({ day }) => day)).toEqual([5, 4, 3, 2, 1].map(back => dayOf(today - back * 24 * hour)))
  expect(days[0]).toMatchObject({
    reported: 0,
    closed: 0,
    calledBack: 0,
    satisfied: 0,
  })
})

it('counts a dissatisfied call-back on its day although the case was satisfied later, and an unreached one not at all', async () => {
  const { days } = Figures.parse(await (await http.get('/api/v1/figures?days=2')).json())
  expect(days).toEqual([
    {
      day: dayOf(today - 48 * hour),
      reported: 0,
      closed: 1,
      calledBack: 2,
      satisfied: 0,
    },
    {
      day: dayOf(today - 24 * hour),
      reported: 1,
      closed: 1,
      calledBack: 1,
      satisfied: 1,
    },
  ])
})

it('dates an imported answer by the closing where nobody wrote down its day', async () => {
  const { days } = Figures.parse(await (await http.get('/api/v1/figures?days=3')).json())
  expect(days[0]).toMatchObject({
    day: dayOf(today - 72 * hour),
    closed: 1,
    calledBack: 1,
    satisfied: 1,
  })
})

it('refuses a number of days that is none', async () => {
  expect((await http.get('/api/v1/figures?days=0')).status).toBe(422)
})
