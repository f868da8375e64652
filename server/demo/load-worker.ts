import type { DemoMark } from '../../db/queries/demo.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { connect } from '../../db/connect.ts'
import { readRulebook } from '../cases/rules-file.ts'
import { readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { openPersonalData } from '../open-personal-data.ts'
import { loadDemo } from './load-demo.ts'

/** What the thread is given. */
export interface LoadWork extends Partial<Pick<DemoMark, 'seed' | 'size'>> { databaseUrl: string, now: Date }

const { databaseUrl, ...town } = workerData as LoadWork
const config = readConfig()
const sql = connect(databaseUrl, { name: 'huizhi demo' })
try {
  await loadDemo({
    ...town,
    sql,
    log: createLog(config.logLevel),
    personal: await openPersonalData(config),
    rulebook: readRulebook(config.caseRules),
    onStage: stage => parentPort!.postMessage(stage),
  })
}
finally {
  await sql.end({ timeout: 1 })
}
