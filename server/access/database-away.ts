import { AsyncLocalStorage } from 'node:async_hooks'
import { PostgresJSDialect } from 'kysely-postgres-js'
import { isDatabaseAway } from '../../db/unavailable.ts'

const asked = new AsyncLocalStorage<{ away: unknown }>()

/**
 * Runs what asks the accounts' library. The library takes a database that is away for a stranger without a session (401) or for
 * a fault (500): here it stays what it is, and is thrown, so that the request is answered with 503 and can be sent again.
 */
export async function orDatabaseAway<T>(work: () => Promise<T>): Promise<T> {
  const noted = { away: undefined as unknown }
  try {
    const result = await asked.run(noted, work)
    if (noted.away === undefined)
      return result
  }
  catch (error) {
    throw noted.away ?? error
  }
  throw noted.away
}

/** The library's way to the database, which notes for `orDatabaseAway` when there is none. */
export class WatchedDialect extends PostgresJSDialect {
  override createDriver() {
    const driver = super.createDriver()
    const acquire = driver.acquireConnection.bind(driver)
    driver.acquireConnection = async (...options) => {
      const connection = await noting(acquire(...options))
      const execute = connection.executeQuery.bind(connection)
      connection.executeQuery = (...query) => noting(execute(...query)) as never
      return connection
    }
    return driver
  }
}

async function noting<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  }
  catch (error) {
    const noted = asked.getStore()
    if (noted && isDatabaseAway(error))
      noted.away ??= error
    throw error
  }
}
