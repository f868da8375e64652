import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { connect } from '../db/connect.ts'
import { migrate, readMigrations } from '../db/migrate.ts'
import { testDatabase } from './world/database.ts'

const db = await testDatabase()

let folder: string
let from: URL
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huizhi-migrations-'))
  from = pathToFileURL(`${folder}/`)
  return () => rm(folder, { recursive: true })
})
beforeEach(async () => {
  await db.sql`drop schema public cascade`
  await db.sql`create schema public`
  await writeFile(join(folder, '001-first.sql'), 'create table first (n int);')
  await writeFile(join(folder, '002-second.sql'), 'create table second (n int);')
  await rm(join(folder, '003-third.sql'), { force: true })
})

it('a migration runs once, a later start adds only what is new', async () => {
  expect(await migrate(db.sql, from)).toEqual(['001-first.sql', '002-second.sql'])
  expect(await migrate(db.sql, from)).toEqual([])
  await writeFile(join(folder, '003-third.sql'), 'create table third (n int);')
  expect(await migrate(db.sql, from)).toEqual(['003-third.sql'])
})

it('several processes that start at once migrate once', async () => {
  const others = [1, 2, 3, 4].map(() => connect(db.url, { max: 1 }))
  const done = await Promise.all(others.map(sql => migrate(sql, from)))
  expect(done.flat()).toEqual(['001-first.sql', '002-second.sql'])
  await Promise.all(others.map(sql => sql.end()))
})

it('a failing migration leaves nothing half-done', async () => {
  await writeFile(join(folder, '003-third.sql'), 'create table third (n int); select 1 / 0;')
  await expect(migrate(db.sql, from)).rejects.toThrow('division by zero')
  expect(await db.sql`select table_name from information_schema.tables where table_schema = 'public'`).toHaveLength(0)
})

it('a migration that was changed after it had been applied is refused by name', async () => {
  await migrate(db.sql, from)
  await writeFile(join(folder, '001-first.sql'), 'create table first (n bigint);')
  await expect(migrate(db.sql, from)).rejects.toThrow('001-first.sql was changed')
})

it('a database made by a newer program is refused', async () => {
  await migrate(db.sql, from)
  await rm(join(folder, '002-second.sql'))
  await expect(migrate(db.sql, from)).rejects.toThrow('newer than this program')
})

it('a number that was left out is made good when it comes', async () => {
  await rm(join(folder, '001-first.sql'))
  expect(await migrate(db.sql, from)).toEqual(['002-second.sql'])
  await writeFile(join(folder, '001-first.sql'), 'create table first (n int);')
  expect(await migrate(db.sql, from)).toEqual(['001-first.sql'])
})

it('a number that two have is a mistake that shows at once', async () => {
  await writeFile(join(folder, '002-another.sql'), 'create table another (n int);')
  await expect(readMigrations(from)).rejects.toThrow('002-second.sql: its number is another\'s')
  await rm(join(folder, '002-another.sql'))
})
