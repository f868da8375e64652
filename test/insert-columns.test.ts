import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { arrayLiteral, insertColumns } from '../db/insert-columns.ts'
import { testDatabase } from './world/database.ts'

const db = await testDatabase()
afterAll(db.drop)

it('any text and bytes come out of an array as they went in', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('NULL', '', '"', '\\', '{a,b}', ' ')).filter(text => !text.includes('\0') && text.isWellFormed())
  await fc.assert(fc.asyncProperty(fc.array(fc.option(text), { minLength: 1 }), fc.array(fc.uint8Array(), { minLength: 1 }), async (texts, bytes) => {
    const [row] = await db.sql<[{ texts: string[], bytes: string[] }]>`
      select
        to_json(${arrayLiteral(texts)}::text::text[]) as texts,
        (select json_agg(encode(value, 'hex')) from unnest(${arrayLiteral(bytes)}::text::bytea[]) as value) as bytes`
    expect(row.texts).toEqual(texts)
    expect(row.bytes).toEqual(bytes.map(value => Buffer.from(value).toString('hex')))
  }), { numRuns: 25 })
})

it('each kind of value arrives as its column has it', async () => {
  await db.sql`create table things (name text, at timestamptz, place point, number float8, yes boolean, nothing text)`
  const at = new Date('2026-11-24T04:00:00.123Z')
  await db.sql.begin(tx => insertColumns(tx, 'things', {
    name: [
      'text',
      ({ name }) => name,
    ],
    at: [
      'timestamptz',
      () => at,
    ],
    place: [
      'point',
      () => [116.9, -36.6] as const,
    ],
    number: [
      'float8',
      () => 1e-7,
    ],
    yes: [
      'boolean',
      () => true,
    ],
    nothing: [
      'text',
      () => undefined,
    ],
  }, [
    { name: '一' },
    { name: '二' },
  ]))
  const rest = {
    at,
    place: [116.9, -36.6],
    number: 1e-7,
    yes: true,
    nothing: null,
  }
  expect([
    ...await db.sql`select * from things`,
  ]).toEqual([
    { name: '一', ...rest },
    { name: '二', ...rest },
  ])
})
