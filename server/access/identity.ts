import type { Standing } from '#contract/access.ts'
import type { Role } from '#contract/role.ts'
import type { Auth } from './auth.ts'

/** Who is asking. */
export interface Identity {
  userId: string
  sessionId: string
  name: string
  role: Role
  /** community or grid code that the account is bound to */
  region: string | null
  /** officers.id of a grid worker */
  officer: string | null
  standing: Standing
  expiresAt: Date
}

/** 等保 level 3: two factors for who manages, plans with personal data, or inspects. */
const secondFactorRoles: ReadonlySet<Role> = new Set(['admin', 'planner', 'inspector'])

/** The caller by cookie or bearer token; null = nobody known. */
export async function identify(auth: Auth, headers: Headers): Promise<Identity | null> {
  const found = await auth.api.getSession({
    headers,
    // A page asks for things by itself; that somebody sits there it says by asking for its session (client/…). A program is
    // there when it asks.
    query: { disableRefresh: !headers.has('authorization') },
  })
  if (!found)
    return null
  const { user, session } = found
  const role = user.role as Role
  return {
    userId: user.id,
    sessionId: session.id,
    name: user.name,
    role,
    region: user.region ?? null,
    officer: user.officer ?? null,
    standing: standingOf({
      role,
      demo: user.demo === true,
      twoFactor: user.twoFactorEnabled === true,
      mustChangePassword: user.mustChangePassword === true,
    }),
    expiresAt: session.expiresAt,
  }
}

/** Demo accounts exist on the demo database only and sign in with the password alone. */
function standingOf({ role, demo, twoFactor, mustChangePassword }: { role: Role, demo: boolean, twoFactor: boolean, mustChangePassword: boolean }): Standing {
  if (demo)
    return 'full'
  if (mustChangePassword)
    return 'must-change-password'
  return secondFactorRoles.has(role) && !twoFactor
    ? 'must-enrol-second-factor'
    : 'full'
}
