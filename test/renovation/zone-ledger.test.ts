import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { ContractorRecord, ZoneChange, ZoneLedger, ZoneMonths, ZoneSchedule } from '#contract/renovation.ts'
import { z } from 'zod'
import { readEvents } from '../../db/queries/events.ts'
import { insertUpload } from '../../db/queries/uploads.ts'
import { squareMetres } from '../../server/places/polygon.ts'
import { settleAllZones } from '../../server/renovation/settle-zones.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { town } from '../world/places.ts'
import { square } from '../world/regions.ts'
import { noFacts, plantCall, plantZone } from '../world/renovation.ts'

const db = await testDatabase()
afterAll(db.drop)
const http = testHttp(db.sql, {
  cases: caseContext(db.sql),
})
const inspector = http.as('inspector')
let number = 0
let id = ''
let path = ''

beforeEach(async () => {
  number++
  id = `z${number}`
  path = `/api/v1/renovation-zones/${id}`
  await plantZone(db.sql, id, number)
})

async function read(as = http): Promise<ZoneLedger> {
  const response = await as.get(`${path}/ledger`)
  expect(response.status).toBe(200)
  return ZoneLedger.parse(await response.json())
}
async function history(as = http): Promise<ZoneChange[]> {
  return z.array(ZoneChange).parse(await (await as.get(`${path}/history`)).json())
}
async function put(part: string, value: Record<string, unknown>, as = http) {
  return await as.put(`${path}/${part}`, { version: (await read()).version, ...value })
}
async function post(part: string, value: Record<string, unknown>, as = http) {
  return await as.post(`${path}/${part}`, { version: (await read()).version, ...value })
}
async function errorsOf(response: Response): Promise<string[]> {
  expect(response.status).toBe(422)
  return ((await response.json()) as { errors: { path: string }[] }).errors.map(error => error.path)
}
const lastEvent = async () => (await readEvents(db.sql, 0, 10_000)).at(-1)!

it('a zone that was only imported has all nine stages and no leftovers', async () => {
  const ledger = await read()
  expect(ledger).toMatchObject({
    version: 0,
    leftovers: [],
    warranty: null,
    calls: { kinds: [] },
  })
  expect(ledger.stages).toHaveLength(9)
})

it('what it is, where it stands, who agreed and who pays are written, shown on the map and kept in the history', async () => {
  expect((await put('facts', {
    facts: {
      ...noFacts,
      batch: '2025年第一批',
      contractor: '示范建设一公司',
      households: 300,
    },
  })).status).toBe(200)
  expect(await lastEvent()).toMatchObject({
    type: 'zone.ledger-changed',
    id,
    regions: [town, `${town}001`],
    data: {
      set: { contractor: '示范建设一公司', households: 300 },
    },
  })
  expect((await put('stages', {
    stage: 'construction',
    stages: [
      {
        stage: 'survey',
        planStart: '2026-01-01',
        planEnd: '2026-01-31',
        realStart: '2026-01-05',
        realEnd: '2026-02-10',
      },
      {
        stage: 'construction',
        planStart: '2026-03-01',
        planEnd: '2026-12-01',
        realStart: '2026-03-08',
        realEnd: null,
      },
    ],
  })).status).toBe(200)
  expect((await lastEvent()).data).toMatchObject({
    set: { stage: 'construction', planEnd: '2026-12-01', realStart: '2026-03-08' },
  })
  await put('consents', {
    consents: [
      { building: '1号楼', households: 60, agreed: 57 },
      { building: '2号楼', households: 40, agreed: 33 },
    ],
  })
  expect((await lastEvent()).data).toMatchObject({
    set: { consentRate: 0.9 },
  })
  await put('funds', {
    funds: [
      {
        source: 'central',
        yuan: 4_000_000,
        paidYuan: 1_000_000,
        note: null,
      },
      {
        source: 'residents',
        yuan: 200_000,
        paidYuan: 0,
        note: '每户 1,000 元',
      },
    ],
  })
  expect(await read()).toMatchObject({
    version: 4,
    stage: 'construction',
    fundsYuan: 4_200_000,
    consentRate: 0.9,
    facts: { batch: '2025年第一批' },
  })
  expect((await read()).stages.filter(({ realStart }) => realStart !== null).map(({ stage }) => stage)).toEqual(['survey', 'construction'])
  const changes = await history()
  expect(changes.map(({ part, by, version }) => `${version} ${part} ${by}`)).toEqual([
    '4 funds duty',
    '3 consents duty',
    '2 stages duty',
    '1 facts duty',
  ])
  expect(changes[1]).toMatchObject({
    before: [],
    after: [
      { building: '1号楼' },
      {},
    ],
  })
})

