import type { Evidence } from '#contract/case.ts'
import { randomBytes } from 'node:crypto'
import { afterAll, expect, it } from 'vitest'
import { retain } from '../../server/privacy/retain.ts'
import { testDatabase } from '../world/database.ts'
import { plantZone } from '../world/renovation.ts'
import { town } from '../world/places.ts'

const db = await testDatabase()
afterAll(db.drop)
const { sql } = db
const auditKey = randomBytes(32)
const now = new Date('2026-11-24T12:00:00+08:00')
/** Three years and a day ago, and three years but a day ago. */
const [old, young] = ['2023-11-24T10:00:00+08:00', '2023-11-27T10:00:00+08:00']

async function paper(id: string, of: 'zone' | 'property_place', owner: string, attachedAt = '2022-01-01T10:00:00+08:00') {
  await sql`
    insert into uploads (id, kind, type, bytes, sha256, subdistrict, ${sql(of)}, purpose, attached_at)
    values (${id}, 'image', 'image/jpeg', 3, 'x', ${town}, ${owner}, 'evidence', ${attachedAt})`
}
async function leftover(id: string, state: string, closedAt: string | null, papers: string[]) {
  await sql`
    insert into zone_leftovers (subdistrict, id, zone, title, owner, due_on, state, opened_on, closed_at, evidence)
    values (${town}, ${id}, 'z', '屋面渗漏', '城建办', '2023-01-01', ${state}, '2022-01-01', ${closedAt},
      ${sql.json([
      { kind: 'text', text: '已修' },
      ...papers.map(upload => ({ kind: 'photo' as const, upload })),
    ] satisfies Evidence[])})`
}
async function step(id: string, nr: number, said: { takenOn: string, dueOn: string | null, outcomeOn: string | null }, documents: string[]) {
  await sql`
    insert into property_steps (subdistrict, id, place, nr, company, step, taken_on, due_on, outcome, outcome_on, note, documents, cases)
    values (${town}, ${id}, '11', ${nr}, '示范物业', 'feedback', ${said.takenOn}, ${said.dueOn}, ${said.outcomeOn && 'improved'}, ${said.outcomeOn}, '告知',
      ${documents}::text[], '{c1}')`
}
const kept = async () => (await sql<{ id: string }[]>`select id from uploads order by id`).map(({ id }) => id)

it('papers of what is over for three years go, and what names them no longer does; nothing else', async () => {
  await plantZone(sql, 'z', 1)
  await sql`insert into property_places (subdistrict, place, name) values (${town}, '11', '和平新村')`
  for (const id of [
    'closed-long',
    'closed-lately',
    'open',
    'shared',
    'loose',
  ])
    await paper(id, 'zone', 'z')
  await paper('loose-new', 'zone', 'z', young)
  for (const id of ['step-long', 'step-lately', 'term-lately'])
    await paper(id, 'property_place', '11')
  await leftover('a', 'closed', old, ['closed-long', 'shared'])
  await leftover('b', 'closed', young, ['closed-lately', 'shared'])
  await leftover('c', 'proposed', null, ['open'])
  await step('s1', 0, { takenOn: '2022-02-01', dueOn: '2022-03-01', outcomeOn: '2023-11-20' }, ['step-long'])
  await step('s2', 1, { takenOn: '2022-04-01', dueOn: null, outcomeOn: '2023-12-01' }, ['step-lately', 'step-long'])
  await step('s3', 2, { takenOn: '2022-05-01', dueOn: '2024-01-01', outcomeOn: null }, ['term-lately'])
  const all = await kept()

  const dry = await retain(sql, { auditKey, now, apply: false })
  // What a later step or an open issue still rests on stays with it.
  expect(dry.find(({ rule }) => rule === 'zone-papers')!.rows).toBe(2)
  expect(await kept()).toEqual(all)

  await retain(sql, { auditKey, now, apply: true })
  expect(await kept()).toEqual(all.filter(id => id !== 'closed-long' && id !== 'loose'))
  const leftovers = await sql<{ evidence: unknown }[]>`select evidence from zone_leftovers order by id`
  expect(leftovers[0]!.evidence).toEqual([
    { kind: 'text', text: '已修' },
    { kind: 'photo', upload: 'shared' },
  ])
  expect(await sql`select target, after ->> 'rows' as rows from audit where action = 'retention.delete'`).toEqual([
    { target: 'zone-papers', rows: '2' },
  ])

  const later = new Date('2027-06-01T12:00:00+08:00')
  await retain(sql, { auditKey, now: later, apply: true })
  expect(await kept()).toEqual(['open'])
  const steps = await sql<{ documents: string[], note: string }[]>`select documents, note from property_steps order by nr`
  expect(steps.map(({ documents }) => documents)).toEqual([[], [], []])
  expect(steps.every(({ note }) => note === '告知')).toBe(true)
})
