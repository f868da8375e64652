import type { Sql } from '../../db/connect.ts'
import type { Log } from '../log.ts'
import type { UploadFiles } from './upload-files.ts'
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { forgetUnattached, knownUploads } from '../../db/queries/uploads.ts'
import { filesBefore, removeFile } from './upload-files.ts'

const HOURS_KEPT = 24

/**
 * Removes what became no part of a case within a day, and files that no row knows: left by a process that was killed between
 * the file and its row, or by the retention rules, which take only the row.
 */
export async function sweepUploads(sql: Sql, files: UploadFiles, now = new Date()): Promise<{ expired: number, orphans: number }> {
  const before = new Date(now.getTime() - HOURS_KEPT * 3_600_000)
  const expired = await forgetUnattached(sql, before)
  for (const id of expired)
    await removeFile(files, id)

  let orphans = 0
  let batch: { id: string, path: string, incoming: boolean }[] = []
  const settle = async () => {
    const known = await knownUploads(sql, batch.filter(({ incoming }) => !incoming).map(({ id }) => id))
    for (const { path } of batch.filter(({ id, incoming }) => incoming || !known.has(id))) {
      await rm(path, { force: true })
      orphans++
    }
    batch = []
  }
  for await (const file of filesBefore(files, before)) {
    batch.push(file)
    if (batch.length === 500)
      await settle()
  }
  await settle()
  return { expired: expired.length, orphans }
}

/** Once an hour, until `signal`. */
export async function keepUploadsSwept({ sql, files, log, signal }: { sql: Sql, files: UploadFiles, log: Log, signal: AbortSignal }): Promise<void> {
  while (!signal.aborted) {
    await sweepUploads(sql, files).catch(error => log.warn({ err: error }, 'old uploads could not be removed'))
    await sleep(3_600_000, undefined, { signal, ref: false }).catch(() => {})
  }
}
