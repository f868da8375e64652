import type { PlannedVisit, VisitActionInput } from '#contract/worksite-visit.ts'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { WorksiteVisit } from '#contract/worksite-visit.ts'
import { readEvents } from '../../db/queries/events.ts'
import { listWorksites } from '../../db/queries/worksites.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town } from '../world/places.ts'
import { plantWorksite } from '../world/wages.ts'

const db = await testDatabase()
afterAll(db.drop)
let today = '2026-11-24'
const http = testHttp(db.sql, {
  cases: caseContext(db.sql, {
    now: () => new Date(`${today}T09:00:00+08:00`),
  }),
})
let number = 0
let site = ''

beforeEach(async () => {
  today = '2026-11-24'
  number++
  site = `v${number}`
  await plantWorksite(db.sql, site)
})

function visit(said: Partial<PlannedVisit> = {}): PlannedVisit {
  return {
    worksite: site,
    plannedOn: '2026-11-26',
    visitor: '张示例',
    purpose: '核对发薪',
    ...said,
  }
}
const plan = (visits: PlannedVisit[], as = http) => as.post('/api/v1/worksite-visits', { visits })
async function planned(said: Partial<PlannedVisit> = {}): Promise<string> {
  const response = await plan([
    visit(said),
  ])
  expect(response.status).toBe(201)
  return (await response.json() as string[])[0]!
}
async function list(query = `worksite=${site}`, as = http): Promise<WorksiteVisit[]> {
  return z.array(WorksiteVisit).parse(await (await as.get(`/api/v1/worksite-visits?${query}`)).json())
}
const end = (id: string, action: 'done' | 'move' | 'cancel', input: VisitActionInput, as = http) => as.post(`/api/v1/worksite-visits/${id}/${action}`, input)
async function errorsOf(response: Response): Promise<string[]> {
  expect(response.status).toBe(422)
  return ((await response.json()) as { errors: { path: string }[] }).errors.map(error => error.path)
}
const lastEvent = async () => (await readEvents(db.sql, 0, 10_000)).at(-1)!
const onMap = async () => (await listWorksites(db.sql)).find(({ id }) => id === site)!.properties.nextVisit

it('a visit that is planned is on the map at once, done it is off, with what was found', async () => {
  const later = await planned({ plannedOn: '2026-12-01' })
  const id = await planned()
  expect(await onMap()).toBe('2026-11-26')
  expect(await lastEvent()).toMatchObject({
    type: 'worksite.visit-planned',
    id: site,
    regions: [town, `${town}001`],
    data: {
      set: { nextVisit: '2026-11-26' },
    },
  })
  today = '2026-11-28'
  expect((await list()).map(({ id, overdueDays }) => [id, overdueDays])).toEqual([
    [id, 2],
    [later, 0],
  ])
  const done = WorksiteVisit.parse(await (await end(id, 'done', { on: '2026-11-27', finding: '两人未领到', peopleMet: 6 })).json())
  expect(done).toMatchObject({
    state: 'done',
    doneOn: '2026-11-27',
    finding: '两人未领到',
    peopleMet: 6,
    overdueDays: 0,
  })
  expect(await onMap()).toBe('2026-12-01')
  expect((await end(id, 'done', { on: '2026-11-27', finding: '再来一次' })).status).toBe(409)
  expect((await end(later, 'cancel', { reason: '已付清' })).status).toBe(200)
  expect(await onMap()).toBeNull()
})

it('a visit is moved with a reason, and what was planned before is kept', async () => {
  const id = await planned()
  expect(await errorsOf(await end(id, 'move', { on: '2026-11-23' }))).toEqual(['on', 'reason'])
  await end(id, 'move', { on: '2026-11-30', visitor: '李样板', reason: '工地停工' })
  expect(await list()).toMatchObject([
    {
      plannedOn: '2026-11-30',
      visitor: '李样板',
      moves: [
        {
          plannedOn: '2026-11-26',
          visitor: '张示例',
          reason: '工地停工',
          on: '2026-11-24',
        },
      ],
    },
  ])
  await planned({ plannedOn: '2026-12-02', visitor: '李样板' })
  expect(await errorsOf(await end(id, 'move', { on: '2026-12-02', reason: '再改' }))).toEqual(['on'])
})

describe('what is wrong', () => {
  it('is said at the row and field, and no visit is planned', async () => {
    const refused = await plan([
      visit(),
      visit({ worksite: 'nowhere' }),
      visit({ plannedOn: '2026-11-23' }),
      visit({ plannedOn: '2028-11-24' }),
      visit(),
    ])
    expect(await errorsOf(refused)).toEqual([
      'visits.1.worksite',
      'visits.2.plannedOn',
      'visits.3.plannedOn',
      'visits.4.visitor',
    ])
    expect(await list()).toEqual([])
    await planned()
    expect(await errorsOf(await plan([
      visit(),
    ]))).toEqual(['visits.0.visitor'])
  })

  it('is a visit that was before today done without a finding, or on a day to come', async () => {
    const id = await planned()
    expect(await errorsOf(await end(id, 'done', { on: '2026-11-25' }))).toEqual(['on', 'finding'])
    expect(await errorsOf(await end(id, 'done', {
      on: '2026-11-24',
      finding: '已发',
      documents: ['nothing'],
    }))).toEqual(['documents.0'])
    expect((await list())[0]).toMatchObject({ state: 'planned', documents: [] })
  })
})

it('a roster has the days asked for, and what is overdue from before', async () => {
  const early = await planned({ plannedOn: '2026-11-25' })
  const late = await planned({ plannedOn: '2026-12-20' })
  today = '2026-12-10'
  expect((await list(`worksite=${site}&from=2026-12-01&to=2026-12-31`)).map(({ id }) => id)).toEqual([early, late])
  await end(early, 'done', { on: '2026-12-01', finding: '已付清' })
  expect((await list(`worksite=${site}&from=2026-12-01&to=2026-12-31`)).map(({ id }) => id)).toEqual([late])
})

it('is for those of the part where the site lies, with surnames for those who plan, and no formula in the file', async () => {
  await planned({ visitor: '欧阳走访', purpose: '=1+1' })
  const elsewhere = http.as('community', { region: `${town}002` })
  expect(await list(`worksite=${site}`, elsewhere)).toEqual([])
  expect(await errorsOf(await plan([
    visit(),
  ], elsewhere))).toEqual(['visits.0.worksite'])
  const [masked] = await list(`worksite=${site}`, http.as('planner'))
  expect(masked).toMatchObject({ visitor: '欧某', plannedBy: null })
  const csv = await (await http.get(`/api/v1/worksite-visits.csv?worksite=${site}`)).text()
  expect(csv.split('\r\n')).toEqual([
    expect.stringContaining('计划日期,工地'),
    `2026-11-26,工地${site},无,0,欧阳走访,'=1+1,已安排,,,,,`,
    '',
  ])
  expect(await db.sql`select action from audit where action = 'wages.export-visits'`).toHaveLength(1)
  const id = (await list())[0]!.id
  expect((await end(id, 'cancel', { reason: '无关' }, elsewhere)).status).toBe(404)
})
