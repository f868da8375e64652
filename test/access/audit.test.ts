import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { record, verifyAudit } from '../../server/access/audit.ts'
import { testDatabase } from '../world/database.ts'

const key = randomBytes(32)
let database: Awaited<ReturnType<typeof testDatabase>>

beforeAll(async () => {
  database = await testDatabase()
  for (let i = 0; i < 5; i++)
    await write(`case.${i}`)
})
afterAll(() => database.drop())

function write(target: string) {
  return database.sql.begin(tx => record(tx, key, [
    {
      actor: 'u1',
      actorName: '王值班',
      role: 'duty',
      address: '127.0.0.1',
      action: 'case.dispatch',
      target,
      before: {
        b: 1,
        a: [
          2,
          { d: 1, c: null },
        ],
      },
      after: null,
    },
  ]))
}

async function tamper(change: string) {
  await database.sql.begin(async (tx) => {
    await tx`alter table audit disable trigger user`
    await tx.unsafe(change)
    await tx`alter table audit enable trigger user`
  })
}

it('an untouched trail has no fault, also with writers side by side', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, i) => write(`parallel.${i}`)))
  const { entries, faults, head } = await verifyAudit(database.sql, key, null)
  expect({ entries, faults, seq: head?.seq }).toEqual({ entries: 15, faults: [], seq: 15 })
})

it('the application cannot update, delete or empty the trail', async () => {
  await expect(database.sql`update audit set actor = 'x' where seq = 2`).rejects.toThrow('append-only')
  await expect(database.sql`delete from audit where seq = 2`).rejects.toThrow('append-only')
  await expect(database.sql`truncate audit`).rejects.toThrow('append-only')
})

it('a changed entry, a gap and a cut-off tail are found', async () => {
  const before = await verifyAudit(database.sql, key, null)
  await tamper(`update audit set after = '{"status":"closed"}' where seq = 3`)
  expect((await verifyAudit(database.sql, key, null)).faults).toEqual([
    { seq: 3, fault: 'changed' },
  ])
  await tamper(`update audit set after = null where seq = 3`)
  await tamper(`delete from audit where seq = 15`)
  expect((await verifyAudit(database.sql, key, before.head)).faults).toEqual([
    { seq: 15, fault: 'cut-off' },
  ])
  await tamper(`delete from audit where seq = 7`)
  expect((await verifyAudit(database.sql, key, null)).faults).toEqual([
    { seq: 8, fault: 'gap' },
  ])
})

it('who can write in the database but has no key cannot forge an entry', async () => {
  const other = await verifyAudit(database.sql, randomBytes(32), null)
  expect(other.faults.length).toBeGreaterThan(0)
})
