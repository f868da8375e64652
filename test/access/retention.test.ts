import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyAudit } from '../../server/access/audit.ts'
import { retain } from '../../server/privacy/retain.ts'
import { testDatabase } from '../world/database.ts'

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
