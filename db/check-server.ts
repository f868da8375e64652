import { CannotStart } from '../server/cannot-start.ts'
import { connect } from './connect.ts'

export interface Server { version: number, shown: string, encoding: string, standby: boolean, mayCreate: boolean }

/** Makes sure that a database of one's own answers and will do. Throws CannotStart with one line that says what is wrong, without the password. */
export async function checkServer(url: string, connectSeconds = 10): Promise<void> {
  const sql = connect(url, { max: 1, connectSeconds })
  try {
    const [server] = await sql<Server[]>`
      select
        current_setting('server_version_num')::int as version,
        current_setting('server_version') as shown,
        current_setting('server_encoding') as encoding,
        pg_is_in_recovery() as standby,
        has_schema_privilege(current_schema(), 'create') as "mayCreate"`
    const reason = whyUnfit(server!, where(url))
    if (reason)
      throw new CannotStart(reason)
  }
  catch (error) {
    throw error instanceof CannotStart
      ? error
      : new CannotStart(`数据库无法连接 · DATABASE_URL: ${explain(error as Error & { code?: string }, url)}`)
  }
  finally {
    await sql.end({ timeout: 1 })
  }
}

export function whyUnfit({ version, shown, encoding, standby, mayCreate }: Server, place: string): string | null {
  if (version < 150000)
    return `PostgreSQL 版本过低（需 15 以上） · DATABASE_URL: PostgreSQL 15 or later is needed, ${place} runs ${shown}.`
  if (encoding !== 'UTF8')
    return `数据库编码须为 UTF8 · DATABASE_URL: the database's encoding must be UTF8, ${place} has ${encoding}.`
  if (standby)
    return `数据库是只读备库 · DATABASE_URL: ${place} is a standby that takes no writes.`
  if (!mayCreate)
    return `数据库用户无建表权限 · DATABASE_URL: the user may not create tables on ${place}: grant create on its schema.`
  return null
}

/** Codes: Node's system errors, postgres.js's own, and PostgreSQL's SQLSTATE. */
function explain({ code, message }: Error & { code?: string }, url: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return `nobody listens at ${where(url)} (connection refused).`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host of ${where(url)} is not known.`
    case 'CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${where(url)} cannot be reached (no answer).`
    case '28P01':
    case '28000':
      return `${where(url)} refuses the user or the password.`
    case '3D000':
      return `${where(url)}: there is no such database; create it first.`
    case '53300':
      return `${where(url)} has no free connection.`
    default:
      return `${where(url)}: ${message.split('\n')[0]}${code
        ? ` (${code})`
        : ''}`
  }
}

/** host:port/database, without user and password. */
function where(url: string): string {
  return url.replace(/^[a-z]+:\/\/(?:[^/?]*@)?/, '').replace(/\?.*$/, '')
}
