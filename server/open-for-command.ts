import type { Sql } from '../db/connect.ts'
import type { Config } from './config.ts'
import type { Lifecycle } from './lifecycle.ts'
import { connect } from '../db/connect.ts'
import { findRunning } from '../db/embedded.ts'
import { createLog } from './log.ts'
import { openDatabase } from './open-database.ts'

/**
 * The database that a server uses now; without one, the embedded one runs for the time of the command.
 * `name`: how the command's connections are called in pg_stat_activity; a server's are called huizhi
 */
export async function openForCommand(config: Config, lifecycle: Lifecycle, name: string): Promise<Sql> {
  const running = config.databaseUrl
    ? null
    : await findRunning(config.dataDir)
  if (running) {
    const sql = connect(running, { name, connectSeconds: 3 })
    const answers = await sql`select 1`.then(() => true, () => false)
    if (answers) {
      lifecycle.onStop('database connections', () => sql.end({ timeout: 1 }))
      return sql
    }
    await sql.end({ timeout: 1 })
  }
  return (await openDatabase(config, createLog(config.logLevel), lifecycle, name)).sql
}