describe('what is wrong', () => {
  it('is said at the field, and nothing of it is saved', async () => {
    expect(await errorsOf(await put('facts', {
      facts: { ...noFacts, households: -1 },
    }))).toEqual(['facts.households'])
    expect(await errorsOf(await put('consents', {
      consents: [
        { building: '1号楼', households: 10, agreed: 11 },
      ],
    }))).toEqual(['consents.0.agreed'])
    expect(await errorsOf(await put('funds', {
      funds: [
        {
          source: 'city',
          yuan: -5,
          paidYuan: 0,
          note: null,
        },
      ],
    }))).toEqual(['funds.0.yuan'])
    expect(await errorsOf(await put('stages', {
      stage: 'survey',
      stages: [
        {
          stage: 'survey',
          planStart: '2026-03-01',
          planEnd: '2026-02-01',
          realStart: null,
          realEnd: null,
        },
      ],
    }))).toEqual(['stages.0.planEnd'])
    expect(await read()).toMatchObject({ version: 0, consents: [], funds: [] })
    expect(await history()).toEqual([])
  })

  it('because somebody else was faster comes with what is there now', async () => {
    await put('facts', { facts: noFacts })
    const response = await http.put(`${path}/facts`, { version: 0, facts: noFacts })
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({
      type: 'urn:huizhi:problem:stale',
      current: { version: 1 },
    })
  })

  it('about a zone that is not there, or in another community, is not found', async () => {
    expect((await http.get('/api/v1/renovation-zones/nowhere/ledger')).status).toBe(404)
    const elsewhere = http.as('community', { region: `${town}002` })
    expect((await elsewhere.get(`${path}/ledger`)).status).toBe(404)
    expect((await put('facts', { facts: noFacts }, elsewhere)).status).toBe(404)
    expect((await put('facts', { facts: noFacts }, http.as('community', { region: `${town}001` }))).status).toBe(200)
    expect((await put('facts', { facts: noFacts }, http.as('planner'))).status).toBe(403)
  })
})

describe('a leftover issue', () => {
  const words = { title: '3号楼楼道管线未归整', owner: '示范建设一公司', dueOn: '2026-12-10' }
  const evidence = [
    { kind: 'text', text: '已归整' },
  ]
  async function planted(): Promise<string> {
    expect((await post('leftovers', { leftover: words })).status).toBe(200)
    return (await read()).leftovers[0]!.id
  }

  it('is counted on the map until two different people have taken it off', async () => {
    const leftover = await planted()
    expect((await lastEvent()).data).toMatchObject({
      set: { openLeftovers: 1 },
    })
    const act = (action: string, more: Record<string, unknown> = {}, as = http) => post(`leftovers/${leftover}/actions/${action}`, more, as)
    expect((await act('confirm')).status).toBe(409)
    expect(await errorsOf(await act('propose'))).toEqual(['evidence'])
    expect((await act('propose', { evidence })).status).toBe(200)
    const refused = await act('confirm')
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({
      detail: expect.stringContaining('two keys') as string,
    })
    expect(await errorsOf(await act('send-back', {}, inspector))).toEqual(['reason'])
    expect((await act('send-back', { reason: '照片不清' }, inspector)).status).toBe(200)
    expect((await read()).leftovers[0]!.state).toBe('working')
    await act('propose', { evidence })
    expect((await read(inspector)).leftovers[0]!.possible).toEqual([
      { action: 'confirm', refusal: null },
      { action: 'send-back', refusal: null },
    ])
    expect((await act('confirm', {}, inspector)).status).toBe(200)
    expect((await lastEvent()).data).toMatchObject({
      set: { openLeftovers: 0 },
    })
    expect((await history()).map(({ part }) => part)).toEqual([
      'leftover.confirm',
      'leftover.propose',
      'leftover.send-back',
      'leftover.propose',
      'leftover.add',
    ])
  })

  it('has a term that lies ahead, and says by how many days it is over', async () => {
    expect(await errorsOf(await post('leftovers', {
      leftover: { ...words, dueOn: '2026-11-23' },
    }))).toEqual(['leftover.dueOn'])
    const leftover = await planted()
    await db.sql`update zone_leftovers set due_on = '2026-11-20' where id = ${leftover}`
    expect((await read()).leftovers[0]!.overdueDays).toBe(4)
    expect((await put(`leftovers/${leftover}`, { leftover: words })).status).toBe(200)
    expect((await read()).leftovers[0]!.overdueDays).toBe(0)
    expect((await put('leftovers/nothing', { leftover: words })).status).toBe(404)
  })

  it('takes photos that its handler has uploaded, and whoever may see the zone sees them', async () => {
    const leftover = await planted()
    const photo = (uploadId: string, uploadedBy: string) => insertUpload(db.sql, {
      id: uploadId,
      kind: 'image',
      type: 'image/jpeg',
      bytes: 3,
      width: 1,
      height: 1,
      sha256: 'x',
      uploadedBy,
    })
    await photo('mine', 'user-duty')
    await photo('theirs', 'user-community')
    const propose = (upload: string) => post(`leftovers/${leftover}/actions/propose`, {
      evidence: [
        { kind: 'text', text: '见照片' },
        { kind: 'photo', upload },
      ],
    })
    expect(await errorsOf(await propose('theirs'))).toEqual(['evidence.1'])
    expect((await propose('mine')).status).toBe(200)
    const [kept] = await db.sql`select zone, purpose, subdistrict from uploads where id = 'mine'`
    expect(kept).toEqual({ zone: id, purpose: 'evidence', subdistrict: town })
    // The row is found; that its file was never written is another matter.
    const detail = async (as: typeof http) => ((await (await as.get('/api/v1/uploads/mine')).json()) as { detail: string }).detail
    expect(await detail(inspector)).toContain('no longer kept')
    expect(await detail(http.as('community', { region: `${town}002` }))).toContain('no such upload')
  })
})

