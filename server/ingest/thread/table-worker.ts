import type { TableFile, TableOptions } from './table-task.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { connect } from '../../../db/connect.ts'
import { readRulebook } from '../../cases/rules-file.ts'
import { readConfig } from '../../config.ts'
import { openPersonalData } from '../../open-personal-data.ts'
import { UnusableInput } from '../import-request.ts'
import { importFile, lookAtFile } from './table-task.ts'

/** The thread of one file: started for it, gone after it. */
const { databaseUrl, file, options } = workerData as { databaseUrl: string, file: TableFile, options: TableOptions | null }
const sql = connect(databaseUrl, { max: 3, name: 'huizhi import' })
try {
  const config = readConfig()
  const answer = options
    ? await importFile({
        sql,
        personal: await openPersonalData(config),
        rulebook: readRulebook(config.caseRules),
      }, file, options, line => parentPort!.postMessage({ line }))
    : await lookAtFile(file)
  parentPort!.postMessage({ answer })
}
catch (error) {
  if (!(error instanceof UnusableInput))
    throw error
  parentPort!.postMessage({ unusable: error.message })
}
finally {
  await sql.end({ timeout: 1 })
}
