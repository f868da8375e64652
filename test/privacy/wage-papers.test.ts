import { randomBytes } from 'node:crypto'
import { afterAll, expect, it } from 'vitest'
import { retain } from '../../server/privacy/retain.ts'
import { testDatabase } from '../world/database.ts'
import { town } from '../world/places.ts'
import { plantWorksite } from '../world/wages.ts'

const db = await testDatabase()
afterAll(db.drop)
const { sql } = db
const auditKey = randomBytes(32)
const now = new Date('2026-11-24T12:00:00+08:00')

async function paper(id: string) {
  await sql`
    insert into uploads (id, kind, type, bytes, sha256, subdistrict, worksite, purpose, attached_at)
    values (${id}, 'document', 'application/pdf', 3, 'x', ${town}, 's', 'evidence', '2022-01-01T10:00:00+08:00')`
}
async function handling(id: string, closedOn: string | null, papers: string[]) {
  await sql`
    insert into wage_handlings (subdistrict, id, worksite, state, version, opened_on, claimed_yuan, claimed_people, closed_on)
    values (${town}, ${id}, 's', ${closedOn
      ? 'closed'
      : 'paid'}, 1, '2022-01-01', 100, 1, ${closedOn})`
  await sql`
    insert into wage_handling_steps (subdistrict, id, handling, nr, step, taken_on, recorded_at, actor, actor_name, to_state, said, receiver, documents)
    values (${town}, ${`${id}/1`}, ${id}, 1, 'receipt', '2022-01-02', '2022-01-02', 'u', '某', 'ordered', '{}', ${Buffer.from('sealed')}, ${papers}::text[])`
}
async function visit(id: string, doneOn: string, papers: string[]) {
  await sql`
    insert into worksite_visits (subdistrict, id, worksite, planned_on, visitor, state, done_on, finding, documents, planned_by, planned_at)
    values (${town}, ${id}, 's', ${doneOn}, '某', 'done', ${doneOn}, '已发', ${papers}::text[], '某', '2022-01-01')`
}
const kept = async () => (await sql<{ id: string }[]>`select id from uploads order by id`).map(({ id }) => id)

it('papers and names of wage handlings go three years after these were closed, what is open or younger keeps them', async () => {
  await plantWorksite(sql, 's')
  for (const id of [
    'closed-long',
    'closed-lately',
    'open',
    'shared',
    'visit-long',
    'visit-lately',
  ])
    await paper(id)
  await handling('QX1', '2023-11-20', ['closed-long', 'shared'])
  await handling('QX2', '2023-11-27', ['closed-lately', 'shared'])
  await handling('QX3', null, ['open'])
  await visit('v1', '2023-11-01', ['visit-long'])
  await visit('v2', '2023-12-01', ['visit-lately'])
  const all = await kept()

  const dry = await retain(sql, { auditKey, now, apply: false })
  expect(dry.find(({ rule }) => rule === 'wage-papers')!.rows).toBe(3)
  expect(await kept()).toEqual(all)

  await retain(sql, { auditKey, now, apply: true })
  expect(await kept()).toEqual(all.filter(id => id !== 'closed-long' && id !== 'visit-long'))
  expect(await sql`select handling, receiver is not null as named, to_json(documents) as documents from wage_handling_steps order by handling`).toEqual([
    {
      handling: 'QX1',
      named: false,
      documents: ['shared'],
    },
    {
      handling: 'QX2',
      named: true,
      documents: ['closed-lately', 'shared'],
    },
    {
      handling: 'QX3',
      named: true,
      documents: ['open'],
    },
  ])
})
