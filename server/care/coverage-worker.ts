import type { CoverageRequest } from './coverage-reader.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { connect } from '../../db/connect.ts'
import { createCoverageReader } from './coverage-reader.ts'

/** The thread in which coverage is computed: one request after the other, each answered under its number. */

const { databaseUrl } = workerData as { databaseUrl: string }
const reader = createCoverageReader(connect(databaseUrl, { max: 1, name: 'huizhi coverage' }))
let last: Promise<unknown> = Promise.resolve()

parentPort!.on('message', ({ number, request }: { number: number, request: CoverageRequest }) => {
  last = last
    .then(() => reader.answer(request))
    .then(
      coverage => parentPort!.postMessage({ number, coverage }),
      error => parentPort!.postMessage({ number, error }),
    )
})
