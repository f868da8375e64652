import type { Sql } from './connect.ts'

/**
 * Does the work in one process of all that use this database at a time; the others wait. The lock belongs to a connection, so
 * that whoever dies lets go of it.
 * `key` is any number, the same in every process and for no other purpose. `onWait` is called once if another has the lock.
 */
export async function withLock<T>(sql: Sql, key: number, work: () => Promise<T>, onWait?: () => void): Promise<T> {
  const connection = await sql.reserve()
  try {
    const [{ taken } = { taken: false }] = await connection<{ taken: boolean }[]>`select pg_try_advisory_lock(${key}) as taken`
    if (!taken) {
      onWait?.()
      await connection`select pg_advisory_lock(${key})`
    }
    try {
      return await work()
    }
    finally {
      await connection`select pg_advisory_unlock(${key})`
    }
  }
  finally {
    connection.release()
  }
}
