import type { Sql } from '../../db/connect.ts'
import type { Log } from '../log.ts'
import type { PersonalData } from './personal-data.ts'
import { notedKeyFingerprint } from '../../db/queries/personal-data-key.ts'

/**
 * Several processes on one database must share one key, or none reads the contacts that another took. Work goes on
 * without: a case is worth more than its contact.
 */
export async function warnOfOtherKey(sql: Sql, personal: PersonalData, log: Log): Promise<void> {
  if (await notedKeyFingerprint(sql, personal.fingerprint) !== personal.fingerprint)
    log.warn('the contacts in this database were encrypted with another key: set PERSONAL_DATA_KEY to that one, the same for every process')
}
