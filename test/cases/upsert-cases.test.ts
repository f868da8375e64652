import type { ImportedCase } from '../../server/cases/new-case.ts'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readEvents } from '../../db/queries/events.ts'
import { actOnCase } from '../../server/cases/act-on-case.ts'
import { appendBySubdistrict } from '../../server/cases/append-by-subdistrict.ts'
import { upsertCases } from '../../server/cases/upsert-cases.ts'
import { personalData } from '../../server/privacy/personal-data.ts'
import { caseContext } from '../world/cases.ts'
import { testDatabase } from '../world/database.ts'
import { east, town, west } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const context = caseContext(db.sql)

function row(sourceRef: string, said: Partial<ImportedCase> = {}): ImportedCase {
  return {
    sourceRef,
    content: '路灯不亮',
    kind: 'utilities',
    source: 'hotline',
    urgency: 'normal',
    reportedAt: '2026-11-20T09:00:00+08:00',
    location: { lng: west[0], lat: west[1], datum: 'wgs84' },
    ...said,
  }
}

async function upsert(rows: ImportedCase[], using = context) {
  return await db.sql.begin(async (tx) => {
    const { events, ...counts } = await upsertCases(tx, using, rows)
    await appendBySubdistrict(tx, events)
    return { ...counts, events: events.length }
  })
}

async function find(sourceRef: string) {
  const [found] = await db.sql`select * from cases where source_ref = ${sourceRef}`
  return found!
}

function act(id: string, action: 'dispatch' | 'locate', input: object) {
  return actOnCase(context, {
    id,
    action,
    input,
    actor: { id: 'd1', role: 'duty' },
  })
}
const lastEvent = async () => (await readEvents(db.sql, 0, 5000)).at(-1)!

beforeAll(async () => {
  await db.sql`insert into officers (subdistrict, id, name) values (${town}, 'w1', '王')`
})

it('a second import of the same rows changes nothing and says so', async () => {
  const rows = [
    row('a1'),
    row('a2', {
      contact: { name: '赵', phone: '13900000000' },
    }),
    row('a3', { location: undefined }),
    {
      ...row(''),
      sourceRef: undefined,
    },
  ]
  expect(await upsert(rows)).toEqual({
    created: 4,
    updated: 0,
    unchanged: 0,
    unlocated: 1,
    events: 4,
  })
  expect(await upsert(rows)).toEqual({
    created: 0,
    updated: 0,
    unchanged: 4,
    unlocated: 0,
    events: 0,
  })
})

it('what the source says differently is corrected, and only that is told', async () => {
  await upsert([
    row('b1'),
  ])
  expect(await upsert([
    row('b1', { content: '路灯修好了又坏', kind: 'safety' }),
  ])).toMatchObject({ updated: 1, events: 1 })
  expect(await lastEvent()).toMatchObject({
    type: 'case.corrected',
    data: {
      set: { content: '路灯修好了又坏', kind: 'safety', version: 2 },
    },
  })
  expect((await lastEvent()).data.set).not.toHaveProperty('address')
})

it('a corrected place moves the case, its regions and its screens', async () => {
  await upsert([
    row('c1'),
  ])
  await upsert([
    row('c1', {
      location: { lng: east[0], lat: east[1], datum: 'wgs84' },
    }),
  ])
  expect(await find('c1')).toMatchObject({ location: east, community: `${town}002` })
  expect(await lastEvent()).toMatchObject({
    leftRegions: [`${town}001`, `${town}001001`],
    data: {
      geometry: { coordinates: east },
    },
    whole: {
      geometry: { coordinates: east },
    },
  })
})

it('a case placed by hand stays there while its source says the same', async () => {
  await upsert([
    row('d1'),
  ])
  const { id } = await find('d1')
  await act(id, 'locate', {
    location: { lng: east[0], lat: east[1], datum: 'wgs84' },
  })
  expect(await upsert([
    row('d1'),
  ])).toMatchObject({ unchanged: 1 })
  expect((await find('d1')).location).toEqual(east)
})

it('the status is the source\'s until somebody works on the case here', async () => {
  await upsert([
    row('e1'),
    row('e2'),
  ])
  await act((await find('e2')).id, 'dispatch', { assignee: 'w1' })
  const closed = { status: 'closed', closedAt: '2026-11-21T09:00:00+08:00' } as const
  expect(await upsert([
    row('e1', closed),
    row('e2', closed),
  ])).toMatchObject({ updated: 1, unchanged: 1 })
  expect(await find('e1')).toMatchObject({
    status: 'closed',
    closed_at: new Date(closed.closedAt),
  })
  expect(await find('e2')).toMatchObject({ status: 'dispatched', closed_at: null })
})

it('a case that its source opens again comes back to the screens whole', async () => {
  await upsert([
    row('f1', { status: 'closed', closedAt: '2026-11-21T09:00:00+08:00' }),
  ])
  await upsert([
    row('f1'),
  ])
  expect(await lastEvent()).toMatchObject({
    type: 'case.corrected',
    data: {
      feature: {
        properties: { status: 'registered', closedAt: null },
      },
    },
  })
})

it('of two rows with one number the later one counts', async () => {
  expect(await upsert([
    row('g1', { content: '先' }),
    row('g1', { content: '后' }),
  ])).toMatchObject({ created: 1, unchanged: 1 })
  expect((await find('g1')).content).toBe('后')
})

it('a history before the first known holiday notice has no deadline rather than a guessed one', async () => {
  await upsert([
    row('h1', { reportedAt: '2001-05-05T09:00:00+08:00' }),
  ])
  expect(await find('h1')).toMatchObject({ due_at: null, term: '5wd' })
})

it('a contact sealed with another key is sealed anew, not stumbled over', async () => {
  const contact = { name: '钱', phone: '13700000000' }
  await upsert([
    row('i1', { contact }),
  ])
  const other = caseContext(db.sql, {
    personal: personalData(randomBytes(32)),
  })
  expect(await upsert([
    row('i1', { contact }),
  ], other)).toMatchObject({ updated: 1 })
  expect(other.personal.open((await find('i1')).contact_name)).toBe('钱')
})
