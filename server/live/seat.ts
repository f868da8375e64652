import type { Role } from '#contract/role.ts'

/** Whom a socket belongs to, and so what it may follow. */
export interface Seat {
  role: Role
  /** community or grid that the account is bound to */
  region: string | null
  /** officers.id of a grid worker */
  officer: string | null
  /** Session by which it came in; null where there is none to end (the demo's wall on this machine). */
  sessionId: string | null
}
