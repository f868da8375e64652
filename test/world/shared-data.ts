import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** A file of the published test data, which lies beside the repository and is no part of it; tests that need it skip without it. */
export function sharedData(path: string): string {
  return resolve(import.meta.dirname, '../../../shared/data', path)
}

/** For the title of such a test. */
export function ifMissing(file: string): string {
  return existsSync(file)
    ? ''
    : ' (skipped: its data in ../shared/data is not there)'
}
