import type { Context } from 'hono'
import type { Managing } from '../access/manage-accounts.ts'
import type { HttpContext } from './http-context.ts'
import { auditedBySelf } from './audit-trail.ts'
import { callerOf } from './caller.ts'

/** Who manages accounts, screens or exports with this request; what is done with it writes its own entry to the audit trail. */
export function managingOf(c: Context, { sql, auditKey }: Pick<HttpContext, 'sql' | 'auditKey'>): Managing {
  auditedBySelf(c)
  const { userId, name, role, address } = callerOf(c)
  return {
    sql,
    auditKey,
    by: {
      actor: userId,
      actorName: name,
      role,
      address,
    },
  }
}