describe('the warranty', () => {
  const worksOver = { realStart: '2024-03-01', realEnd: '2024-12-01', contractor: '示范建设一公司' }

  it('is told at 90, 30 and 7 days before its end, once each, also after downtime and by two processes at a time', async () => {
    await plantZone(db.sql, id, number, { ...worksOver, warrantyEnd: '2027-03-31' })
    const told = async (day: string) => {
      const at = new Date(`${day}T00:15:00+08:00`)
      await Promise.all([1, 2].map(() => db.sql.begin(tx => settleAllZones(tx, at))))
      return (await readEvents(db.sql, 0, 10_000)).filter(event => event.id === id && event.type === 'zone.warranty-ending').map(event => event.data.set!.warrantyNotice)
    }
    expect(await told('2026-12-30')).toEqual([])
    expect(await told('2026-12-31')).toEqual([90])
    expect(await told('2027-01-20')).toEqual([90])
    // Nobody ran between January and the last week.
    expect(await told('2027-03-26')).toEqual([90, 7])
    expect(await told('2027-03-31')).toEqual([90, 7])
    expect(await told('2027-04-02')).toEqual([90, 7])
  })

  it('marks defects that came before its end for the contractor, with the days that were left', async () => {
    await plantZone(db.sql, id, number, { ...worksOver, warrantyEnd: '2026-12-01' })
    await plantCall(db.sql, `${id}-leak`, id, { kind: 'renovation', day: '2026-11-01' })
    await plantCall(db.sql, `${id}-noise`, id, { kind: 'noise', day: '2026-11-01' })
    await plantCall(db.sql, `${id}-works`, id, { kind: 'renovation', day: '2024-05-01' })
    const ledger = await read()
    expect(ledger.warranty).toMatchObject({ daysLeft: 7, contractor: '示范建设一公司' })
    expect(ledger.warranty!.defects).toMatchObject([
      { case: `${id}-leak`, daysLeft: 30 },
    ])
    expect(ledger.calls.kinds).toContainEqual({
      kind: 'renovation',
      before: 0,
      during: 1,
      after: 1,
    })
  })
})

