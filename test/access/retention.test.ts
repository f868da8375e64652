import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyAudit } from '../../server/access/audit.ts'
import { retain } from '../../server/privacy/retain.ts'
import { testDatabase } from '../world/database.ts'
import { testHttp } from '../world/http.ts'
import { west } from '../world/places.ts'

const auditKey = randomBytes(32)
let database: Awaited<ReturnType<typeof testDatabase>>

beforeAll(async () => {
  database = await testDatabase()
  const { sql } = database
  await sql`
    insert into cases (subdistrict, id, kind, source, status, content, reported_at, closed_at, contact_phone, contact_phone_hash)
    values ('990101001', 'old', 'noise', 'hotline', 'archived', '楼上吵', now() - interval '400 days', now() - interval '380 days', '\\x01', 'h'),
           ('990101001', 'new', 'noise', 'hotline', 'archived', '楼上吵', now() - interval '40 days', now() - interval '38 days', '\\x01', 'h'),
           ('990101001', 'open', 'noise', 'hotline', 'in-progress', '楼上吵', now() - interval '400 days', null, '\\x01', 'h')`
})
afterAll(() => database.drop())

function withContact() {
  return database.sql<{ id: string }[]>`select id from cases where contact_phone is not null order by id`.then(rows => rows.map(row => row.id))
}

it('a dry run says what would go and changes nothing', async () => {
  const results = await retain(database.sql, { auditKey, apply: false })
  expect(results.find(result => result.rule === 'contacts')?.rows).toBe(1)
  expect(await withContact()).toEqual(['new', 'old', 'open'])
  expect((await verifyAudit(database.sql, auditKey, null)).entries).toBe(0)
})

it('only contacts of cases closed longer than the term go, and the trail says so', async () => {
  await retain(database.sql, { auditKey, apply: true })
  expect(await withContact()).toEqual(['new', 'open'])
  expect(await database.sql`select action, target, after ->> 'rows' as rows from audit`).toEqual([
    { action: 'retention.anonymise', target: 'contacts', rows: '1' },
  ])
})

it('a second run finds nothing left to do', async () => {
  const results = await retain(database.sql, { auditKey, apply: true })
  expect(results.every(result => result.rows === 0)).toBe(true)
})

it('after three years nothing that a case said is left, in the log neither, and the log stays what it was otherwise', async () => {
  const { sql } = database
  const http = testHttp(sql)
  const { id } = await (await http.post('/api/v1/cases', {
    content: '楼上植入噪声',
    address: '植入小区三单元',
    location: { lng: west[0], lat: west[1] },
  })).json() as { id: string }
  const resolved = await http.post(`/api/v1/cases/${id}/actions/supervise`, { reason: '植入理由' })
  expect(resolved.status).toBe(200)
  const later = () => sql`select seq, type, id, regions, data, whole from events order by seq`
  const before = await later()
  expect(JSON.stringify(before)).toContain('植入')

  await retain(sql, {
    auditKey,
    now: new Date(Date.now() + 4 * 365 * 86_400_000),
    apply: true,
  })
  expect(JSON.stringify(await later()), 'of an open case').toContain('植入')
  await sql`update cases set status = 'archived', closed_at = now() where id = ${id}`
  await retain(sql, {
    auditKey,
    now: new Date(Date.now() + 4 * 365 * 86_400_000),
    apply: true,
  })

  const after = await later()
  expect(JSON.stringify([after, await sql`select * from cases`, await sql`select * from case_steps`])).not.toContain('植入')
  expect(after.map(({ seq, type }) => [seq, type])).toEqual(before.map(({ seq, type }) => [seq, type]))
  expect(after[0]!.data.feature).toEqual({
    ...before[0]!.data.feature,
    geometry: null,
    properties: { ...before[0]!.data.feature.properties, content: '', address: null },
  })
  await expect(sql`update events set data = '{}' where id = ${id}`).rejects.toThrow('append-only')
})

it('photos, papers and voice notes of a case go with its words; those of an open case stay', async () => {
  const { sql } = database
  await sql`
    insert into cases (subdistrict, id, kind, source, status, content, reported_at, closed_at)
    values ('990101001', 'photographed', 'noise', 'qr', 'archived', '', now() - interval '5 years', now() - interval '4 years'),
           ('990101001', 'still open', 'noise', 'qr', 'suspended', '', now() - interval '5 years', null)`
  await sql`
    insert into uploads (id, kind, type, bytes, sha256, subdistrict, case_id, purpose)
    values ('gone', 'image', 'image/jpeg', 1, '', '990101001', 'photographed', 'report'),
           ('kept', 'image', 'image/jpeg', 1, '', '990101001', 'still open', 'report')`
  const dry = await retain(sql, { auditKey, apply: false })
  expect(dry.find(({ rule }) => rule === 'uploads')?.rows).toBe(1)
  await retain(sql, { auditKey, apply: true })
  expect(await sql`select id from uploads`).toEqual([
    { id: 'kept' },
  ])
})

