import type { Reach } from './policy.ts'

/**
 * The part of a layer that somebody sees: a region code (with what lies in it), the tasks of one officer, or null for all of
 * it. An account that should be bound to a region or an officer and is not sees nothing.
 */
export type Scope = string | null

const nothing = 'officer:'

export function scopeOf(reach: Reach, { region, officer }: { region: string | null, officer: string | null }): Scope {
  switch (reach) {
    case 'region':
      return region ?? nothing
    case 'own':
      return officer === null
        ? nothing
        : ownScope(officer)
    default:
      return null
  }
}

/** Scope of one officer's own tasks; also a mark among an event's regions. */
export function ownScope(officer: string): string {
  return `officer:${officer}`
}

/** The officer whose own tasks the scope is; null for a region. */
export function officerOf(scope: string): string | null {
  return scope.startsWith(nothing)
    ? scope.slice(nothing.length)
    : null
}
