import type { Sql } from '../db/connect.ts'
import type { Config } from './config.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Log } from './log.ts'
import { checkServer } from '../db/check-server.ts'
import { connect } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { stage } from './launch/stage.mjs'

/** The migrated database: the one that DATABASE_URL names, else the embedded one, which ends with the server. */
export async function openDatabase(config: Config, log: Log, { onStop }: Lifecycle, name?: string): Promise<{ sql: Sql, url: string }> {
  const url = config.databaseUrl ?? await openEmbedded(config, log, onStop)
  if (config.databaseUrl) {
    stage('连接数据库 · Connecting to the database of DATABASE_URL')
    await checkServer(url)
  }
  const sql = connect(url, {
    max: 10,
    ...name && { name },
  })
  onStop('database connections', () => sql.end({ timeout: 1 }))
  const migrations = await migrate(sql)
  if (migrations.length > 0)
    stage(`更新数据库结构 · Brought the database up to date: ${migrations.join(', ')}`)
  return { sql, url }
}

async function openEmbedded({ dataDir }: Config, log: Log, onStop: Lifecycle['onStop']): Promise<string> {
  const embedded = await startEmbedded({
    dataDir,
    log,
    onStage: step => stage(step === 'create'
      ? `创建数据库 · Creating a database in ${dataDir}`
      : '启动数据库 · Starting the database'),
  })
  onStop('embedded PostgreSQL', embedded.stop)
  return embedded.url
}
