import type { TestProject } from 'vitest/node'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../db/connect.ts'
import { startEmbedded } from '../../db/embedded.ts'
import { migrate } from '../../db/migrate.ts'
import { createLog } from '../../server/log.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PostgreSQL shared by all tests of a run: `url` of its maintenance database, `template` is a migrated database to copy. */
    postgres: { url: string, template: string, prefix: string }
  }
}

/** Durability is what a test server can do without. */
const fast = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: 300,
  shared_buffers: '64MB',
}

/** Vitest's globalSetup. DATABASE_URL_TEST names a server to use instead of one of our own. */
export default async function setup({ provide }: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'huizhi-test-'))
  const own = process.env.DATABASE_URL_TEST
    ? null
    : await startEmbedded({
        dataDir: folder,
        log: createLog('silent'),
        settings: fast,
      })
  const url = process.env.DATABASE_URL_TEST ?? own!.url

  const prefix = `huizhi_test_${process.pid}_`
  const template = `${prefix}template`
  const sql = connect(url, { max: 1, name: 'test setup' })
  await sql.unsafe(`create database ${template}`)
  const templateSql = connect(withDatabase(url, template), { max: 1 })
  await migrate(templateSql)
  await templateSql.end()
  provide('postgres', { url, template, prefix })

  return async () => {
    const left = await sql<{ name: string }[]>`select datname as name from pg_database where starts_with(datname, ${prefix})`
    if (!own) {
      for (const { name } of left)
        await sql.unsafe(`drop database ${name} with (force)`)
    }
    await sql.end()
    await own?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
