import type { HandlingStepInput, HandlingStepName } from '#contract/wage-handling.ts'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { HandlingHead, WageHandling } from '#contract/wage-handling.ts'
import { readEvents } from '../../db/queries/events.ts'
import { forgetUnattached, insertUpload } from '../../db/queries/uploads.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town } from '../world/places.ts'
import { link, plantWageCall, plantWorksite } from '../world/wages.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql, {
  cases: caseContext(db.sql),
})
const community = http.as('community', { region: `${town}001` })
const inspector = http.as('inspector')
let number = 0
let site = ''

beforeEach(async () => {
  number++
  site = `h${number}`
  await plantWorksite(db.sql, site)
  await http.put(`/api/v1/worksites/${site}/wages/parties`, {
    version: 0,
    parties: [
      link('gc', null, { role: 'general-contractor', company: '示范总包' }),
      link('lab', 'gc', { role: 'labour', company: '示范劳务' }),
    ],
  })
})

const complaint: HandlingStepInput = {
  on: '2026-11-03',
  yuan: 90_000,
  people: 12,
  note: '两个月未发工资',
}
const order: HandlingStepInput = {
  on: '2026-11-06',
  addressee: 'gc',
  article: 30,
  yuan: 60_000,
  people: 10,
  payBy: '2026-11-16',
  issuer: '示范区人力资源和社会保障局',
}

async function paper(id: string, by = 'user-duty'): Promise<string> {
  await insertUpload(db.sql, {
    id: `${site}-${id}`,
    kind: 'document',
    type: 'application/pdf',
    bytes: 10,
    width: null,
    height: null,
    sha256: '0'.repeat(64),
    uploadedBy: by,
  })
  return `${site}-${id}`
}
async function open(step: HandlingStepInput = complaint, as = http): Promise<WageHandling> {
  const response = await as.post(`/api/v1/worksites/${site}/wage-handlings`, { step })
  expect(response.status).toBe(201)
  return WageHandling.parse(await response.json())
}
async function send({ id, version }: { id: string, version: number }, step: HandlingStepName, input: HandlingStepInput, as = http) {
  return await as.post(`/api/v1/wage-handlings/${id}/steps/${step}`, { version, step: input })
}
async function take(handling: { id: string, version: number }, step: HandlingStepName, input: HandlingStepInput, as = http): Promise<WageHandling> {
  const response = await send(handling, step, input, as)
  expect(response.status, JSON.stringify(await response.clone().json())).toBe(200)
  return WageHandling.parse(await response.json())
}
async function errorsOf(response: Response): Promise<string[]> {
  expect(response.status).toBe(422)
  return ((await response.json()) as { errors: { path: string }[] }).errors.map(error => error.path)
}
const lastEvent = async () => (await readEvents(db.sql, 0, 10_000)).at(-1)!
async function stateOnMap() {
  const [row] = await db.sql`select handling from worksites where id = ${site}`
  return row!.handling
}

