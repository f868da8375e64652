import type { Sql } from '../../db/connect.ts'
import type { LoadWork } from './load-worker.ts'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { isEmptyDatabase, readDemoMark } from '../../db/queries/demo.ts'
import { withLock } from '../../db/with-lock.ts'

const loadingLock = 4877299

export interface EnsureDemoRequest {
  sql: Sql
  databaseUrl: string
  onStage: (stage: string) => void
  signal: AbortSignal
}

/**
 * Gives an empty database the demo town, and completes one whose loading was interrupted: the same town again, for the same
 * moment, so that what is there stays as it is. Of several servers that start on one database one loads, the others wait.
 *
 * It is loaded in a thread, because generating a town takes memory that the server would otherwise keep for ever.
 */
export async function ensureDemo({ sql, databaseUrl, onStage, signal }: EnsureDemoRequest): Promise<void> {
  const waiting = () => onStage('另一进程正在载入演示数据 · Another server is loading the demo town')
  await withLock(sql, loadingLock, async () => {
    const mark = await readDemoMark(sql)
    if (mark?.complete || (!mark && !await isEmptyDatabase(sql)))
      return
    const work: LoadWork = mark
      ? {
          databaseUrl,
          seed: mark.seed,
          size: mark.size,
          now: new Date(mark.loadedAt),
        }
      : {
          databaseUrl,
          now: new Date(),
        }
    const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { workerData: work })
    worker.on('message', onStage)
    signal.addEventListener('abort', () => worker.terminate(), { once: true })
    await once(worker, 'exit') // an error in it is thrown here
  }, waiting)
}
