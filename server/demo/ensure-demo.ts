import type { Sql } from '../../db/connect.ts'
import type { Log } from '../log.ts'
import type { PersonalData } from '../privacy/personal-data.ts'
import { isEmptyDatabase, readDemoMark } from '../../db/queries/demo.ts'
import { withLock } from '../../db/with-lock.ts'
import { loadDemo } from './load-demo.ts'

const loadingLock = 4877299

export interface EnsureDemoRequest {
  sql: Sql
  log: Log
  personal: PersonalData
  onStage: (stage: string) => void
  signal: AbortSignal
}

/**
 * Gives an empty database the demo town, and completes one whose loading was interrupted: the same town again, for the same
 * moment, so that what is there stays as it is. Of several servers that start on one database one loads, the others wait.
 *
 * @returns whether the database holds a demo
 */
export async function ensureDemo({ sql, onStage, signal, ...request }: EnsureDemoRequest): Promise<boolean> {
  const waiting = () => onStage('另一进程正在载入演示数据 · Another server is loading the demo town')
  return withLock(sql, loadingLock, async () => {
    const mark = await readDemoMark(sql)
    if (mark?.complete)
      return true
    if (!mark && !await isEmptyDatabase(sql))
      return false
    const said = mark
      ? {
          seed: mark.seed,
          size: mark.size,
          now: new Date(mark.loadedAt),
        }
      : {
          now: new Date(),
        }
    await loadDemo({
      ...request,
      ...said,
      sql,
      onStage,
      signal,
    })
    return true
  }, waiting)
}