describe('from complaint to closed', () => {
  it('every step is dated, the map and all screens follow, and a term with its source says until when the next has to come', async () => {
    await plantWageCall(db.sql, `GD${site}`, site, { status: 'resolved' })
    let handling = await open({
      ...complaint,
      cases: [`GD${site}`],
    })
    expect(handling).toMatchObject({ state: 'complained', dueOn: '2026-11-10', overdueDays: 14 })
    expect(handling.id).toMatch(/^QX261103\d{4}$/)
    expect(await lastEvent()).toMatchObject({
      type: 'worksite.handling-complain',
      id: site,
      regions: [town, `${town}001`],
      data: {
        set: { handling: 'complained' },
      },
    })
    handling = await take(handling, 'check', {
      on: '2026-11-05',
      yuan: 60_000,
      people: 10,
      note: '核对考勤与流水',
    })
    expect(handling).toMatchObject({ foundYuan: 60_000, foundPeople: 10, dueOn: '2026-11-19' })
    handling = await take(handling, 'order', order)
    expect(handling).toMatchObject({ state: 'ordered', dueOn: '2026-11-16', overdueDays: 8 })
    expect(handling.steps[2]).toMatchObject({ addressee: 'gc', addresseeName: '示范总包' })
    handling = await take(handling, 'receipt', {
      on: '2026-11-06',
      ofStep: 3,
      receivedBy: '欧阳签收',
      manner: 'in-person',
      documents: [await paper('slip')],
    })
    handling = await take(handling, 'pay', {
      on: '2026-11-12',
      yuan: 20_000,
      people: 4,
      documents: [await paper('first')],
    })
    expect(handling.state).toBe('ordered')
    handling = await take(handling, 'pay', {
      on: '2026-11-16',
      yuan: 40_000,
      people: 6,
      documents: [await paper('second')],
    })
    expect(handling).toMatchObject({
      state: 'paid',
      paidYuan: 60_000,
      paidPeople: 10,
      dueOn: '2026-11-23',
    })
    handling = await take(handling, 'call-back', { on: '2026-11-18', confirmed: true, people: 5 }, inspector)
    handling = await take(handling, 'propose-close', { on: '2026-11-19' })
    expect((await send(handling, 'close', { on: '2026-11-20' })).status).toBe(409)
    handling = await take(handling, 'close', { on: '2026-11-20' }, inspector)
    expect(handling).toMatchObject({
      state: 'closed',
      closedAs: 'paid',
      closedOn: '2026-11-20',
      dueOn: null,
      caseStates: [
        { id: `GD${site}`, status: 'resolved' },
      ],
    })
    expect(handling.steps.map(({ step, on, from, to }) => [step, on, from, to])).toEqual([
      [
        'complain',
        '2026-11-03',
        null,
        'complained',
      ],
      [
        'check',
        '2026-11-05',
        'complained',
        'checked',
      ],
      [
        'order',
        '2026-11-06',
        'checked',
        'ordered',
      ],
      [
        'receipt',
        '2026-11-06',
        'ordered',
        'ordered',
      ],
      [
        'pay',
        '2026-11-12',
        'ordered',
        'ordered',
      ],
      ['pay', '2026-11-16', 'ordered', 'paid'],
      [
        'call-back',
        '2026-11-18',
        'paid',
        'paid',
      ],
      [
        'propose-close',
        '2026-11-19',
        'paid',
        'paid',
      ],
      [
        'close',
        '2026-11-20',
        'paid',
        'closed',
      ],
    ])
    expect(await stateOnMap()).toBeNull()
    expect(await lastEvent()).toMatchObject({
      type: 'worksite.handling-close',
      data: {
        set: { handling: null },
      },
    })
    expect(await db.sql`select count(*)::integer as steps from audit where target = ${`${site}/${handling.id}`}`).toEqual([
      { steps: 9 },
    ])
  })

  it('money that did not arrive takes the proofs back, and a closed one is opened again with a reason', async () => {
    let handling = await open({ ...complaint, yuan: 60_000, people: 10 })
    handling = await take(handling, 'pay', {
      on: '2026-11-04',
      yuan: 60_000,
      people: 10,
      documents: [await paper('slip')],
      skipReason: '总包当日主动支付',
    })
    handling = await take(handling, 'call-back', {
      on: '2026-11-05',
      confirmed: false,
      people: 2,
      note: '两人均未到账',
    }, inspector)
    expect(handling).toMatchObject({ state: 'checked', paidYuan: 0, paidPeople: 0 })
    expect(handling.steps[1]).toMatchObject({ skipReason: '总包当日主动支付' })
    handling = await take(handling, 'check', {
      on: '2026-11-06',
      yuan: 0,
      people: 0,
      note: '银行延迟，已到账',
    })
    handling = await take(handling, 'propose-close', { on: '2026-11-06', note: '查无拖欠' })
    handling = await take(handling, 'close', { on: '2026-11-07' }, inspector)
    expect(handling.closedAs).toBe('unfounded')
    expect(await errorsOf(await send(handling, 'reopen', { on: '2026-11-08' }))).toEqual(['step.note'])
    handling = await take(handling, 'reopen', { on: '2026-11-08', note: '工人再次来电' })
    expect(handling).toMatchObject({ state: 'checked', closedAs: null })
    expect(await stateOnMap()).toBe('checked')
  })
})

