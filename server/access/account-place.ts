import type { Role } from '#contract/role.ts'
import type { RegionLevel } from '#contract/places.ts'

/** Where an account works: what its role needs to be bound to, and what that is in the database. */
export interface AccountPlace {
  role: Role
  region: string | null
  officer: string | null
}
export interface KnownPlace {
  /** Level of `region`; null: there is no such region. */
  level: RegionLevel | null
  officerExists: boolean
}

const levels: Partial<Record<Role, readonly RegionLevel[]>> = {
  community: ['community', 'village'],
  grid: ['grid'],
}

/** What is wrong with it, or null. A community handler has a community; a grid worker is an officer and may have a grid. */
export function placeFault({ role, region, officer }: AccountPlace, { level, officerExists }: KnownPlace): { path: 'role' | 'region' | 'officer', message: string } | null {
  if (role === 'wall')
    return { path: 'role', message: 'a screen is paired, not added' }
  const allowed = levels[role]
  if (role === 'community' && region === null)
    return { path: 'region', message: 'a community handler needs a community' }
  if (region !== null && !allowed)
    return { path: 'region', message: `the role ${role} is not bound to a region` }
  if (region !== null && (level === null || !allowed!.includes(level)))
    return { path: 'region', message: `must be the code of a known ${allowed!.join(' or ')}` }
  if (role === 'grid' && officer === null)
    return { path: 'officer', message: 'a grid worker needs an officer' }
  if (role !== 'grid' && officer !== null)
    return { path: 'officer', message: `the role ${role} is not bound to an officer` }
  if (officer !== null && !officerExists)
    return { path: 'officer', message: 'there is no such officer' }
  return null
}
