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