describe('what is wrong', () => {
  it('is said at the field, and nothing of it is kept', async () => {
    expect(await errorsOf(await http.post(`/api/v1/worksites/${site}/wage-handlings`, {
      step: { ...complaint, yuan: -5 },
    }))).toEqual(['step.yuan'])
    expect(await errorsOf(await http.post(`/api/v1/worksites/${site}/wage-handlings`, {
      step: {
        ...complaint,
        cases: ['GDnobody'],
        documents: ['nothing'],
      },
    }))).toEqual(['step.cases.0'])
    expect(await errorsOf(await http.post(`/api/v1/worksites/${site}/wage-handlings`, {
      step: {
        ...complaint,
        documents: ['nothing'],
      },
    }))).toEqual(['step.documents.0'])
    expect(await db.sql`select id from wage_handlings where worksite = ${site}`).toEqual([])
    const handling = await open()
    expect(await errorsOf(await send(handling, 'order', { ...order, addressee: 'nobody', skipReason: '当场承认' }))).toEqual(['step.addressee'])
    const somebodyElses = await paper('theirs', 'user-community')
    expect(await errorsOf(await send(handling, 'pay', {
      on: '2026-11-04',
      yuan: 100,
      people: 1,
      documents: [somebodyElses],
    }))).toEqual(['step.documents.0'])
    const kept = await http.get(`/api/v1/wage-handlings/${handling.id}`)
    expect(WageHandling.parse(await kept.json())).toMatchObject({ version: 1, paidYuan: 0 })
  })

  it('is a case of another kind, of another site, of a later day, or one that rests elsewhere', async () => {
    await plantWageCall(db.sql, `A${site}`, site, { kind: 'noise' })
    await plantWageCall(db.sql, `B${site}`, 'h0')
    await plantWageCall(db.sql, `C${site}`, site, { day: '2026-11-04' })
    await plantWageCall(db.sql, `D${site}`, site)
    await plantWageCall(db.sql, `E${site}`, null)
    await open({
      ...complaint,
      cases: [`D${site}`],
    })
    const refused = await http.post(`/api/v1/worksites/${site}/wage-handlings`, {
      step: {
        ...complaint,
        cases: ['A', 'B', 'C', 'D', 'E'].map(letter => `${letter}${site}`),
      },
    })
    expect(await errorsOf(refused)).toEqual([
      'step.cases.0',
      'step.cases.1',
      'step.cases.2',
      'step.cases.3',
    ])
  })

  it('is what somebody else has done meanwhile', async () => {
    const handling = await open()
    await take(handling, 'link', {
      on: '2026-11-04',
      cases: await planted(`F${site}`),
    })
    const late = await send(handling, 'link', {
      on: '2026-11-04',
      cases: await planted(`G${site}`),
    })
    expect(late.status).toBe(409)
    expect(await late.json()).toMatchObject({
      type: expect.stringMatching(/stale$/),
      current: {
        version: 2,
        cases: [`F${site}`],
      },
    })
  })

  async function planted(id: string): Promise<string[]> {
    await plantWageCall(db.sql, id, site)
    return [id]
  }
})

