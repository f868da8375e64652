import type { TownSize } from './generate-town.ts'
import { parseArgs } from 'node:util'
import { connect } from '../../db/connect.ts'
import { isEmptyDatabase, readDemoMark } from '../../db/queries/demo.ts'
import { findRunning } from '../../db/embedded.ts'
import { CannotStart } from '../cannot-start.ts'
import { readConfig } from '../config.ts'
import { stage } from '../launch/stage.mjs'
import { runUntilStopped } from '../lifecycle.ts'
import { createLog } from '../log.ts'
import { openDatabase } from '../open-database.ts'
import { openPersonalData } from '../open-personal-data.ts'
import { DEMO_SEED, loadDemo } from './load-demo.ts'

const usage = '用法 · Usage: npm run demo -- [--size subdistrict|district|city] [--seed TEXT]'
const sizes: readonly string[] = ['subdistrict', 'district', 'city'] satisfies TownSize[]

/** `npm run demo`: fills an empty database with generated subdistricts, also beside a server that runs on it. */
runUntilStopped(async (lifecycle) => {
  const { size, seed } = readArguments()
  const config = readConfig()
  const log = createLog(config.logLevel)
  const running = config.databaseUrl
    ? null
    : await findRunning(config.dataDir)
  const sql = running
    ? connect(running, { name: 'demo' })
    : (await openDatabase(config, log, lifecycle)).sql
  if (running)
    lifecycle.onStop('database connections', () => sql.end({ timeout: 1 }))
  const mark = await readDemoMark(sql)
  if (!await isEmptyDatabase(sql)) {
    throw new CannotStart(mark
      ? `数据库已有演示数据 · The database already holds a demo (${mark.size}, seed ${mark.seed}); take another DATA_DIR or DATABASE_URL for a second one.`
      : '数据库已有数据 · The database already holds data; the demo goes into an empty one. Set DATA_DIR or DATABASE_URL.')
  }
  await loadDemo({
    sql,
    log,
    personal: await openPersonalData(config),
    now: new Date(),
    size,
    seed,
    onStage: stage,
    signal: lifecycle.stopping,
  })
  stage('演示数据已载入 · The demo town is loaded')
  lifecycle.end()
})

function readArguments(): { size: TownSize, seed: string } {
  try {
    const { values } = parseArgs({
      options: {
        size: { type: 'string', default: 'subdistrict' },
        seed: { type: 'string', default: DEMO_SEED },
      },
    })
    if (sizes.includes(values.size))
      return { size: values.size as TownSize, seed: values.seed }
  }
  catch {}
  throw new CannotStart(usage)
}
