import type { Sql } from '../../db/connect.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Seat } from '../live/seat.ts'
import type { Identity } from './identity.ts'
import { runningSessions } from '../../db/queries/accounts.ts'
import { createAuth } from './auth.ts'
import { orDatabaseAway } from './database-away.ts'
import { identify } from './identity.ts'
import { keyFor, loadSecret } from './keys.ts'
import { createSessionCache } from './session-cache.ts'

export interface Access {
  /** Answers for the accounts' library; throws when the database is away. */
  handler: (request: Request) => Promise<Response>
  auditKey: Buffer
  /** The account behind a cookie or token; null = nobody known. */
  identify: (headers: Headers) => Promise<Identity | null>
  /** An account's rights changed or a session of its ended. */
  forget: (userId: string) => Promise<void>
  /** Those of the seats whose session still runs with the rights that they came in with. */
  stillSeated: (seats: Seat[]) => Promise<Set<Seat>>
}

/** `url`: where this server is reached when there is no PUBLIC_ORIGIN. Throws CannotStart. */
export async function openAccess({ sql, config, url, log }: { sql: Sql, config: Config, url: string, log: Log }): Promise<Access> {
  const secret = await loadSecret(config)
  const auth = createAuth({
    sql,
    secret: keyFor(secret, 'cookies').toString('base64'),
    auditKey: keyFor(secret, 'audit'),
    origin: config.publicOrigin ?? url,
    oidc: config.oidc,
    log,
  })
  const sessions = createSessionCache(headers => orDatabaseAway(() => identify(auth, headers)))
  return {
    handler: request => orDatabaseAway(() => auth.handler(request)),
    auditKey: keyFor(secret, 'audit'),
    identify: sessions.identify,
    forget: sessions.forget,
    async stillSeated(seats) {
      const running = await runningSessions(sql, seats.flatMap(({ sessionId }) => sessionId ?? []))
      return new Set(seats.filter(({ sessionId, role, region, officer }) => {
        const now = running.get(sessionId ?? '')
        return now && now.role === role && now.region === region && now.officer === officer
      }))
    },
  }
}