it('a year after a shift was taken over, what it said is gone, in the log too; what is still open or younger stays, and who handed over to whom', async () => {
  const { sql } = database
  const wang = testHttp(sql).as('duty', { userId: 'u-wang', name: '王敏' })
  const li = testHttp(sql).as('duty', { userId: 'u-li', name: '李强' })
  const made = async (answer: Promise<Response>) => await (await answer).json() as { id: string }
  const done = await made(wang.post('/api/v1/handover-notes', { said: '植入事项一' }))
  await made(wang.post('/api/v1/handover-notes', { said: '植入待办' }))
  const withdrawn = await made(wang.post('/api/v1/handovers', { remark: '植入撤回' }))
  expect((await wang.remove(`/api/v1/handovers/${withdrawn.id}`)).status).toBe(204)
  const shift = await made(wang.post('/api/v1/handovers', { remark: '植入说明' }))
  expect((await li.post(`/api/v1/handovers/${shift.id}/taking`, {})).status).toBe(200)
  expect((await li.remove(`/api/v1/handover-notes/${done.id}`)).status).toBe(204)
  const everything = async () => JSON.stringify([
    await sql`select * from events where type like 'handover.%'`,
    await sql`select * from handover_notes`,
    await sql`select * from handovers`,
  ])

  await retain(sql, {
    auditKey,
    now: new Date(Date.now() + 360 * 86_400_000),
    apply: true,
  })
  for (const words of ['植入事项一', '植入待办', '植入撤回', '植入说明'])
    expect(await everything()).toContain(words)

  const later = {
    auditKey,
    now: new Date(Date.now() + 370 * 86_400_000),
  }
  const found = async (apply: boolean) => (await retain(sql, { ...later, apply })).find(({ rule }) => rule === 'handover-words')!.rows
  expect(await found(false)).toBe(2)
  expect(await found(true)).toBe(2)
  expect(await found(true)).toBe(0)
  const left = await everything()
  for (const words of ['植入事项一', '植入撤回', '植入说明'])
    expect(left).not.toContain(words)
  expect(left).toContain('植入待办')
  expect(await sql`select by_name, taken_by_name, remark, taken -> 'notes' as notes from handovers`).toEqual([
    {
      by_name: '王敏',
      taken_by_name: '李强',
      remark: null,
      notes: [],
    },
  ])
})

it('a year after it ended, the reasons of an assignment are gone, in its steps and in the log too; who was sent and that he declined stay', async () => {
  const { sql } = database
  await sql`insert into officers (subdistrict, id, name, duty) values ('990101001', 'w1', '赵网格', 'on')`
  const desk = testHttp(sql)
  const zhao = desk.as('grid', { officer: 'w1', userId: 'u1' })
  const { id: caseId } = await (await desk.post('/api/v1/cases', {
    content: '电梯停运',
    location: { lng: west[0], lat: west[1] },
  })).json() as { id: string }
  const offer = async (more: object) => await (await desk.post(`/api/v1/cases/${caseId}/assignments`, { officer: 'w1', ...more })).json() as { id: string }
  const declined = await offer({ note: '植入附言' })
  expect((await zhao.post(`/api/v1/assignments/${declined.id}/steps/decline`, { reason: '植入理由一' })).status).toBe(200)
  const open = await offer({
    despite: ['asked-before'],
  })
  await zhao.post(`/api/v1/assignments/${open.id}/steps/accept`, {})
  expect((await zhao.post(`/api/v1/assignments/${open.id}/steps/help`, { reason: '植入求助' })).status).toBe(200)
  const everything = async () => JSON.stringify([
    await sql`select * from events where type like 'assignment.%'`,
    await sql`select * from assignments`,
    await sql`select * from assignment_steps`,
  ])
  expect(await everything()).toContain('植入理由一')

  const later = {
    auditKey,
    now: new Date(Date.now() + 370 * 86_400_000),
  }
  const found = async (apply: boolean) => (await retain(sql, { ...later, apply })).find(({ rule }) => rule === 'assignment-words')!.rows
  expect(await found(false)).toBe(1)
  expect(await found(true)).toBe(1)
  expect(await found(true)).toBe(0)
  const left = await everything()
  expect(left).not.toMatch(/植入附言|植入理由一/)
  expect(left).toContain('植入求助')
  expect(await sql`select officer, state, reason, note from assignments where id = ${declined.id}`).toEqual([
    {
      officer: 'w1',
      state: 'declined',
      reason: null,
      note: null,
    },
  ])
  expect(await sql`select 1 from dispatch_decisions`).toEqual([])
})
