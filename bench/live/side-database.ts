import type { Sql } from '../../db/connect.ts'
import { connect } from '../../db/connect.ts'
import { migrate } from '../../db/migrate.ts'

export interface SideDatabase { sql: Sql, url: string }

/** A migrated database a side: what is written for one wakes none of the others. The caller ends `sql`. */
export async function sideDatabase(serverUrl: string, side: string): Promise<SideDatabase> {
  const admin = connect(serverUrl, { max: 1 })
  await admin.unsafe(`create database bench_${side}`)
  await admin.end()
  const url = new URL(serverUrl)
  url.pathname = `/bench_${side}`
  const sql = connect(url.href, { name: `bench ${side}` })
  await migrate(sql)
  return { sql, url: url.href }
}
