import type { Role } from '#contract/role.ts'
import { PageName } from '#contract/access.ts'

/**
 * How much a role gets of what a route or layer holds.
 * all: everything, personal data included · region: only its own region · own: only what it is assigned to ·
 * masked: everything, without what points at a person.
 */
export type Reach = 'all' | 'region' | 'own' | 'masked'
/**
 * public: anybody · local: this machine itself without sign-in, else administrators · any-standing: signed in,
 * also before the password is changed or the second factor set up · signed-in · else by role.
 */
export type Rule = 'public' | 'local' | 'any-standing' | 'signed-in' | Partial<Record<Role, Reach>>

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
  inspector: 'all',
  admin: 'masked',
}

const manager: Rule = { admin: 'all' }
const auditors: Rule = { inspector: 'all', admin: 'all' }

/** Whoever sits at a desk: a screen on the wall has no ledger. */
const deskReaders: Rule = {
  duty: 'all',
  grid: 'own',
  community: 'region',
  planner: 'masked',
  inspector: 'all',
  admin: 'masked',
}

/** Who was sent where names people at work: a screen on the wall and those who plan do not need it (PIPL art. 6). */
const assignmentReaders: Rule = {
  duty: 'all',
  grid: 'own',
  community: 'region',
  inspector: 'all',
}

/** Figures of a period, and which cases are behind them: numbers of cases, nothing about people. */
const figureReaders: Rule = {
  duty: 'all',
  community: 'region',
  planner: 'masked',
  inspector: 'all',
  admin: 'masked',
}

/** Who let work to whom, and what was paid: a person only as who signed, whose name those who plan or administer get masked. */
const wageReaders: Rule = {
  duty: 'all',
  community: 'region',
  planner: 'masked',
  inspector: 'all',
  admin: 'masked',
}
/** A person over all sites: who may read the name, nobody else. */
const signerReaders: Rule = { duty: 'all', community: 'region', inspector: 'all' }
const wageWriters: Rule = { duty: 'all', community: 'region' }

/** The ledger of renovation: units and posts, numbers of cases, nothing about residents; who changed it is not shown to 'masked'. */
const zoneReaders: Rule = {
  duty: 'all',
  community: 'region',
  planner: 'masked',
  inspector: 'all',
  admin: 'masked',
}
/** Numbers of calls to expect: a screen on the wall gets them only where the model has proved better than naive ones. */
const forecastReaders: Rule = { ...zoneReaders, wall: 'masked' }
const zoneWriters: Rule = { duty: 'all', community: 'region' }

/** Where people at work were: who sends them, who looks into complaints, and they themselves; each look is on record. */
const trackReaders: Rule = { duty: 'all', inspector: 'all', grid: 'own' }

/** The same of everybody at once. */
const trackReadersOfAll: Rule = { duty: 'all', inspector: 'all' }

/** Who may see how many elders live in which house: it is counts, without names. */
const planReaders: Rule = { planner: 'all', duty: 'all', inspector: 'all' }