it('a contractor is seen over all its zones, a batch with all its dates', async () => {
  const contractor = '演示建工集团'
  await plantZone(db.sql, `${id}a`, 20, {
    contractor,
    batch: '2024年第一批',
    planEnd: '2024-11-01',
    realStart: '2024-03-01',
    realEnd: '2024-12-01',
    warrantyEnd: '2026-12-01',
    openLeftovers: 2,
  })
  await plantZone(db.sql, `${id}b`, 21, { contractor, batch: '2024年第一批', openLeftovers: 1 })
  await plantCall(db.sql, `${id}-1`, `${id}a`, { kind: 'utilities', day: '2026-01-01' })
  await plantCall(db.sql, `${id}-2`, `${id}b`, { kind: 'property', day: '2026-01-01' })
  const records = z.array(ContractorRecord).parse(await (await http.get('/api/v1/renovation-contractors')).json())
  const record = records.find(other => other.contractor === contractor)!
  expect(record).toMatchObject({
    zones: [
      { lateDays: 30, defects: 1 },
      { lateDays: 0, defects: 0 },
    ],
    leftovers: { open: 3 },
    defects: 1,
  })
  expect(record.calls.kinds).toEqual([
    {
      kind: 'property',
      before: 1,
      during: 0,
      after: 0,
    },
    {
      kind: 'utilities',
      before: 0,
      during: 0,
      after: 1,
    },
  ])
  const months = z.array(ZoneMonths).parse(await (await http.get('/api/v1/renovation-months')).json()).find(other => other.zone === `${id}a`)!.months
  expect(months.find(({ month }) => month === '2026-01')).toEqual({
    month: '2026-01',
    calls: 1,
    stage: 'construction',
    leftovers: null,
  })
  expect(months).toHaveLength(24)
  const schedule = z.array(ZoneSchedule).parse(await (await http.get('/api/v1/renovation-schedule')).json())
  expect(schedule.filter(({ batch }) => batch === '2024年第一批')).toHaveLength(2)
  const elsewhere = http.as('community', { region: `${town}002` })
  expect(await (await elsewhere.get('/api/v1/renovation-schedule')).json()).toEqual([])
  expect(await (await elsewhere.get('/api/v1/renovation-contractors')).json()).toEqual([])
})

describe('an outline', () => {
  const area = (lng: number, lat: number) => square([lng, lat], 0.002, {}).geometry

  it('is drawn anew, and cases are told in which zone they lie', async () => {
    await db.sql`
      insert into cases (subdistrict, id, kind, source, status, content, location, reported_at)
      values (${town}, ${`${id}-far`}, 'renovation', 'hotline', 'registered', '墙皮脱落', point(116.951, 36.651), now())`
    const response = await put('area', {
      area: area(116.95, 36.65),
    })
    expect(response.status).toBe(200)
    const [row] = await db.sql`select zone from cases where id = ${`${id}-far`}`
    expect(row).toEqual({ zone: id })
    expect((await history())[0]).toMatchObject({ part: 'area', by: 'duty' })
  })

  it('that crosses itself or lies over another zone is refused at the field', async () => {
    await plantZone(db.sql, `${id}-other`, 30)
    expect(await errorsOf(await put('area', {
      area: area(116.91 + 0.003 * 30, 36.6101),
    }))).toEqual(['area'])
    const bow = {
      type: 'Polygon',
      coordinates: [
        [
          [117.05, 36.65],
          [117.06, 36.66],
          [117.06, 36.65],
          [117.05, 36.66],
          [117.05, 36.65],
        ],
      ],
    }
    expect(await errorsOf(await put('area', { area: bow }))).toEqual(['area'])
    expect((await read()).version).toBe(0)
  })

  it('outside of the subdistrict is refused at the field, drawn anew or as a new zone, and nothing of it is kept', async () => {
    await db.sql`
      insert into regions (subdistrict, id, level, name, geometry, bounds)
      values (${town}, ${town}, 'subdistrict', '示范街道', ${JSON.stringify(square([116.9, 36.6], 0.2, {}).geometry)}::text::jsonb, box(point(116.9, 36.6), point(117.1, 36.8)))`
    try {
      expect(await errorsOf(await put('area', {
        area: area(117.5, 36.65),
      }))).toEqual(['area'])
      expect(await errorsOf(await http.post('/api/v1/renovation-zones', {
        facts: { ...noFacts, name: '城外小区' },
        area: area(117.0995, 36.65),
      }))).toEqual(['area'])
      expect((await read()).version).toBe(0)
      expect(await db.sql`select 1 from renovation_zones where name = '城外小区'`).toHaveLength(0)
    }
    finally {
      await db.sql`delete from regions where id = ${town}`
    }
  })

  it('makes a new zone, of a name that is not taken', async () => {
    const drawn = {
      facts: { ...noFacts, name: `${id}新区` },
      area: area(117.06, 36.61),
    }
    const response = await http.post('/api/v1/renovation-zones', drawn)
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({
      version: 0,
      stage: 'survey',
      facts: { name: `${id}新区` },
    })
    expect(await lastEvent()).toMatchObject({
      type: 'zone.drawn',
      data: {
        feature: {
          properties: { name: `${id}新区` },
        },
      },
    })
    expect(await errorsOf(await http.post('/api/v1/renovation-zones', drawn))).toEqual(['facts.name', 'area'])
  })
})

