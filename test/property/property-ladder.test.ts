import type { PropertyStepInput } from '#contract/renovation.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { PropertyPlace, PropertyRecord } from '#contract/property.ts'
import { ZoneSchedule } from '#contract/renovation.ts'
import { readEvents } from '../../db/queries/events.ts'
import { writeZones } from '../../db/queries/import/renovation-zones.ts'
import { insertUpload } from '../../db/queries/uploads.ts'
import { loadPlaces } from '../../server/places/locate.ts'
import { zoneDefaults } from '../../server/renovation/zone-defaults.ts'
import { caseContext } from '../world/cases.ts'
import { twoCompounds } from '../world/compounds.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { square } from '../world/regions.ts'
import { ladderStep } from '../world/renovation.ts'

const db = await testDatabase()
afterAll(db.drop)
const town = '990101001'

/** 和平新村 (11) lies in the zone `inside`, 纺织宿舍 (12) in none; the zone `bare` holds no compound. */
await twoCompounds(db.sql)
await db.sql.begin(tx => writeZones(tx, [
  ['inside', '和平新村改造', 117.0015, 0.004],
  ['bare', '河西改造', 117.0085, 0.0012],
].map(([id, name, west, side]) => ({
  id: String(id),
  subdistrict: town,
  geometry: square([
    Number(west),
    36.651,
  ], Number(side), {}).geometry,
  properties: {
    ...zoneDefaults,
    id: String(id),
    name: String(name),
    community: `${town}001`,
    propertyCompany: '示范物业',
  },
}))))
const places = await loadPlaces(db.sql)
const http = testHttp(db.sql, {
  cases: caseContext(db.sql, { places }),
})

async function call(id: string, { compound = null, zone = null }: { compound?: number | null, zone?: string | null }) {
  await db.sql`
    insert into cases (subdistrict, id, kind, source, status, topic, content, compound, zone, reported_at)
    values (${town}, ${id}, 'property', 'hotline', 'closed', 'unspecified', '居民来电', ${compound}, ${zone}, '2026-10-20T10:00:00+08:00')`
}
beforeAll(async () => {
  await call('c11', { compound: 11, zone: 'inside' })
  await call('c12', { compound: 12 })
  await call('cz', { zone: 'bare' })
})

async function list(as = http): Promise<PropertyPlace[]> {
  return z.array(PropertyPlace).parse(await (await as.get('/api/v1/property-ladders')).json())
}
async function read(place: string, as = http): Promise<PropertyRecord> {
  const response = await as.get(`/api/v1/property-ladders/${place}`)
  expect(response.status).toBe(200)
  return PropertyRecord.parse(await response.json())
}
async function take(place: string, step: PropertyStepInput['step'], said: Partial<PropertyStepInput> = {}, as = http) {
  const { version } = await read(place)
  return await as.post(`/api/v1/property-ladders/${place}/steps`, {
    version,
    step: ladderStep(step, said),
  })
}
async function outcome(place: string, step: string, on: string) {
  const { version } = await read(place)
  return await http.put(`/api/v1/property-ladders/${place}/steps/${step}/outcome`, {
    version,
    outcome: 'improved',
    on,
    note: '已改',
  })
}
async function errorsOf(response: Response): Promise<string[]> {
  expect(response.status).toBe(422)
  return ((await response.json()) as { errors: { path: string }[] }).errors.map(error => error.path)
}

it('every named compound has a ladder, in a zone or not, and so has a zone without a compound', async () => {
  expect((await list()).map(({ place, name, zone, company }) => [place, name, zone?.id ?? null, company])).toEqual([
    ['12', '纺织宿舍', null, null],
    ['11', '和平新村', 'inside', '示范物业'],
    ['z-bare', '河西改造', 'bare', '示范物业'],
  ])
  expect(await list(http.as('community', { region: `${town}001` }))).toHaveLength(3)
  expect(await list(http.as('community', { region: `${town}002` }))).toEqual([])
  expect((await http.as('community', { region: `${town}002` }).get('/api/v1/property-ladders/11')).status).toBe(404)
})