describe('who sees it', () => {
  it('those of the part where it lies, by its site and by its case', async () => {
    await plantWageCall(db.sql, `GD${site}`, site)
    const handling = await open({
      ...complaint,
      cases: [`GD${site}`],
    }, community)
    const list = async (query: string, as = http) => z.array(HandlingHead).parse(await (await as.get(`/api/v1/wage-handlings?${query}`)).json()).map(({ id }) => id)
    expect(await list(`case=GD${site}`)).toEqual([handling.id])
    expect(await list(`worksite=${site}`, community)).toEqual([handling.id])
    const elsewhere = http.as('community', { region: `${town}002` })
    expect(await list(`worksite=${site}`, elsewhere)).toEqual([])
    expect((await elsewhere.get(`/api/v1/wage-handlings/${handling.id}`)).status).toBe(404)
    expect((await send(handling, 'check', {
      on: '2026-11-04',
      yuan: 0,
      people: 0,
      note: '无',
    }, elsewhere)).status).toBe(404)
    expect((await elsewhere.post(`/api/v1/worksites/${site}/wage-handlings`, { step: complaint })).status).toBe(404)
  })

  it('with surnames only for those who plan; the name of who signed for a paper is kept nowhere in clear', async () => {
    let handling = await open()
    handling = await take(handling, 'order', { ...order, skipReason: '当场承认' })
    handling = await take(handling, 'receipt', {
      on: '2026-11-07',
      ofStep: 2,
      receivedBy: '欧阳签收',
      manner: 'left',
    })
    expect(handling.steps[2]).toMatchObject({ receivedBy: '欧阳签收', by: 'duty' })
    const masked = WageHandling.parse(await (await http.as('planner').get(`/api/v1/wage-handlings/${handling.id}`)).json())
    expect(masked.steps[2]).toMatchObject({ receivedBy: '欧某', by: null })
    expect(masked.possible).toEqual([])
    const [text] = await db.sql<[{ all: string }]>`
      select (select string_agg(s::text, '') from wage_handling_steps s) || (select string_agg(data::text, '') from events) || (select string_agg(a::text, '') from audit a) as all`
    expect(text.all).not.toContain('欧阳')
  })

  it('its papers, who may see the site; they do not expire', async () => {
    const slip = await paper('slip')
    await take(await open(), 'pay', {
      on: '2026-11-04',
      yuan: 100,
      people: 1,
      documents: [slip],
    })
    await forgetUnattached(db.sql, new Date('2100-01-01'))
    const [row] = await db.sql`select worksite, purpose from uploads where id = ${slip}`
    expect(row).toEqual({ worksite: site, purpose: 'evidence' })
    const detailOf = async (as: typeof http) => ((await (await as.get(`/api/v1/uploads/${slip}`)).json()) as { detail: string }).detail
    expect(await detailOf(community)).toBe('The file is no longer kept.')
    expect(await detailOf(http.as('community', { region: `${town}002` }))).toBe('There is no such upload.')
  })
})

it('terms that the administrator sets count from then on, with their source', async () => {
  const before = await open()
  const response = await http.as('admin').put('/api/v1/wage-handling-terms', [
    { term: 'check', workingDays: 2, source: '本街道工作方案' },
  ])
  expect(response.status).toBe(200)
  const after = await open()
  expect([before.dueOn, after.dueOn]).toEqual(['2026-11-10', '2026-11-05'])
  expect(after.terms).toContainEqual({ term: 'check', workingDays: 2, source: '本街道工作方案' })
  expect((await http.put('/api/v1/wage-handling-terms', [])).status).toBe(403)
})

it('a term that reaches into a year without holiday notice is not known, and says which year', async () => {
  await http.as('admin').put('/api/v1/wage-handling-terms', [
    { term: 'check', workingDays: 60, source: '法定上限' },
  ])
  expect(await open()).toMatchObject({ dueOn: null, dueMissingYear: 2027, overdueDays: 0 })
})

it('a site that moves to another subdistrict, and is imported anew, takes its handlings along', async () => {
  const handling = await open()
  await db.sql`update worksites set subdistrict = '990101002' where id = ${site}`
  expect((await http.get(`/api/v1/wage-handlings/${handling.id}`)).status).toBe(200)
  expect(await take(handling, 'check', {
    on: '2026-11-04',
    yuan: 60_000,
    people: 10,
    note: '核实',
  })).toMatchObject({ state: 'checked' })
})