describe('a zone that was drawn as one', () => {
  const callAt = (caseId: string, lng: number) => db.sql`
    insert into cases (subdistrict, id, kind, source, status, content, location, zone, reported_at)
    values (${town}, ${caseId}, 'renovation', 'hotline', 'registered', '墙皮脱落', point(${lng}, 36.611), ${id}, now())`
  const west = () => 116.91 + 0.003 * number
  const split = (value: Record<string, unknown>) => post('split', value)

  it('is cut in two: the larger part keeps its ledger, the other its batch and dates, and calls follow their place', async () => {
    await plantZone(db.sql, id, number, {
      batch: '2026年第一批',
      households: 300,
      stage: 'construction',
      realStart: '2026-03-01',
    })
    await callAt(`${id}-w`, west() + 0.0003)
    await callAt(`${id}-e`, west() + 0.0016)
    await put('consents', {
      consents: [
        { building: '1号楼', households: 60, agreed: 57 },
      ],
    })
    const line = [
      [west() + 0.0008, 36.6105],
      [west() + 0.0008, 36.6106],
    ]
    expect(await errorsOf(await split({
      line: [line[0], line[0]],
      name: `${id}西区`,
    }))).toEqual(['line'])
    expect((await split({ line, name: `${id}西区` })).status).toBe(200)
    const [part] = await db.sql`select id, stage, batch, households, real_start from renovation_zones where name = ${`${id}西区`}`
    expect(part).toMatchObject({
      stage: 'construction',
      batch: '2026年第一批',
      households: null,
      real_start: '2026-03-01',
    })
    expect((await read()).consents).toHaveLength(1)
    const cases = await db.sql`select id, zone from cases where id like ${`${id}-_`} order by id`
    expect(cases).toEqual([
      { id: `${id}-e`, zone: id },
      { id: `${id}-w`, zone: part!.id },
    ])
    expect((await history())[0]).toMatchObject({
      part: 'split',
      after: { name: `${id}西区` },
    })
  })

  it('takes another one in that touches it and of which nothing is written down', async () => {
    await db.sql`delete from renovation_zones where id <> ${id}`
    const beside = async (zone: string, lng: number) => {
      await plantZone(db.sql, zone, 60)
      await db.sql`update renovation_zones set geometry = ${JSON.stringify(square([lng, 36.61], 0.002, {}).geometry)}::text::jsonb where id = ${zone}`
    }
    await beside(`${id}b`, west() + 0.002)
    await beside(`${id}far`, west() + 0.01)
    const merge = (other: string) => post('merge', { other })
    expect(await errorsOf(await merge(`${id}far`))).toEqual(['other'])
    expect(await errorsOf(await merge(id))).toEqual(['other'])
    await db.sql`insert into zone_consents (subdistrict, zone, nr, building, households, agreed) values (${town}, ${`${id}b`}, 0, '1号楼', 1, 1)`
    expect(await errorsOf(await merge(`${id}b`))).toEqual(['other'])
    await db.sql`delete from zone_consents where zone = ${`${id}b`}`
    expect((await merge(`${id}b`)).status).toBe(200)
    expect(await db.sql`select id from renovation_zones where id = ${`${id}b`}`).toEqual([])
    expect((await readEvents(db.sql, 0, 10_000)).filter(event => event.id === `${id}b`).at(-1)).toMatchObject({
      type: 'zone.removed',
      data: { gone: true },
    })
    const [joined] = await db.sql`select geometry from renovation_zones where id = ${id}`
    expect(squareMetres(joined!.geometry as never)).toBeCloseTo(2 * squareMetres(square([
      west(),
      36.61,
    ], 0.002, {}).geometry), -2)
  })
})

it('those who plan or administer do not see who changed it', async () => {
  await put('facts', { facts: noFacts })
  expect((await history(http.as('planner')))[0]!.by).toBeNull()
})