/** Every route of the server, `METHOD /path` as registered. A route that is not here is refused. */
export const routePolicy: Record<string, Rule> = {
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'local',
  'GET /openapi.json': 'public',
  'GET /docs': 'public',
  'GET /docs/style.css': 'public',
  'GET /map-config.json': 'public',
  'GET /tiles.json': 'public',
  'GET /tiles/{z}/{x}/{file}': 'public',
  'GET /basemap.pmtiles': 'public',

  'GET /open311/v2/services.json': 'public',
  'GET /open311/v2/services.xml': 'public',
  'GET /open311/v2/services/{file}': 'public',
  'GET /open311/v2/requests.json': 'public',
  'GET /open311/v2/requests.xml': 'public',
  'GET /open311/v2/requests/{file}': 'public',
  'GET /open311/v2/tokens/{file}': 'public',
  'POST /open311/v2/requests.json': { duty: 'all', grid: 'all', community: 'region' },
  'POST /open311/v2/requests.xml': { duty: 'all', grid: 'all', community: 'region' },

  'POST /api/auth/sign-in/username': 'public',
  'POST /api/auth/sign-in/social': 'public',
  'GET /api/auth/callback/{id}': 'public',
  'POST /api/auth/sign-out': 'public',
  'GET /api/auth/get-session': 'public',
  'POST /api/auth/change-password': 'any-standing',
  'POST /api/auth/revoke-sessions': 'any-standing',
  'POST /api/auth/two-factor/enable': 'any-standing',
  'POST /api/auth/two-factor/verify-totp': 'public',
  'POST /api/auth/two-factor/verify-backup-code': 'public',
  'POST /api/auth/two-factor/generate-backup-codes': 'any-standing',
  'POST /api/auth/device/code': 'public',
  'POST /api/auth/device/token': 'public',

  'GET /api/v1/cases': caseReaders,
  'POST /api/v1/cases': { duty: 'all', grid: 'all', community: 'region' },
  'GET /api/v1/cases/{id}': caseReaders,
  'POST /api/v1/cases/{id}/actions/{action}': {
    duty: 'all',
    grid: 'own',
    community: 'region',
    inspector: 'all',
  },
  'GET /api/v1/cases/{id}/contact': { duty: 'all', grid: 'own', community: 'region' },
  'GET /api/v1/cases/{id}/work': {
    duty: 'all',
    grid: 'own',
    community: 'region',
    inspector: 'all',
  },
  'GET /api/v1/cases/{id}/suggestions': { duty: 'all' },
  'POST /api/v1/cases/{id}/assignments': { duty: 'all' },
  'POST /api/v1/dispatch/plans': { duty: 'all' },
  'POST /api/v1/cases/{id}/walk': { duty: 'all', grid: 'own', community: 'region' },
  'GET /api/v1/assignments': assignmentReaders,
  'GET /api/v1/assignments/{id}/steps': assignmentReaders,
  'POST /api/v1/assignments/{id}/steps/{step}': { duty: 'all', grid: 'own' },
  'GET /api/v1/cases/{id}/similar': { duty: 'all', community: 'region' },
  'POST /api/v1/cases/similar': { duty: 'all', community: 'region' },
  'POST /api/v1/imports/cases/columns': { duty: 'all', admin: 'masked' },
  'POST /api/v1/imports/cases': { duty: 'all', admin: 'masked' },
  'POST /api/v1/place-proposals': { duty: 'all', grid: 'all', community: 'all' },
  'GET /api/v1/ledger': deskReaders,
  'POST /api/v1/ledger/callers': { duty: 'all', community: 'region' },
  'POST /api/v1/ledger/actions': {
    duty: 'all',
    community: 'region',
    inspector: 'all',
  },
  'POST /api/v1/ledger/exports': figureReaders,
  'GET /api/v1/ledger/views': deskReaders,
  'POST /api/v1/ledger/views': deskReaders,
  'PUT /api/v1/ledger/views/{id}': deskReaders,
  'DELETE /api/v1/ledger/views/{id}': deskReaders,
  'GET /api/v1/reports/start': 'public',
  'GET /api/v1/compounds': { duty: 'all', community: 'region', admin: 'all' },
  'GET /api/v1/compounds/{id}/poster.png': { duty: 'all', community: 'region', admin: 'all' },
  'GET /api/v1/compounds/{id}/poster.pdf': { duty: 'all', community: 'region', admin: 'all' },
  'GET /api/v1/posters.pdf': { duty: 'all', community: 'region', admin: 'all' },
  'POST /api/v1/reports': 'public',
  'POST /api/v1/reports/photos': 'public',
  'POST /api/v1/reports/status': 'public',
  'POST /api/v1/uploads': { duty: 'all', grid: 'all', community: 'region' },
  'GET /api/v1/uploads/{id}': {
    duty: 'all',
    grid: 'own',
    community: 'region',
    inspector: 'all',
  },
  'GET /api/v1/regions': everyone,
  'GET /api/v1/renovation-zones': everyone,
  'POST /api/v1/renovation-zones': { duty: 'all' },
  'GET /api/v1/renovation-zones/{id}/ledger': zoneReaders,
  'GET /api/v1/renovation-zones/{id}/history': zoneReaders,
  'PUT /api/v1/renovation-zones/{id}/facts': zoneWriters,
  'PUT /api/v1/renovation-zones/{id}/stages': zoneWriters,
  'PUT /api/v1/renovation-zones/{id}/consents': zoneWriters,
  'PUT /api/v1/renovation-zones/{id}/funds': zoneWriters,
  'PUT /api/v1/renovation-zones/{id}/area': { duty: 'all' },
  'POST /api/v1/renovation-zones/{id}/split': { duty: 'all' },
  'POST /api/v1/renovation-zones/{id}/merge': { duty: 'all' },
  'POST /api/v1/renovation-zones/{id}/leftovers': zoneWriters,
  'PUT /api/v1/renovation-zones/{id}/leftovers/{part}': zoneWriters,
  'POST /api/v1/renovation-zones/{id}/leftovers/{part}/actions/{action}': { duty: 'all', community: 'region', inspector: 'all' },
  'GET /api/v1/property-ladders': zoneReaders,
  'GET /api/v1/property-ladders/{place}': zoneReaders,
  'PUT /api/v1/property-ladders/{place}/company': zoneWriters,
  'POST /api/v1/property-ladders/{place}/steps': zoneWriters,
  'PUT /api/v1/property-ladders/{place}/steps/{step}/outcome': zoneWriters,
  'GET /api/v1/renovation-schedule': zoneReaders,
  'GET /api/v1/renovation-months': { ...zoneReaders, wall: 'masked' },
  'GET /api/v1/renovation-contractors': zoneReaders,
  'GET /api/v1/forecasts/{subject}': forecastReaders,
  'GET /api/v1/renovation-sums': zoneReaders,
  'GET /api/v1/worksite-sums': wageReaders,
  'PUT /api/v1/ladder-terms': { admin: 'all' },
  'GET /api/v1/worksites': everyone,
  'GET /api/v1/worksites/{id}/wages': wageReaders,
  'PUT /api/v1/worksites/{id}/wages/parties': wageWriters,
  'PUT /api/v1/worksites/{id}/wages/months': wageWriters,
  'PUT /api/v1/worksites/{id}/wages/institutions': wageWriters,
  'GET /api/v1/worksites/{id}/wages/parties/{party}/signer': signerReaders,
  'GET /api/v1/companies': wageReaders,
  'GET /api/v1/companies/{id}/exposure': wageReaders,
  'PUT /api/v1/companies/{id}/merge': { duty: 'all' },
  'DELETE /api/v1/companies/{id}/merge': { duty: 'all' },
  'GET /api/v1/spring-festival': wageReaders,
  'PUT /api/v1/wage-rules': { admin: 'all' },
  'GET /api/v1/wage-handlings': wageReaders,
  'GET /api/v1/wage-handlings/{id}': wageReaders,
  'POST /api/v1/worksites/{id}/wage-handlings': wageWriters,
  'POST /api/v1/wage-handlings/{id}/steps/{step}': { duty: 'all', community: 'region', inspector: 'all' },
  'PUT /api/v1/wage-handling-terms': { admin: 'all' },
  'GET /api/v1/worksite-visits': wageReaders,
  'GET /api/v1/worksite-visits.csv': wageReaders,
  'POST /api/v1/worksite-visits': wageWriters,
  'POST /api/v1/worksite-visits/{id}/{action}': wageWriters,
  'GET /api/v1/care-facilities': everyone,
  'PATCH /api/v1/care-facilities/{id}': { planner: 'all', duty: 'all' },
  'GET /api/v1/officers': { duty: 'all', community: 'region', grid: 'own' },
  'POST /api/v1/officers/{id}/position': { duty: 'all', grid: 'own' },
  'POST /api/v1/officers/positions': { duty: 'all', grid: 'own' },
  'GET /api/v1/officers/{id}/track': trackReaders,
  'GET /api/v1/officers/{id}/position-standing': { duty: 'all', grid: 'own' },
  'PUT /api/v1/officers/{id}/duty': { duty: 'all', grid: 'own' },
  'PUT /api/v1/officers/{id}/position-consent': { grid: 'own' },
  'DELETE /api/v1/officers/{id}/position-consent': { grid: 'own' },
  'GET /api/v1/officers/{id}/trackers': manager,
  'POST /api/v1/officers/{id}/trackers': manager,
  'GET /api/v1/trackers': manager,
  'DELETE /api/v1/trackers/{id}': manager,
  'POST /api/v1/trackers/owntracks': 'public',
  'GET /api/v1/trackers/osmand': 'public',
  'POST /api/v1/trackers/osmand': 'public',
  'GET /api/v1/coverage': everyone,
  'GET /api/v1/plan-data': planReaders,
  'GET /api/v1/plan-scenarios': planReaders,
  'POST /api/v1/plan-scenarios': { planner: 'all' },
  'GET /api/v1/plan-scenarios/{id}': planReaders,
  'PUT /api/v1/plan-scenarios/{id}': { planner: 'all' },
  'DELETE /api/v1/plan-scenarios/{id}': { planner: 'all' },
  'POST /api/v1/plan-geopackages': planReaders,
  'GET /api/v1/figures': everyone,
  'GET /api/v1/figures/satisfaction': figureReaders,
  'GET /api/v1/figures/satisfaction/rows': figureReaders,
  'GET /api/v1/figures/burn-down': figureReaders,
  'GET /api/v1/figures/weeks': figureReaders,
  'GET /api/v1/figures/weeks/{week}': figureReaders,
  'GET /api/v1/figures/weeks/{week}/rows': figureReaders,
  'GET /api/v1/rules': everyone,
  'GET /api/v1/me': 'public',
  'GET /api/v1/accounts': manager,
  'GET /api/v1/accounts/officers': manager,
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
  'GET /api/v1/handovers': { duty: 'all', inspector: 'all' },
  'POST /api/v1/handover-notes': { duty: 'all' },
  'DELETE /api/v1/handover-notes/{id}': { duty: 'all' },
  'POST /api/v1/handovers': { duty: 'all' },
  'POST /api/v1/handovers/{id}/taking': { duty: 'all' },
  'DELETE /api/v1/handovers/{id}': { duty: 'all' },
  'PUT /api/v1/screens/{id}/show': { duty: 'all' },
  'DELETE /api/v1/screens/{id}/show': { duty: 'all' },
  'GET /api/v1/audit': auditors,
  'POST /api/v1/audit/verification': auditors,
  'GET /api/v1/audit/exports': auditors,
  'POST /api/v1/audit/exports': auditors,
  'PUT /api/v1/audit/exports/{id}/decision': auditors,
  'POST /api/v1/audit/exports/{id}/file': auditors,
  'GET /api/v1/board': { duty: 'all', inspector: 'all' },
  'GET /api/v1/board/positions': trackReadersOfAll,
  'GET /api/v1/events': { duty: 'all', admin: 'masked', inspector: 'all' },
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
  'assignments': assignmentReaders,
  'screens': { wall: 'all', duty: 'all' },
  'handover': { duty: 'all', inspector: 'all' },
  'property': zoneReaders,
}

/** Who finds a page in the menus. What a page shows is decided by the routes and layers it asks for. */
export const pagePolicy: Record<PageName, readonly Role[]> = {
  wall: [
    'wall',
    'duty',
    'community',
    'planner',
    'inspector',
    'admin',
  ],
  duty: [
    'duty',
    'community',
    'inspector',
    'admin',
  ],
  plan: [
    'duty',
    'planner',
    'inspector',
    'admin',
  ],
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
  if (rule === 'local') {
    return role === 'admin'
      ? 'all'
      : null
  }
  return rule === 'signed-in' || rule === 'any-standing'
    ? 'all'
    : rule[role] ?? null
}
