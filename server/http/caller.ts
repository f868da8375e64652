import type { Context } from 'hono'
import type { Reach } from '../access/policy.ts'
import type { Role } from '#contract/role.ts'
import type { Actor } from '../cases/case-state.ts'

/** Who asks, and how much the policy lets them have of what they ask for. */
export interface Caller {
  /** users.id; 'loopback' for the demo's wall on this machine */
  userId: string
  sessionId: string
  name: string
  role: Role
  /** community or grid that the account is bound to */
  region: string | null
  /** officers.id of a grid worker */
  officer: string | null
  /** What the policy's rule for this route gives the role. */
  reach: Reach
  /** Where the request came from. */
  address: string
}

/** As the rules of cases know people: a grid worker by the officer that cases are given to. */
export function actorOf({ officer, userId, role, region }: Caller): Actor {
  return {
    id: officer ?? userId,
    role,
    region,
    account: userId,
  }
}

/** The same as the steps of an assignment know people. */
export function stepActorOf(caller: Caller): Actor & { officer: string | null } {
  return {
    ...actorOf(caller),
    officer: caller.officer,
  }
}

/** The caller of a route that is not public. Throws (a bug) where the guard let nobody in. */
export function callerOf(c: Context): Caller {
  const caller = c.get('caller') as Caller | undefined
  if (!caller)
    throw new Error(`${c.req.method} ${c.req.path} has no caller: is its rule public?`)
  return caller
}
