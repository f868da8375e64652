import type { Role } from '#contract/role.ts'
import { PageName } from '#contract/access.ts'

/**
 * How much a role gets of what a route or layer holds.
 * all: everything, personal data included · region: only its own region · own: only what it is assigned to ·
 * masked: everything, without what points at a person.
 */
export type Reach = 'all' | 'region' | 'own' | 'masked'
export type Rule = 'public' | 'signed-in' | Partial<Record<Role, Reach>>

const everyone: Rule = {
  wall: 'masked',
  duty: 'all',
  grid: 'all',
  community: 'all',
  planner: 'all',
  inspector: 'all',
  admin: 'all',
}
const caseReaders: Rule = {
  wall: 'masked',
  duty: 'all',
  grid: 'own',
  community: 'region',
  planner: 'masked',
  inspector: 'masked',
  admin: 'masked',
}

const manager: Rule = { admin: 'all' }
const auditors: Rule = { inspector: 'all', admin: 'all' }

/** Every route of the server, `METHOD /path` as registered. A route that is not here is refused. */
export const routePolicy: Record<string, Rule> = {
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': { admin: 'all' },
  'GET /openapi.json': 'signed-in',
  'GET /docs': 'signed-in',

  'GET /api/v1/cases': caseReaders,
  'POST /api/v1/cases': { duty: 'all', grid: 'all', community: 'region' },
  'GET /api/v1/cases/{id}': caseReaders,
  'POST /api/v1/cases/{id}/actions/{action}': { duty: 'all', grid: 'own', community: 'region' },
  'GET /api/v1/reports/start': 'public',
  'POST /api/v1/reports': 'public',
  'POST /api/v1/reports/status': 'public',
  'GET /api/v1/regions': everyone,
  'GET /api/v1/renovation-zones': everyone,
  'GET /api/v1/worksites': everyone,
  'GET /api/v1/care-facilities': everyone,
  'PATCH /api/v1/care-facilities/{id}': { planner: 'all', duty: 'all' },
  'GET /api/v1/officers': { duty: 'all', community: 'region', grid: 'own' },
  'GET /api/v1/coverage': everyone,
  'GET /api/v1/me': 'public',
  'GET /api/v1/accounts': manager,
  'POST /api/v1/accounts': manager,
  'PATCH /api/v1/accounts/{id}': manager,
  'DELETE /api/v1/accounts/{id}': manager,
  'PUT /api/v1/accounts/{id}/ban': manager,
  'DELETE /api/v1/accounts/{id}/ban': manager,
  'POST /api/v1/accounts/{id}/reset': manager,
  'POST /api/v1/accounts/{id}/sign-out': manager,
  'GET /api/v1/screens': manager,
  'POST /api/v1/screens': manager,
  'PATCH /api/v1/screens/{id}': manager,
  'DELETE /api/v1/screens/{id}': manager,
  'GET /api/v1/audit': auditors,
  'GET /api/v1/audit/exports': auditors,
  'POST /api/v1/audit/exports': auditors,
  'PUT /api/v1/audit/exports/{id}/decision': auditors,
  'POST /api/v1/audit/exports/{id}/file': auditors,
  'GET /api/v1/events': { duty: 'all', admin: 'masked', inspector: 'masked' },
}

/** Every layer that can be followed live. */
export const layerPolicy: Record<string, Rule> = {
  'cases': caseReaders,
  'renovation-zones': everyone,
  'worksites': everyone,
  'care-facilities': everyone,
  'officers': {
    wall: 'masked',
    duty: 'all',
    community: 'region',
    grid: 'own',
  },
  'regions': everyone,
  'coverage': everyone,
  'basemap': everyone,
}

/** Who finds a page in the menus. What a page shows is decided by the routes and layers it asks for. */
export const pagePolicy: Record<PageName, readonly Role[]> = {
  wall: ['wall', 'duty', 'community', 'planner', 'inspector', 'admin'],
  duty: ['duty', 'community', 'inspector', 'admin'],
  plan: ['duty', 'planner', 'inspector', 'admin'],
  grid: ['grid', 'community'],
  admin: ['inspector', 'admin'],
}

export function pagesOf(role: Role): PageName[] {
  return PageName.options.filter(page => pagePolicy[page].includes(role))
}

/** What the role gets by the rule; null = refused. A public or signed-in rule carries nothing personal: all of it. */
export function reachOf(rule: Rule | undefined, role: Role | null): Reach | null {
  if (rule === 'public')
    return 'all'
  if (rule === undefined || role === null)
    return null
  return rule === 'signed-in'
    ? 'all'
    : rule[role] ?? null
}