describe('the ladder of a compound', () => {
  it('is climbed step by step with terms; one that is left out needs its reason', async () => {
    expect((await take('11', 'feedback', {
      cases: ['c11'],
    })).status).toBe(200)
    expect(await read('11')).toMatchObject({
      version: 1,
      stands: 'feedback',
      next: { step: 'interview', dueOn: '2026-11-08', overdueDays: 16 },
    })
    expect(await errorsOf(await take('11', 'rectify', {
      on: '2026-11-10',
      cases: ['c11'],
    }))).toEqual(['step.skipReason'])
    expect((await take('11', 'rectify', {
      on: '2026-11-10',
      skipReason: '安全隐患，直接责令整改',
      dueOn: '2026-12-01',
      cases: ['c11'],
    })).status).toBe(200)
    const [ladder] = (await read('11')).ladders
    expect((await outcome('11', ladder!.steps[0]!.id, '2026-11-20')).status).toBe(409)
    expect(await errorsOf(await outcome('11', ladder!.steps[1]!.id, '2026-11-09'))).toEqual(['on'])
  })

  it('is its own: that of another compound stays where it stands, also against the same company', async () => {
    expect((await list()).map(({ place, stands }) => [place, stands])).toEqual([
      ['12', null],
      ['11', 'rectify'],
      ['z-bare', null],
    ])
    const schedule = z.array(ZoneSchedule).parse(await (await http.get('/api/v1/renovation-schedule')).json())
    expect(schedule.map(({ zone, ladder }) => [zone, ladder]).sort()).toEqual([
      ['bare', null],
      ['inside', 'rectify'],
    ])
  })

  it('of a compound outside of every zone names its company by the first step', async () => {
    expect((await take('12', 'feedback', {
      company: '样板物业',
      cases: ['c12'],
    })).status).toBe(200)
    expect(await read('12')).toMatchObject({
      company: '样板物业',
      ownCompany: '样板物业',
      stands: 'feedback',
      zone: null,
    })
  })

  it('of a zone without compounds rests on the zone\'s calls', async () => {
    expect((await take('z-bare', 'feedback', {
      cases: ['cz'],
    })).status).toBe(200)
    expect(await read('z-bare')).toMatchObject({ stands: 'feedback' })
  })

  it('rests on calls from that compound only, that came by the day of the step', async () => {
    expect(await errorsOf(await take('12', 'interview', {
      company: '样板物业',
      cases: ['c11'],
    }))).toEqual(['step.cases.0'])
    expect(await errorsOf(await take('z-bare', 'interview', {
      cases: ['c12'],
    }))).toEqual(['step.cases.0'])
  })

  it('writes what was done into the log, the history and the audit trail, and tells who read it before', async () => {
    const before = await read('11')
    const last = before.ladders[0]!.steps[1]!
    expect((await outcome('11', last.id, '2026-11-20')).status).toBe(200)
    expect((await readEvents(db.sql, 0, 10_000)).at(-1)).toMatchObject({
      type: 'property.changed',
      id: '11',
      regions: [town, `${town}001`],
    })
    const { history, stands } = await read('11')
    expect(stands).toBeNull()
    expect(history.map(({ part, version }) => [version, part])).toEqual([
      [3, 'ladder.outcome'],
      [2, 'ladder.rectify'],
      [1, 'ladder.feedback'],
    ])
    expect((await read('11', http.as('planner'))).history[0]!.by).toBeNull()
    const stale = await http.post('/api/v1/property-ladders/11/steps', {
      version: before.version,
      step: ladderStep('feedback', {
        on: '2026-11-21',
        cases: ['c11'],
      }),
    })
    expect(stale.status).toBe(409)
    expect(((await stale.json()) as { current: PropertyRecord }).current.version).toBe(3)
    const audited = await db.sql`select action, target from audit where action like 'property.%' order by 1`
    expect(audited.map(({ target }) => target as string)).toContain('11')
  })

  it('goes on against the next company when another is noted, and keeps the former one\'s steps', async () => {
    const { version } = await read('11')
    expect((await http.put('/api/v1/property-ladders/11/company', { version, company: '新物业' })).status).toBe(200)
    const after = await read('11')
    expect(after).toMatchObject({ company: '新物业', stands: null, steps: 2 })
    expect(after.ladders.map(({ company }) => company)).toEqual(['新物业', '示范物业'])
  })

  it('has papers that those see who may see the compound, and nobody else\'s can be added', async () => {
    await insertUpload(db.sql, {
      id: 'paper',
      kind: 'document',
      type: 'application/pdf',
      bytes: 3,
      width: null,
      height: null,
      sha256: 'x',
      uploadedBy: 'somebody-else',
    })
    expect(await errorsOf(await take('z-bare', 'interview', {
      on: '2026-11-20',
      cases: [],
      documents: ['paper'],
    }))).toEqual(['step.documents.0'])
    await db.sql`update uploads set uploaded_by = 'user-duty' where id = 'paper'`
    expect((await take('z-bare', 'interview', {
      on: '2026-11-20',
      cases: [],
      documents: ['paper'],
    })).status).toBe(200)
    const detail = async (as: typeof http) => ((await (await as.get('/api/v1/uploads/paper')).json()) as { detail: string }).detail
    expect(await detail(http.as('inspector'))).toContain('no longer kept')
    expect(await detail(http.as('community', { region: `${town}001` }))).toContain('no longer kept')
    expect(await detail(http.as('community', { region: `${town}002` }))).toContain('no such upload')
  })

  it('has as long as the administrator says, with the source', async () => {
    expect((await http.as('admin').put('/api/v1/ladder-terms', [
      { step: 'interview', days: 3, source: '本街道物业管理办法第八条' },
    ])).status).toBe(200)
    expect((await take('12', 'interview', { company: '样板物业', on: '2026-11-20', cases: [] })).status).toBe(200)
    const record = await read('12')
    expect(record.next!.dueOn).toBe('2026-11-23')
    expect(record.terms).toContainEqual({ step: 'interview', days: 3, source: '本街道物业管理办法第八条' })
  })
})

it('who plans sees numbers and no more; a grid worker nothing', async () => {
  expect((await take('12', 'rectify', { company: '样板物业', on: '2026-11-23', cases: [] }, http.as('planner'))).status).toBe(403)
  expect((await http.as('grid').get('/api/v1/property-ladders')).status).toBe(403)
})

it('what was written of a compound stays when a newer map has it no more', async () => {
  await db.sql`delete from areas where id = 12`
  expect((await list()).map(({ place, company }) => [place, company])).toContainEqual(['12', '样板物业'])
  expect(await read('12')).toMatchObject({ name: '纺织宿舍', stands: 'interview' })
  expect((await http.get('/api/v1/property-ladders/999')).status).toBe(404)
  expect((await http.get('/api/v1/property-ladders/z-inside')).status).toBe(404)
})
