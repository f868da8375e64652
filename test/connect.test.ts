import { afterAll, expect, it } from 'vitest'
import { testDatabase } from './world/database.ts'

const { sql, drop } = await testDatabase()
afterAll(drop)

it('values keep their meaning on the way to PostgreSQL and back', async () => {
  const [row] = await sql`
    select
      ${'2026-03-29'}::date as day,
      ${[117.05, 36.66]}::point as location,
      ${9007199254740991}::bigint as number,
      ${sql.json({ 名称: '甸柳' })}::jsonb as document,
      ${[1.5, 2]}::float8[] as numbers,
      ${new Date(0)}::timestamptz as moment`
  expect(row).toEqual({
    day: '2026-03-29',
    location: [117.05, 36.66],
    number: 9007199254740991,
    document: { 名称: '甸柳' },
    numbers: [1.5, 2],
    moment: new Date(0),
  })
})

it('each test file gets a migrated database of its own', async () => {
  const [{ epoch } = {}] = await sql`select value as epoch from meta where key = 'epoch'`
  expect(epoch).toMatch(/^[0-9a-f-]{36}$/)
})
