import type { Sql } from '../../db/connect.ts'
import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { connect } from '../../db/connect.ts'

export interface TestDatabase {
  sql: Sql
  url: string
  /** Ends the connections and removes the database. */
  drop: () => Promise<void>
}

/** A migrated, empty database for one test file: `const db = await testDatabase()`, and `afterAll(db.drop)`. */
export async function testDatabase(): Promise<TestDatabase> {
  const { url: serverUrl, template, prefix } = inject('postgres')
  const name = prefix + randomBytes(6).toString('hex')
  await onServer(serverUrl, `create database ${name} template ${template}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const sql = connect(url.href, { name: 'test' })
  return {
    sql,
    url: url.href,
    async drop() {
      await sql.end({ timeout: 1 })
      await onServer(serverUrl, `drop database ${name} with (force)`)
    },
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const sql = connect(url, { max: 1, name: 'test databases' })
  await sql.unsafe(statement)
  await sql.end()
}
