import type { Sql } from './connect.ts'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { CannotStart } from '../server/cannot-start.ts'

const folder = new URL('./migrations/', import.meta.url)

// Any number, as long as it is the same in every process of this program.
const advisoryLock = 4877214

export interface Migration { number: number, name: string, text: string, hash: string }

/**
 * The files of db/migrations in order. Their names are `NNN-what-it-does.sql`. Numbers may leave gaps, for those who work side
 * by side take theirs beforehand; so a migration builds only on those whose work it knows.
 */
export async function readMigrations(from: URL = folder): Promise<Migration[]> {
  const names = (await readdir(from)).filter(name => name.endsWith('.sql')).sort()
  const migrations = await Promise.all(names.map(async (name) => {
    const text = await readFile(new URL(name, from), 'utf8')
    return {
      number: Number.parseInt(name, 10),
      name,
      text,
      hash: createHash('sha256').update(text).digest('hex'),
    }
  }))
  migrations.forEach(({ number, name }, index) => {
    if (!(number > (migrations[index - 1]?.number ?? 0)))
      throw new Error(`db/migrations/${name}: its number is another's, or none`)
  })
  return migrations
}

/**
 * Brings the database to the newest schema. All that is missing goes in within one transaction, under a lock:
 * several processes may start at once, and a failure leaves nothing half-done.
 * Migrations only go forward; one that was applied must never change.
 *
 * @returns the names of the migrations applied now
 */
export async function migrate(sql: Sql, from?: URL): Promise<string[]> {
  const migrations = await readMigrations(from)
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${advisoryLock})`
    await tx`
      create table if not exists migrations (
        number integer primary key,
        name text not null,
        hash text not null,
        applied_at timestamptz not null default now()
      )`
    const applied = await tx<{ number: number, name: string, hash: string }[]>`
      select number, name, hash from migrations order by number`
    for (const { number, name, hash } of applied) {
      const known = migrations.find(migration => migration.number === number)
      if (!known)
        throw new CannotStart(`数据库版本比程序新，请先升级程序 · The database is newer than this program: it has migration ${name}, which this version does not know. Upgrade the program.`)
      if (known.hash !== hash)
        throw new CannotStart(`数据库结构与程序不符 · db/migrations/${known.name} was changed after it had been applied to this database. Use the version it was applied with, or another database.`)
    }
    const missing = migrations.filter(({ number }) => !applied.some(migration => migration.number === number))
    for (const { number, name, text, hash } of missing) {
      await tx.unsafe(text)
      await tx`insert into migrations (number, name, hash) values (${number}, ${name}, ${hash})`
    }
    return missing.map(({ name }) => name)
  }) as Promise<string[]>
}
